import CalendarCore
import Testing

@Suite("Splitting a series")
struct SeriesSplitTests {
    /// A case: lines, start, place of the split; the lines of both halves and the new start.
    struct Example: Sendable, CustomTestStringConvertible {
        let name: String
        let lines: [String]
        let start: EventTime
        let occurrence: EventTime
        let before: [String]
        let after: [String]
        var afterStart: EventTime?

        var testDescription: String { name }
    }

    @Test("this and following: both halves end and begin where the calendar says", arguments: examples)
    func split(example: Example) throws {
        let series = RecurringSeries(Recurrence(lines: example.lines), start: example.start, duration: .seconds(60))
        let halves = try series.split(at: example.occurrence)
        #expect(halves.before.recurrence.lines == example.before)
        #expect(halves.after.recurrence.lines == example.after)
        #expect(halves.before.start == example.start)
        #expect(halves.after.start == example.afterStart ?? example.occurrence)
        #expect(halves.before.duration == .seconds(60))
        #expect(halves.after.duration == .seconds(60))
    }

    static let examples: [Example] = [
        Example(
            name: "UNTIL is a second before the split, in UTC, winter",
            lines: ["RRULE:FREQ=WEEKLY"],
            start: berlin("2026-03-02T09:00:00"),
            occurrence: berlin("2026-03-23T09:00:00"),
            before: ["RRULE:FREQ=WEEKLY;UNTIL=20260323T075959Z"],
            after: ["RRULE:FREQ=WEEKLY"]
        ),
        Example(
            name: "UNTIL is a second before the split, in UTC, summer",
            lines: ["RRULE:FREQ=WEEKLY"],
            start: berlin("2026-03-02T09:00:00"),
            occurrence: berlin("2026-03-30T09:00:00"),
            before: ["RRULE:FREQ=WEEKLY;UNTIL=20260330T065959Z"],
            after: ["RRULE:FREQ=WEEKLY"]
        ),
        Example(
            name: "UNTIL of an all-day series is the day before",
            lines: ["RRULE:FREQ=DAILY;UNTIL=20260320"],
            start: day("2026-03-01"),
            occurrence: day("2026-03-10"),
            before: ["RRULE:FREQ=DAILY;UNTIL=20260309"],
            after: ["RRULE:FREQ=DAILY;UNTIL=20260320"]
        ),
        Example(
            name: "a day as UNTIL of a timed series is that whole day",
            lines: ["RRULE:FREQ=DAILY;UNTIL=20260720"],
            start: berlin("2026-07-01T09:00:00"),
            occurrence: berlin("2026-07-10T09:00:00"),
            before: ["RRULE:FREQ=DAILY;UNTIL=20260710T065959Z"],
            after: ["RRULE:FREQ=DAILY;UNTIL=20260720T215959Z"]
        ),
        Example(
            name: "COUNT is divided, excluded occurrences counted",
            lines: ["RRULE:FREQ=DAILY;COUNT=10", "EXDATE;VALUE=DATE:20260303,20260308"],
            start: day("2026-03-01"),
            occurrence: day("2026-03-05"),
            before: ["RRULE:FREQ=DAILY;COUNT=4", "EXDATE;VALUE=DATE:20260303"],
            after: ["RRULE:FREQ=DAILY;COUNT=6", "EXDATE;VALUE=DATE:20260308"]
        ),
        Example(
            name: "RDATE and EXDATE keep their text and go to their half",
            lines: [
                "EXDATE;TZID=America/New_York:20260303T030000,20260305T030000", "RRULE:FREQ=DAILY",
                "RDATE:20260302T150000Z,20260306T150000Z",
            ],
            start: berlin("2026-03-01T09:00:00"),
            occurrence: berlin("2026-03-04T09:00:00"),
            before: [
                "EXDATE;TZID=America/New_York:20260303T030000", "RRULE:FREQ=DAILY;UNTIL=20260304T075959Z",
                "RDATE:20260302T150000Z",
            ],
            after: ["EXDATE;TZID=America/New_York:20260305T030000", "RRULE:FREQ=DAILY", "RDATE:20260306T150000Z"]
        ),
        Example(
            name: "a rule that ended before the split stays in the first half, a later one goes to the second",
            lines: [
                "RRULE:FREQ=DAILY;COUNT=3", "RRULE:FREQ=DAILY;BYHOUR=12", "RRULE:FREQ=DAILY;BYMONTH=5;BYHOUR=13",
            ],
            start: berlin("2026-03-01T09:00:00"),
            occurrence: berlin("2026-03-06T12:00:00"),
            before: ["RRULE:FREQ=DAILY;COUNT=3", "RRULE:FREQ=DAILY;UNTIL=20260306T105959Z;BYHOUR=12"],
            after: ["RRULE:FREQ=DAILY;BYHOUR=12", "RRULE:FREQ=DAILY;BYMONTH=5;BYHOUR=13"]
        ),
        Example(
            name: "what a rule took from the old start is written out where the new start differs",
            lines: ["RRULE:FREQ=WEEKLY", "RRULE:FREQ=WEEKLY;BYDAY=TH;BYHOUR=15"],
            start: berlin("2026-06-01T09:00:00"),
            occurrence: berlin("2026-06-11T15:00:00"),
            before: [
                "RRULE:FREQ=WEEKLY;UNTIL=20260611T125959Z",
                "RRULE:FREQ=WEEKLY;UNTIL=20260611T125959Z;BYDAY=TH;BYHOUR=15",
            ],
            after: [
                "RRULE:FREQ=WEEKLY;BYDAY=MO;BYHOUR=9;BYMINUTE=0;BYSECOND=0", "RRULE:FREQ=WEEKLY;BYDAY=TH;BYHOUR=15",
            ]
        ),
        Example(
            name: "an occurrence moved out of a gap: the second half keeps the time of the rule",
            lines: ["RRULE:FREQ=DAILY"],
            start: berlin("2026-03-20T02:30:00"),
            occurrence: berlin("2026-03-29T03:30:00"),
            before: ["RRULE:FREQ=DAILY;UNTIL=20260329T012959Z"],
            after: ["RRULE:FREQ=DAILY"],
            afterStart: berlin("2026-03-29T02:30:00")
        ),
        Example(
            name: "additions alone: each half has its own, the start made explicit",
            lines: ["RDATE;VALUE=DATE:20260310,20260320"],
            start: day("2026-03-01"),
            occurrence: day("2026-03-10"),
            before: ["RDATE;VALUE=DATE:20260301"],
            after: ["RDATE;VALUE=DATE:20260310,20260320"]
        ),
        Example(
            name: "a start that its rule does not give stays out of a first half without the rule",
            lines: ["RRULE:FREQ=WEEKLY;BYDAY=FR", "RDATE;VALUE=DATE:20260303"],
            start: day("2026-03-02"),
            occurrence: day("2026-03-06"),
            before: ["RDATE;VALUE=DATE:20260303", "EXDATE;VALUE=DATE:20260302"],
            after: ["RRULE:FREQ=WEEKLY;BYDAY=FR"]
        ),
    ]

