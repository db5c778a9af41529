import CalendarCore
import Foundation
import Testing

@Suite("Recurrence sets")
struct RecurrenceSetTests {
    private func timed(_ text: String, _ zone: String) throws -> EventTime {
        .zoned(try CivilDateTime(text).present(text), EventZone(zone))
    }

    private func instant(_ text: String) throws -> Date { try Date(rfc3339: text).present(text) }

    @Test(
        "R-32: UNTIL in UTC ends a series in its own zone",
        arguments: [("20260310T160000Z", 3), ("20260310T155959Z", 2), ("20260310", 3), ("20260310T090000", 3)]
    )
    func until(_ until: String, count: Int) throws {
        // 09:00 in Los Angeles is 17:00 UTC on 7 March 2026 and 16:00 UTC from 8 March on.
        let start = try timed("2026-03-08T09:00:00", "America/Los_Angeles")
        let set = RecurrenceSet(Recurrence(lines: ["RRULE:FREQ=DAILY;UNTIL=\(until)"]), start: start)
        #expect(set.isFinite)
        #expect(Array(set.occurrences()).count == count)
    }

    @Test(
        "R-32: EXDATE removes its occurrence whatever zone it is written in",
        arguments: [
            "EXDATE:20260330T070000Z", "EXDATE;TZID=America/New_York:20260330T030000", "EXDATE:20260330T090000",
            "EXDATE;VALUE=DATE:20260330", "EXDATE;TZID=\"W. Europe Standard Time\":20260330T090000",
        ]
    )
    func exclusion(_ line: String) throws {
        let start = try timed("2026-03-28T09:00:00", "Europe/Berlin")
        let set = RecurrenceSet(Recurrence(lines: ["RRULE:FREQ=DAILY;COUNT=4", line]), start: start)
        #expect(set.occurrences().map(\.civil.date.day) == [28, 29, 31])
    }

