import CalendarCore
import CalendarToolKit
import Foundation
import Testing

@Suite("calendar agenda: the table")
struct WeekAgendaTests {
    private let zone = EventZone("Europe/Berlin")
    private let week = CalendarWeek("2026-W13")

    private func entry(_ id: String, _ title: String, _ start: EventTime, _ end: EventTime) -> AgendaEntry {
        var content = EventContent(title: title, start: start, end: end)
        if title == "Dentist" { content.visibility = .private }
        if title == "Call" { (content.status, content.location) = (.tentative, "Bridge") }
        return AgendaEntry(
            record: RecordID(id),
            occurrence: nil,
            content: content,
            activity: nil,
            start: start.date(floatingIn: zone),
            end: end.date(floatingIn: zone)
        )
    }

    private func timed(_ id: String, _ title: String, _ start: String, _ end: String) throws -> AgendaEntry {
        let (start, end) = (try #require(CivilDateTime(start)), try #require(CivilDateTime(end)))
        return entry(id, title, .zoned(start, zone), .zoned(end, zone))
    }

    private func allDay(_ id: String, _ title: String, _ start: String, _ end: String) throws -> AgendaEntry {
        entry(id, title, .day(try #require(CivilDate(start))), .day(try #require(CivilDate(end))))
    }

    private func agenda() throws -> WeekAgenda {
        let call = try timed("4", "Call", "2026-03-24T16:00:00", "2026-03-24T17:00:00")
        let ada = [
            try timed("1", "Standup", "2026-03-24T09:30:00", "2026-03-24T09:45:00"),
            try allDay("2", "Fair", "2026-03-24", "2026-03-26"),
            try timed("3", "Dentist", "2026-03-23T14:00:00", "2026-03-23T15:00:00"),
            call,
        ]
        let grace = [call, try timed("5", "Night\u{1B}[31m train", "2026-03-28T22:00:00", "2026-03-29T06:00:00")]
        return WeekAgenda(try #require(week), in: zone, of: [("grace", grace), ("ada", ada)])
    }

    @Test("days in order, all-day events first, a shared meeting once, and nothing of a private one")
    func table() throws {
        #expect(
            try agenda().table(isColoured: false) == [
                "Week 2026-W13, 2026-03-23 to 2026-03-29, in Europe/Berlin",
                "",
                "Mon 2026-03-23",
                "  14:00–15:00                (private)         ada",
                "",
                "Tue 2026-03-24",
                "  all day to Wed 2026-03-25  Fair              ada",
                "  09:30–09:45                Standup           ada",
                "  16:00–17:00                Call ~            ada, grace  at Bridge",
                "",
                "Sat 2026-03-28",
                "  22:00–Sun 06:00            Night [31m train  grace",
                "",
                "~ is tentative.",
            ]
        )
    }

    @Test("what began before the week stands at its Monday, and an empty week says so")
    func edges() throws {
        let week = try #require(week)
        let rows = [
            try allDay("1", "Leave", "2026-03-20", "2026-03-25"),
            try timed("2", "Watch", "2026-03-22T20:00:00", "2026-03-23T04:00:00"),
        ]
        #expect(
            WeekAgenda(week, in: zone, of: [("ada", rows)]).table(isColoured: false).dropFirst(2).prefix(3) == [
                "Mon 2026-03-23", "  all day to Tue 2026-03-24  Leave  ada", "  Sun 20:00–04:00            Watch  ada",
            ]
        )
        #expect(
            WeekAgenda(week, in: zone, of: []).table(isColoured: true).last == "Nothing is stored for this week."
        )
    }

    @Test("colour changes nothing but the colour")
    func colour() throws {
        let (plain, coloured) = (try agenda().table(isColoured: false), try agenda().table(isColoured: true))
        #expect(coloured != plain)
        let stripped = coloured.map { $0.replacing(/\u{1B}\[[0-9]+m/, with: "") }
        #expect(stripped == plain)
    }

    @Test("colour is for terminals that have it and users that want it")
    func wanted() {
        #expect(TerminalColour.isWanted(isTerminal: true, ["TERM": "xterm"]))
        #expect(TerminalColour.isWanted(isTerminal: true, ["NO_COLOR": ""]))
        #expect(!TerminalColour.isWanted(isTerminal: true, ["NO_COLOR": "1"]))
        #expect(!TerminalColour.isWanted(isTerminal: true, ["TERM": "dumb"]))
        #expect(!TerminalColour.isWanted(isTerminal: false, [:]))
    }

    @Test("JSON has days for all-day events and instants in UTC for others")
    func json() throws {
        let text = try agenda().json()
        #expect(
            text.hasPrefix(#"{"entries":[{"end":"2026-03-23T14:00:00Z","owners":["ada"],"start":"2026-03-23T13:00"#)
        )
        #expect(
            text.contains(#""end":"2026-03-26","owners":["ada"],"start":"2026-03-24","tentative":false,"title":"Fair""#)
        )
        // Clocks go forward on the night to the 29th.
        #expect(text.contains(#"{"end":"2026-03-29T04:00:00Z","owners":["grace"],"start":"2026-03-28T21:00:00Z""#))
        #expect(text.hasSuffix(#""week":"2026-W13","zone":"Europe/Berlin"}"#))
    }
}