    @Test("R-32 the place of the split may be written in another zone")
    func otherZone() throws {
        let series = RecurringSeries(
            Recurrence(lines: ["RRULE:FREQ=WEEKLY"]),
            start: berlin("2026-03-02T09:00:00")
        )
        let halves = try series.split(at: .zoned(try #require(CivilDateTime("2026-03-16T08:00:00")), .utc))
        #expect(halves.after.start == berlin("2026-03-16T09:00:00"))
    }

    @Test(
        "splitting at the first occurrence, or at none, is refused",
        arguments: [
            (day("2026-03-01"), SeriesError.isFirstOccurrence),
            (day("2026-03-02"), .notAnOccurrence),
            (day("2026-03-05"), .notAnOccurrence),
            (day("2026-02-27"), .notAnOccurrence),
            (day("2026-04-10"), .notAnOccurrence),
            (berlin("2026-03-03T00:00:00"), .notAnOccurrence),
        ]
    )
    func refused(occurrence: EventTime, error: SeriesError) {
        let lines = ["RRULE:FREQ=DAILY;INTERVAL=2;COUNT=10", "EXDATE;VALUE=DATE:20260305"]
        let series = RecurringSeries(Recurrence(lines: lines), start: day("2026-03-01"))
        #expect(throws: error) { try series.split(at: occurrence) }
        #expect(throws: error) { try series.truncated(before: occurrence) }
    }

    @Test("when the first occurrence is excluded, the next one is the first")
    func firstExcluded() {
        let lines = ["RRULE:FREQ=DAILY", "EXDATE;VALUE=DATE:20260301"]
        let series = RecurringSeries(Recurrence(lines: lines), start: day("2026-03-01"))
        #expect(throws: SeriesError.isFirstOccurrence) { try series.split(at: day("2026-03-02")) }
    }

    @Test("a rule out of step with the new start is refused by name")
    func outOfStep() {
        let lines = ["RRULE:FREQ=DAILY;INTERVAL=2", "RDATE;VALUE=DATE:20260304"]
        let series = RecurringSeries(Recurrence(lines: lines), start: day("2026-03-01"))
        #expect(throws: SeriesError.cannotRestart("FREQ=DAILY;INTERVAL=2")) { try series.split(at: day("2026-03-04")) }
        #expect(throws: Never.self) { try series.truncated(before: day("2026-03-04")) }
    }

    @Test("a recurrence that is not understood is refused with its problem")
    func notUnderstood() {
        let series = RecurringSeries(
            Recurrence(lines: ["RRULE:FREQ=DAILY", "EXRULE:FREQ=WEEKLY"]),
            start: day("2026-03-01")
        )
        #expect(throws: SeriesError.notUnderstood(.unsupported("EXRULE"))) { try series.split(at: day("2026-03-02")) }
    }
}

/// A reading in Berlin, the first of two; the earliest reading for a text that is none.
func berlin(_ text: String) -> EventTime {
    .zoned(CivilDateTime(text) ?? .earliest, EventZone("Europe/Berlin"))
}

/// A day; the earliest one for a text that is none.
func day(_ text: String) -> EventTime { .day(CivilDate(text) ?? .earliest) }
