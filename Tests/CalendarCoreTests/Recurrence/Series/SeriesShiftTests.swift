import CalendarCore
import Testing

@Suite("Shifting a series")
struct SeriesShiftTests {
    @Test(
        "parts that pin days or times move with the series",
        arguments: [
            ("FREQ=DAILY", 3, 0, "FREQ=DAILY"),
            ("FREQ=WEEKLY;BYDAY=MO,FR", 1, 0, "FREQ=WEEKLY;BYDAY=TU,SA"),
            ("FREQ=WEEKLY;BYDAY=MO,SU", -1, 0, "FREQ=WEEKLY;BYDAY=SU,SA"),
            ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR", 1, 0, "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SA"),
            ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU", 1, 0, "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,MO;WKST=TU"),
            ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU", 7, 0, "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU"),
            ("FREQ=DAILY;BYHOUR=9,15", 0, 2, "FREQ=DAILY;BYHOUR=11,17"),
            ("FREQ=DAILY;BYHOUR=9;BYMINUTE=0,30", 0, 1, "FREQ=DAILY;BYHOUR=10;BYMINUTE=0,30"),
            ("FREQ=WEEKLY;BYDAY=MO", 0, 20, "FREQ=WEEKLY;BYDAY=TU"),
            ("FREQ=DAILY;UNTIL=20260401T070000Z", 0, 1, "FREQ=DAILY;UNTIL=20260401T080000Z"),
            ("FREQ=DAILY;UNTIL=20260320T080000Z", 10, 0, "FREQ=DAILY;UNTIL=20260330T070000Z"),
        ]
    )
    func moved(rule: String, days: Int, hours: Int, expected: String) throws {
        let start = berlin("2026-03-02T09:00:00")
        let series = RecurringSeries(Recurrence(lines: ["RRULE:" + rule]), start: start)
        let shifted = try series.shifted(by: .seconds(days * 86_400 + hours * 3600))
        #expect(shifted.recurrence.lines == ["RRULE:" + expected])
        #expect(shifted.start.civil == start.civil.adding(seconds: Int64(days * 86_400 + hours * 3600)))
        #expect(shifted.start.zone == start.zone)
    }

    @Test("an hour of the clock stays an hour of the clock across a change of clocks")
    func acrossChange() throws {
        let lines = ["RRULE:FREQ=DAILY", "EXDATE;TZID=Europe/Berlin:20260330T013000", "RDATE:20260402T100000Z"]
        let series = RecurringSeries(Recurrence(lines: lines), start: berlin("2026-03-28T01:30:00"))
        let shifted = try series.shifted(by: .seconds(7200))
        let readings = shifted.set.occurrences().prefix(6).map(\.civil.description)
        let expected = [
            "2026-03-28T03:30:00", "2026-03-29T03:30:00", "2026-03-31T03:30:00", "2026-04-01T03:30:00",
            "2026-04-02T03:30:00", "2026-04-02T14:00:00",
        ]
        #expect(readings == expected)
    }

    @Test("an excluded occurrence that clocks moved out of a gap stays excluded")
    func excludedInGap() throws {
        let lines = ["RRULE:FREQ=DAILY", "EXDATE;TZID=Europe/Berlin:20260329T033000"]
        let series = RecurringSeries(Recurrence(lines: lines), start: berlin("2026-03-28T02:30:00"))
        let shifted = try series.shifted(by: .seconds(3 * 3600))
        let readings = shifted.set.occurrences().prefix(2).map(\.civil.description)
        #expect(readings == ["2026-03-28T05:30:00", "2026-03-30T05:30:00"])
    }

    @Test("a day excluded from a timed series stays one, or becomes the times it meant")
    func excludedDay() throws {
        let lines = ["RRULE:FREQ=DAILY", "EXDATE;VALUE=DATE:20260702"]
        let series = RecurringSeries(Recurrence(lines: lines), start: berlin("2026-07-01T09:00:00"))
        #expect(try series.shifted(by: .seconds(86_400)).recurrence.lines.last == "EXDATE;VALUE=DATE:20260703")
        #expect(try series.shifted(by: .seconds(3600)).recurrence.lines.last == "EXDATE:20260702T080000Z")
    }

    @Test(
        "parts that cannot be moved exactly are named",
        arguments: [
            ("FREQ=DAILY;BYMONTH=3", 1, 0, SeriesError.cannotMove("BYMONTH")),
            ("FREQ=DAILY;BYMONTHDAY=3", 1, 0, .cannotMove("BYMONTHDAY")),
            ("FREQ=DAILY;BYHOUR=9,23", 0, 2, .cannotMove("BYHOUR")),
            ("FREQ=WEEKLY", 4_000_000, 0, .outsideCalendar),
        ]
    )
    func refused(rule: String, days: Int, hours: Int, error: SeriesError) {
        let series = RecurringSeries(Recurrence(lines: ["RRULE:" + rule]), start: berlin("2026-03-02T09:00:00"))
        #expect(throws: error) { try series.shifted(by: .seconds(days * 86_400 + hours * 3600)) }
    }

    @Test("an all-day series moves by whole days only")
    func wholeDays() throws {
        let series = RecurringSeries(Recurrence(lines: ["RRULE:FREQ=DAILY;UNTIL=20260310"]), start: day("2026-03-01"))
        #expect(throws: SeriesError.unevenDifference) { try series.shifted(by: .seconds(3600)) }
        #expect(try series.shifted(by: .seconds(-86_400)).recurrence.lines == ["RRULE:FREQ=DAILY;UNTIL=20260309"])
        #expect(try series.shifted(by: .seconds(-86_400)).start == day("2026-02-28"))
    }

    @Test(
        "R-32 an original start is looked up in the zone of the series",
        arguments: [
            ("2026-03-27T01:30:00", "UTC", true),
            ("2026-03-29T01:30:00", "UTC", true),
            ("2026-03-29T02:30:00", "Europe/Berlin", true),
            ("2026-03-29T03:30:00", "Europe/Berlin", true),
            ("2026-03-30T00:30:00", "UTC", true),
            ("2026-03-30T01:30:00", "UTC", false),
            ("2026-03-26T21:30:00", "America/New_York", true),
            ("2026-03-29T20:30:00", "America/New_York", true),
            ("2026-03-31T02:30:00", "Europe/Berlin", false),
        ]
    )
    func membership(reading: String, zone: String, belongs: Bool) throws {
        let lines = ["RRULE:FREQ=DAILY", "EXDATE:20260331T003000Z"]
        let series = RecurringSeries(Recurrence(lines: lines), start: berlin("2026-03-20T02:30:00"))
        let original = EventTime.zoned(try #require(CivilDateTime(reading)), EventZone(zone))
        #expect(series.contains(originalStart: original) == belongs)
    }

    @Test("R-32 a day names no occurrence of a timed series, and a time none of an all-day series")
    func otherKind() {
        let rule = Recurrence(lines: ["RRULE:FREQ=DAILY"])
        let timed = RecurringSeries(rule, start: berlin("2026-03-20T00:00:00"))
        let allDay = RecurringSeries(rule, start: day("2026-03-20"))
        #expect(!timed.contains(originalStart: day("2026-03-21")))
        #expect(!allDay.contains(originalStart: berlin("2026-03-21T00:00:00")))
        #expect(allDay.contains(originalStart: day("2026-03-21")))
    }
}
