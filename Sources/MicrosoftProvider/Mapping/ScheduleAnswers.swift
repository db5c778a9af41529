import CalendarCore
import Foundation

/// Collects what several calls say of people's and calendars' times, by subject.
struct ScheduleAnswers {
    /// The subjects that are mail addresses, each once.
    let addresses: [String]
    /// The other subjects, which are ids of calendars, each once.
    let calendars: [String]
    private let query: FreeBusyQuery
    private var intervals: [String: [BusyInterval]] = [:]
    private var failures: [String: String] = [:]

    init(_ query: FreeBusyQuery) {
        self.query = query
        var subjects: [String] = []
        for subject in query.subjects where !subjects.contains(subject) { subjects.append(subject) }
        addresses = subjects.filter(Self.isAddress)
        calendars = subjects.filter { !Self.isAddress($0) }
    }

    /// Whether a subject is somebody's address; ids of calendars have no domain at their end.
    private static func isAddress(_ subject: String) -> Bool {
        let parts = subject.split(separator: "@", omittingEmptySubsequences: false)
        return parts.count == 2 && !parts[0].isEmpty && !parts[1].isEmpty && !parts[0].contains(where: \.isWhitespace)
            && parts[1].allSatisfy { $0.isLetter || $0.isNumber || $0 == "." || $0 == "-" }
    }

    /// What is known of every subject.
    var result: [String: BusyTime] {
        var result: [String: BusyTime] = [:]
        for subject in query.subjects {
            if let reason = failures[subject] {
                result[subject] = .unknown(reason: reason)
            } else if let found = intervals[subject] {
                result[subject] = .known(Array(Set(found)).sorted())
            } else {
                result[subject] = .unknown(reason: "The service gave no answer.")
            }
        }
        return result
    }

    /// Notes that nothing is known of some subjects; the first reason stays.
    mutating func fail(_ subjects: [String], _ reason: String) {
        for subject in subjects where failures[subject] == nil { failures[subject] = reason }
    }

    /// Notes that a subject is answered, with nothing so far.
    mutating func begin(_ subject: String) {
        intervals[subject, default: []] += []
    }

    /// Adds what of an interval lies within the asked window.
    mutating func add(_ interval: BusyInterval?, for subject: String) {
        guard let part = interval?.clipped(to: query) else { return }
        intervals[subject, default: []].append(part)
    }

    /// Adds one answer of getSchedule.
    mutating func add(_ page: GraphPage, asked: [String], from start: Date) {
        var entries: [String: JSONValue] = [:]
        for item in page.items {
            if let id = item["scheduleId"]?.string?.lowercased() { entries[id] = item }
        }
        for subject in asked {
            guard let entry = entries[subject.lowercased()] else {
                fail([subject], "The service gave no answer.")
                continue
            }
            if let error = entry["error"], !error.isNull {
                fail([subject], "The calendar cannot be read (\(Self.code(error))).")
                continue
            }
            guard let found = Self.intervals(entry, from: start) else {
                fail([subject], "The answer cannot be read.")
                continue
            }
            intervals[subject, default: []] += found.compactMap { $0.clipped(to: query) }
        }
    }

    private static func intervals(_ entry: JSONValue, from start: Date) -> [BusyInterval]? {
        guard let items = entry["scheduleItems"], items.kind == .array else {
            return entry["availabilityView"]?.string.map { intervals(view: $0, from: start) }
        }
        var found: [BusyInterval] = []
        for item in items.elements {
            let availability = AvailabilityMapping.availability(item["status"]?.string ?? "busy")
            guard let from = GraphDateTime(item["start"]), let to = GraphDateTime(item["end"]) else { return nil }
            guard availability.blocksTime, from.date < to.date else { continue }
            found.append(BusyInterval(start: from.date, end: to.date, availability: availability))
        }
        return found
    }

    /// One digit for each half hour; neighbours of one kind become one interval.
    private static func intervals(view: String, from start: Date) -> [BusyInterval] {
        var found: [BusyInterval] = []
        for (index, digit) in view.enumerated() {
            guard let availability = availability(digit) else { continue }
            let from = start.addingTimeInterval(Double(index) * 1800)
            let to = from.addingTimeInterval(1800)
            if let last = found.last, last.end == from, last.availability == availability {
                found[found.count - 1] = BusyInterval(start: last.start, end: to, availability: availability)
            } else {
                found.append(BusyInterval(start: from, end: to, availability: availability))
            }
        }
        return found
    }

    /// Free and working elsewhere do not block; an unknown digit does.
    private static func availability(_ digit: Character) -> Availability? {
        switch digit {
        case "0", "4": nil
        case "1": .tentative
        case "3": .outOfOffice
        default: .busy
        }
    }

    /// Codes are single words; messages carry addresses and are left out.
    private static func code(_ error: JSONValue) -> String {
        let code = error["responseCode"]?.string ?? ""
        return !code.isEmpty && code.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
            ? code : "no reason given"
    }
}

extension BusyInterval {
    /// The part within the asked window; nil when there is none.
    fileprivate func clipped(to query: FreeBusyQuery) -> BusyInterval? {
        let start = max(start, query.start)
        let end = min(end, query.end)
        return start < end ? BusyInterval(start: start, end: end, availability: availability) : nil
    }
}