    @Test("R-38: an all-day series has the same days in a zone of any offset", arguments: Array(-11...14))
    func allDay(offset: Int) throws {
        let zone = EventZone(String(format: "GMT%+03d:00", offset))
        let start = EventTime.day(try #require(CivilDate("2026-03-27")))
        let lines = ["RRULE:FREQ=DAILY;UNTIL=20260331", "EXDATE;VALUE=DATE:20260329"]
        let set = RecurrenceSet(Recurrence(lines: lines), start: start, duration: .seconds(86_400))
        let expected = ["2026-03-27", "2026-03-28", "2026-03-30", "2026-03-31"]
        #expect(set.occurrences(floatingIn: zone).map(\.civilDate.description) == expected)
        let noon = zone.date(of: try #require(CivilDateTime("2026-03-28T12:00:00")))
        let window = noon..<noon.addingTimeInterval(3600)
        #expect(set.occurrences(in: window, floatingIn: zone).map(\.civilDate.description) == ["2026-03-28"])
    }

    @Test("an occurrence inside a gap moves forward by the gap, and the next one is back in its place")
    func gap() throws {
        let start = try timed("2026-03-28T02:30:00", "Europe/Berlin")
        let set = RecurrenceSet(Recurrence(lines: ["RRULE:FREQ=DAILY;COUNT=3"]), start: start)
        let texts = set.occurrences().map(\.civil.description)
        #expect(texts == ["2026-03-28T02:30:00", "2026-03-29T03:30:00", "2026-03-30T02:30:00"])
    }

    @Test("times of a day that move out of a gap stay in order, and two that meet count once")
    func gapOrder() throws {
        let start = try timed("2026-03-29T00:00:00", "Europe/Berlin")
        let rule = "RRULE:FREQ=DAILY;BYHOUR=2,3;BYMINUTE=15,30;UNTIL=20260329"
        let found = RecurrenceSet(Recurrence(lines: [rule]), start: start).occurrences().map(\.civil.description)
        #expect(found == ["2026-03-29T03:15:00", "2026-03-29T03:30:00"])
    }

    @Test(
        "a far window of an endless series is found",
        arguments: ["FREQ=DAILY", "FREQ=WEEKLY;BYDAY=MO,WE,FR", "FREQ=WEEKLY;BYDAY=WE;COUNT=1000000"]
    )
    func farWindow(_ rule: String) throws {
        let start = try timed("2026-01-07T09:00:00", "UTC")
        let set = RecurrenceSet(Recurrence(lines: [rule]), start: start)
        let window = try instant("9000-01-01T00:00:00Z")..<instant("9000-01-08T00:00:00Z")
        let found = set.occurrences(in: window, floatingIn: .utc).map(\.civil.description)
        // 1 January 9000 is a Wednesday.
        #expect(found.contains("9000-01-01T09:00:00"))
        #expect(found.allSatisfy { $0.hasPrefix("9000-01-0") })
    }

    @Test("COUNT is counted from the start, not from the window")
    func countInWindow() throws {
        let start = try timed("2026-01-07T09:00:00", "UTC")
        let rule = "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE,FR;COUNT=8"
        let set = RecurrenceSet(Recurrence(lines: [rule]), start: start)
        let window = try instant("2026-02-02T00:00:00Z")..<instant("2027-01-01T00:00:00Z")
        let found = set.occurrences(in: window, floatingIn: .utc).map(\.civil.date.description)
        #expect(found == ["2026-02-02", "2026-02-04", "2026-02-06"])
    }

    @Test(
        "a rule that can never match ends",
        arguments: [
            "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "FREQ=DAILY;INTERVAL=7;BYDAY=TU", "FREQ=DAILY;INTERVAL=2147483647",
            "FREQ=WEEKLY;BYDAY=MO;BYMONTH=4;BYMONTHDAY=31", "FREQ=DAILY;BYDAY=MO;BYSETPOS=2",
        ]
    )
    func hostile(_ rule: String) throws {
        let start = EventTime.day(try #require(CivilDate("2026-01-07")))
        let recurrence = Recurrence(lines: [rule])
        #expect(recurrence.problem == nil)
        #expect(Array(RecurrenceSet(recurrence, start: start).occurrences().prefix(2)).count <= 1)
    }

    @Test("additions are merged in order, and the start counts when there is no rule")
    func additions() throws {
        let start = try timed("2026-03-01T09:00:00", "Europe/Berlin")
        let lines = ["RDATE:20260303T080000Z,20260302T080000Z", "RDATE;VALUE=DATE:20260302"]
        let set = RecurrenceSet(Recurrence(lines: lines), start: start)
        #expect(set.occurrences().map(\.civil.date.day) == [1, 2, 3])
        #expect(set.isFinite)
    }

    @Test("an empty window has no occurrence, and the longest duration is no trap")
    func extremes() throws {
        let start = try timed("2026-03-01T09:00:00", "UTC")
        let set = RecurrenceSet(Recurrence(lines: ["FREQ=DAILY"]), start: start, duration: .seconds(Int64.max))
        let noon = try instant("2026-03-03T12:00:00Z")
        #expect(Array(set.occurrences(in: noon..<noon, floatingIn: .utc)).isEmpty)
        let always = Date.distantPast..<noon
        #expect(set.occurrences(in: always, floatingIn: .utc).map(\.civil.date.day) == [1, 2, 3])
    }

    @Test("an occurrence that reaches into the window is in it")
    func overlapping() throws {
        let start = try timed("2026-03-01T09:00:00", "UTC")
        let set = RecurrenceSet(Recurrence(lines: ["FREQ=DAILY"]), start: start, duration: .seconds(3600))
        let window = try instant("2026-03-05T09:59:59Z")..<instant("2026-03-06T09:00:00Z")
        #expect(set.occurrences(in: window, floatingIn: .utc).map(\.civil.date.day) == [5])
    }
}
