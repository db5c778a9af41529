import CalendarCore
import Foundation
import Testing

@Suite("Recurrence sets: periods, exception rules, the start, neighbours")
struct RecurrenceMemberTests {
    private func timed(_ text: String) throws -> EventTime {
        .zoned(try CivilDateTime(text).present(text), EventZone("Europe/Berlin"))
    }

    private func instant(_ text: String) throws -> Date { try Date(rfc3339: text).present(text) }

    @Test(
        "the start of a period is an addition, and its end is kept",
        arguments: [
            ("20260303T080000Z/PT5H30M", .after(days: 0, seconds: 19_800)),
            ("20260303T080000Z/P1DT2S", .after(days: 1, seconds: 2)),
            ("20260303T080000Z/P2W", .after(days: 14, seconds: 0)),
            ("20260303T080000Z/20260303T090000", .at(.local(CivilDateTime(startOf: .earliest)))),
        ] as [(String, RecurrencePeriod.End)]
    )
    func periods(_ text: String, end: RecurrencePeriod.End) throws {
        let recurrence = Recurrence(lines: ["RRULE:FREQ=DAILY;COUNT=1", "RDATE;VALUE=PERIOD:\(text)"])
        #expect(recurrence.problem == nil)
        let set = RecurrenceSet(recurrence, start: try timed("2026-03-01T09:00:00"))
        #expect(set.occurrences().map(\.civil.date.day) == [1, 3])
        let nine = try #require(CivilDateTime("2026-03-03T09:00:00"))
        var expected = end
        if case .at = end { expected = .at(.local(nine)) }
        #expect(recurrence.periods.map(\.end) == [expected])
    }

    @Test(
        "a period that cannot be read is named",
        arguments: ["20260303T080000Z", "20260303T080000Z/5H", "20260303T080000Z/P", "20260303T080000Z/P1H", "/PT1H"]
    )
    func malformedPeriod(_ text: String) {
        #expect(Recurrence(lines: ["RDATE;VALUE=PERIOD:\(text)"]).problem == .malformed("RDATE"))
    }

    @Test("an EXRULE leaves out what it gives, in a window too")
    func exceptionRule() throws {
        let lines = ["RRULE:FREQ=DAILY", "EXRULE:FREQ=WEEKLY;BYDAY=SA,SU"]
        let recurrence = Recurrence(lines: lines)
        #expect(recurrence.problem == nil)
        let set = RecurrenceSet(recurrence, start: try timed("2026-03-05T09:00:00"))
        #expect(set.occurrences().prefix(4).map(\.civil.date.day) == [5, 6, 9, 10])
        let window = try instant("2030-03-01T00:00:00Z")..<instant("2030-03-06T00:00:00Z")
        #expect(set.occurrences(in: window, floatingIn: .utc).map(\.civil.date.day) == [1, 4, 5])
    }

    @Test("several rules are merged, and what two give is one occurrence")
    func severalRules() throws {
        let lines = ["RRULE:FREQ=MONTHLY;BYMONTHDAY=1;COUNT=2", "RRULE:FREQ=DAILY;COUNT=2"]
        let set = RecurrenceSet(Recurrence(lines: lines), start: try timed("2026-03-01T09:00:00"))
        #expect(set.occurrences().map(\.civil.date.description) == ["2026-03-01", "2026-03-02", "2026-04-01"])
        #expect(set.count() == 3)
    }

    @Test(
        "a start that does not match its rule is left out or counts, as the caller says",
        arguments: [
            (.leftOut, [6, 13, 20]), (.counts, [1, 6, 13]),
        ] as [(RecurrenceSet.UnmatchedStart, [Int])]
    )
    func unmatched(_ unmatchedStart: RecurrenceSet.UnmatchedStart, expected: [Int]) throws {
        let recurrence = Recurrence(lines: ["FREQ=WEEKLY;BYDAY=FR;COUNT=3"])
        let set = RecurrenceSet(recurrence, start: try timed("2026-03-01T09:00:00"), unmatchedStart: unmatchedStart)
        #expect(set.occurrences().map(\.civil.date.day) == expected)
        #expect(set.count() == 3)
    }

