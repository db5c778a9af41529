import CalendarCore
import Foundation

/// The answer to `freebusy.query`: status 200 even when every calendar failed.
struct FreeBusyAnswer {
    private let calendars: JSONValue?

    init(_ document: JSONDocument) {
        calendars = document.root["calendars"]
    }

    /// What it says about a subject, under the key as it was asked; a failed or missing calendar is unknown.
    func busyTime(of subject: String) -> BusyTime {
        guard let calendar = calendars?[subject], calendar.kind == .object else { return .unknown(reason: "missing") }
        if let error = calendar["errors"]?.elements.first {
            return .unknown(reason: error["reason"]?.string.flatMap(ShortCode.init)?.text ?? "error")
        }
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
}
