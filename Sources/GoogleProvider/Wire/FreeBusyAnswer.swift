import CalendarCore
import Foundation

/// The answer to `freebusy.query`: status 200 even when every calendar failed.
struct FreeBusyAnswer {
    private let calendars: JSONValue?
    private let groups: JSONValue?

    init(_ document: JSONDocument) {
        calendars = document.root["calendars"]
        groups = document.root["groups"]
    }

    /// What it says about a subject, under the key as it was asked; a failed or missing calendar is unknown.
    ///
    /// A group is busy when one of its members is, and unknown when one of them is.
    func busyTime(of subject: String) -> BusyTime {
        guard let group = groups?[subject], group.kind == .object else { return busyTime(ofCalendar: subject) }
        if let reason = failure(of: group) { return .unknown(reason: reason) }
        guard let members = group["calendars"], members.kind == .array else { return .unknown(reason: "missing") }
        var intervals: [BusyInterval] = []
        for member in members.elements {
            guard let id = member.string else { return .unknown(reason: "unreadable") }
            guard case .known(let busy) = busyTime(ofCalendar: id) else { return busyTime(ofCalendar: id) }
            intervals += busy
        }
        return .known(intervals)
    }

    private func busyTime(ofCalendar id: String) -> BusyTime {
        guard let calendar = calendars?[id], calendar.kind == .object else { return .unknown(reason: "missing") }
        if let reason = failure(of: calendar) { return .unknown(reason: reason) }
        guard let busy = calendar["busy"], busy.kind == .array else { return .unknown(reason: "missing") }
        var intervals: [BusyInterval] = []
        for interval in busy.elements {
            guard let start = interval["start"]?.string.flatMap({ Date(rfc3339: $0) }),
                let end = interval["end"]?.string.flatMap({ Date(rfc3339: $0) })
            else { return .unknown(reason: "unreadable") }
            intervals.append(BusyInterval(start: start, end: end))
        }
        return .known(intervals)
    }

    /// The reason of the first error, if there is one; a failed calendar can carry an empty list of busy times as well.
    private func failure(of entry: JSONValue) -> String? {
        guard let error = entry["errors"]?.elements.first else { return nil }
        return error["reason"]?.string.flatMap(ShortCode.init)?.text ?? "error"
    }
}
