import Foundation

/// A Google calendar as the bytes of its change feed, rendered before anything is measured.
///
/// Every twentieth event is a weekly series; every third has guests. Round `n` of the feed changes ten events.
package struct RenderedCalendar: Sendable {
    package static let pageSize = 2_500
    package static let changesOfRound = 10

    /// The pages of a full round.
    package let pages: [Data]
    /// What each sync token leads to; a token behind the last one leads to ``quiet``.
    let increments: [Data]
    /// A page without changes.
    let quiet: Data
    package let events: Int

    package init(events: Int, increments: Int) {
        self.events = events
        let starts = Array(stride(from: 0, to: events, by: Self.pageSize))
        pages = starts.map { start in
            let end = min(start + Self.pageSize, events)
            let next = end < events ? #""nextPageToken":"\#(end / Self.pageSize)""# : #""nextSyncToken":"0""#
            return Self.page((start..<end).map { Self.event($0, version: 1) }, next)
        }
        self.increments = (0..<increments).map { round in
            let changed = (0..<Self.changesOfRound).map {
                Self.event((round * 97 + $0 * 31) % events, version: round + 2)
            }
            return Self.page(changed, #""nextSyncToken":"\#(round + 1)""#)
        }
        quiet = Self.page([], #""nextSyncToken":"\#(increments)""#)
    }

    private static func page(_ items: [String], _ next: String) -> Data {
        Data(
            """
            {"kind":"calendar#events","etag":"\\"p\\"","summary":"ada@example.com","updated":"2026-03-01T08:00:00.000Z",\
            "timeZone":"Europe/Vienna","accessRole":"owner","defaultReminders":[{"method":"popup","minutes":10}],\
            \(next),"items":[\(items.joined(separator: ","))]}
            """.utf8
        )
    }

    private static func event(_ number: Int, version: Int) -> String {
        let id = "ev" + String(1_000_000 + number, radix: 32)
        let month = two(number % 9 + 1)
        let day = two(number / 9 % 28 + 1)
        let hour = number / 252 % 9 + 8
        let isSeries = number % 20 == 0
        return """
            {"kind":"calendar#event","etag":"\\"\(version)000\(number)\\"","id":"\(id)","status":"confirmed",\
            "htmlLink":"https://www.google.com/calendar/event?eid=\(id)","created":"2026-01-05T08:00:00.000Z",\
            "updated":"2026-02-05T08:00:0\(version % 10).000Z","summary":"Review \(number), version \(version)",\
            "description":"The plan of the week and what is left of it. Bring your notes.","location":"Room \(number % 40)",\
            "creator":{"email":"ada@example.com","self":true},"organizer":{"email":"ada@example.com","self":true},\
            "start":{"dateTime":"2026-\(month)-\(day)T\(two(hour)):00:00+01:00","timeZone":"Europe/Vienna"},\
            "end":{"dateTime":"2026-\(month)-\(day)T\(two(hour + 1)):00:00+01:00","timeZone":"Europe/Vienna"},\
            \(isSeries ? #""recurrence":["RRULE:FREQ=WEEKLY;COUNT=20"],"# : "")\
            "iCalUID":"\(id)@google.com","sequence":\(version),\(number % 3 == 0 ? guests : "")\
            "reminders":{"useDefault":true},"eventType":"default"}
            """
    }

    private static let guests = """
        "attendees":[{"email":"ada@example.com","organizer":true,"self":true,"responseStatus":"accepted"},\
        {"email":"grace@example.org","displayName":"Grace","responseStatus":"needsAction"},\
        {"email":"alan@example.com","displayName":"Alan","responseStatus":"tentative"}],
        """

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
