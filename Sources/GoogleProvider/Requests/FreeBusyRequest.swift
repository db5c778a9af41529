import CalendarCore
import Foundation

/// `freebusy.query` for a part of a question that the service answers at once.
struct FreeBusyRequest: Hashable {
    /// Longer ranges are refused with the undocumented `timeRangeTooLong`.
    static let longestSpan: TimeInterval = 31 * 86_400
    /// The documented maximum of `calendarExpansionMax`; further calendars may be missing from the answer.
    static let mostSubjects = 50

    let subjects: [String]
    let start: Date
    let end: Date

    /// The parts of a question, by time, then by subject; each subject is asked for once.
    static func parts(of query: FreeBusyQuery) -> [FreeBusyRequest] {
        var seen: Set<String> = []
        let subjects = query.subjects.filter { seen.insert($0).inserted }
        var parts: [FreeBusyRequest] = []
        var start = query.start
        while start < query.end {
            let end = min(query.end, start.addingTimeInterval(longestSpan))
            for first in stride(from: 0, to: subjects.count, by: mostSubjects) {
                let group = Array(subjects[first..<min(first + mostSubjects, subjects.count)])
                parts.append(FreeBusyRequest(subjects: group, start: start, end: end))
            }
            start = end
        }
        return parts
    }

    /// The same question in two spans; none when it asks for a day or less.
    var halves: [FreeBusyRequest] {
        let span = end.timeIntervalSince(start)
        guard span > 86_400 else { return [] }
        let middle = start.addingTimeInterval((span / 2).rounded(.down))
        return [
            FreeBusyRequest(subjects: subjects, start: start, end: middle),
            FreeBusyRequest(subjects: subjects, start: middle, end: end),
        ]
    }

    func request(root: URL) throws -> HTTPRequest {
        var writer = JSONWriter()
        writer.object { writer in
            writer.field("timeMin", start.rfc3339Text)
            writer.field("timeMax", end.rfc3339Text)
            writer.array("items") { writer in
                for subject in subjects {
                    writer.object { writer in writer.field("id", subject) }
                }
            }
        }
        return HTTPRequest(
            .post,
            try Endpoint(root, "freeBusy").url,
            operation: "freebusy.query",
            headers: ["Content-Type": "application/json"],
            body: writer.data,
            repeatSafety: .safe
        )
    }
}