    @Test("a start that matches is counted once", arguments: [RecurrenceSet.UnmatchedStart.leftOut, .counts])
    func matched(_ unmatchedStart: RecurrenceSet.UnmatchedStart) throws {
        let recurrence = Recurrence(lines: ["FREQ=WEEKLY;BYDAY=SU;COUNT=3"])
        let set = RecurrenceSet(recurrence, start: try timed("2026-03-01T09:00:00"), unmatchedStart: unmatchedStart)
        #expect(set.occurrences().map(\.civil.date.day) == [1, 8, 15])
    }

    @Test("the neighbours of an instant exclude it and end where the series ends")
    func neighbours() throws {
        let start = try timed("2026-03-01T09:00:00")
        let set = RecurrenceSet(Recurrence(lines: ["FREQ=MONTHLY;COUNT=3", "RDATE:20270101T090000"]), start: start)
        let first = start.date(floatingIn: .utc)
        #expect(set.next(after: first)?.civil.date.description == "2026-04-01")
        #expect(set.next(after: first.addingTimeInterval(-1)) == start)
        #expect(set.previous(before: first) == nil)
        #expect(set.previous(before: first.addingTimeInterval(1)) == start)
        let late = try instant("2999-01-01T00:00:00Z")
        #expect(set.previous(before: late)?.civil.date.description == "2027-01-01")
        #expect(set.next(after: late) == nil)
        #expect(set.next(after: try instant("2026-05-02T00:00:00Z"))?.civil.date.description == "2027-01-01")
    }

    @Test("a window that ends within a month leaves BYSETPOS the whole month to choose from")
    func lastOfPeriod() throws {
        let recurrence = Recurrence(lines: ["FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"])
        let set = RecurrenceSet(recurrence, start: try timed("2026-01-30T09:00:00"))
        let window = try instant("2026-03-02T00:00:00Z")..<instant("2026-03-16T00:00:00Z")
        #expect(Array(set.occurrences(in: window, floatingIn: .utc)).isEmpty)
    }

    @Test("a window without an occurrence is left after a few steps, however far the next one is")
    func sparse() throws {
        let set = RecurrenceSet(
            Recurrence(lines: ["FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"]),
            start: try timed("2026-01-30T09:00:00")
        )
        let window = try instant("2126-03-02T00:00:00Z")..<instant("2126-03-16T00:00:00Z")
        var iterator = set.occurrences(in: window, floatingIn: .utc).makeIterator()
        #expect(iterator.next() == nil)
        #expect(iterator.steps <= 3)
    }

    @Test("minutes that move out of a gap keep their order among those that do not")
    func gapOrder() throws {
        let set = RecurrenceSet(
            Recurrence(lines: ["FREQ=MINUTELY;INTERVAL=25"]),
            start: try timed("2026-03-29T01:35:00")
        )
        let found = set.occurrences().prefix(8).map { $0.civil.description.suffix(8).prefix(5) }
        // 02:00, 02:25 and 02:50 move to 03:00, 03:25 and 03:50; 03:15 and 03:40 stay.
        #expect(found == ["01:35", "03:00", "03:15", "03:25", "03:40", "03:50", "04:05", "04:30"])
    }

    @Test("a series that starts the second time round of an overlap goes on in it")
    func laterStart() throws {
        let civil = try #require(CivilDateTime("2026-10-25T02:30:00"))
        let start = EventTime.zoned(
            ZonedDateTime(civil: civil, zone: EventZone("Europe/Berlin"), isLaterInOverlap: true)
        )
        let set = RecurrenceSet(Recurrence(lines: ["FREQ=MINUTELY;INTERVAL=15;COUNT=3"]), start: start)
        let first = start.date(floatingIn: .utc)
        #expect(set.occurrences().map { $0.date(floatingIn: .utc).timeIntervalSince(first) } == [0, 900, 1800])
    }
}
