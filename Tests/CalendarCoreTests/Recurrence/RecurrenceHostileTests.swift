import CalendarCore
import Foundation
import Testing

@Suite("Hostile recurrence rules")
struct RecurrenceHostileTests {
    static let barren = [
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=MONTHLY;BYMONTH=4;BYMONTHDAY=31",
        "FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=SECONDLY;INTERVAL=10;BYSECOND=2,15",
        "FREQ=SECONDLY;INTERVAL=360;BYSECOND=10,28", "FREQ=SECONDLY;INTERVAL=43200;BYSECOND=2,10,18",
        "FREQ=MINUTELY;INTERVAL=12;BYMINUTE=10,11,25", "FREQ=MINUTELY;INTERVAL=120;BYMINUTE=10,12",
        "FREQ=MINUTELY;INTERVAL=1439;BYMINUTE=1;BYMONTH=6;BYMONTHDAY=31", "FREQ=HOURLY;INTERVAL=4;BYHOUR=7,11,15",
        "FREQ=HOURLY;INTERVAL=5;BYMONTH=2;BYMONTHDAY=29;BYHOUR=3;BYSETPOS=7", "FREQ=DAILY;INTERVAL=7;BYDAY=TU",
        "FREQ=DAILY;BYDAY=WE;BYSETPOS=2", "FREQ=WEEKLY;BYDAY=MO;BYMONTH=4;BYMONTHDAY=31",
        "FREQ=MONTHLY;BYDAY=2TU;BYSETPOS=2", "FREQ=MONTHLY;INTERVAL=12;BYMONTH=3", "FREQ=YEARLY;BYWEEKNO=53;BYMONTH=6",
        "FREQ=YEARLY;BYYEARDAY=1;BYMONTH=7", "FREQ=YEARLY;BYDAY=53MO;BYMONTH=1",
        "FREQ=SECONDLY;INTERVAL=86399;BYHOUR=3;BYMINUTE=3;BYSECOND=3;BYMONTH=2;BYMONTHDAY=29",
    ]

    @Test("F-10: a rule that never matches ends within the bound of steps", arguments: barren)
    func ends(_ rule: String) throws {
        let recurrence = Recurrence(lines: [rule])
        #expect(recurrence.problem == nil)
        let start = EventTime.zoned(try #require(CivilDateTime("2026-01-07T09:00:00")), .utc)
        var iterator = RecurrenceSet(recurrence, start: start).occurrences().makeIterator()

        #expect(iterator.next() == nil)

        #expect(iterator.steps <= RecurrenceOccurrences.Iterator.stepBound)
    }

    @Test("the bound of steps is that of a calendar that repeats after 400 years")
    func bound() {
        #expect((146_097...147_000).contains(RecurrenceOccurrences.Iterator.stepBound))
    }

    @Test(
        "an enormous INTERVAL leaves the first occurrence, in a few steps",
        arguments: ["YEARLY", "MONTHLY", "WEEKLY", "DAILY"]
    )
    func interval(_ frequency: String) throws {
        let start = EventTime.day(try #require(CivilDate("2026-01-07")))
        let recurrence = Recurrence(lines: ["FREQ=\(frequency);INTERVAL=2147483647"])
        var iterator = RecurrenceSet(recurrence, start: start).occurrences().makeIterator()
        #expect(iterator.next() == start)
        #expect(iterator.next() == nil)
        #expect(iterator.steps <= 10)
    }

    @Test(
        "every second of a century, or of one hour of its days, is reached without walking",
        arguments: [
            "FREQ=SECONDLY", "FREQ=SECONDLY;UNTIL=21270101T000000Z", "FREQ=SECONDLY;BYHOUR=9",
            "FREQ=SECONDLY;COUNT=2147483647;BYHOUR=9", "FREQ=SECONDLY;COUNT=2147483647;BYHOUR=9;BYDAY=FR",
            "FREQ=MINUTELY;COUNT=2147483647;BYHOUR=9;BYSECOND=30",
        ]
    )
    func century(_ rule: String) throws {
        let start = EventTime.zoned(try #require(CivilDateTime("2026-01-07T00:00:00")), .utc)
        let set = RecurrenceSet(Recurrence(lines: [rule]), start: start)
        // 6 December 2126 is a Friday.
        let date = try #require(Date(rfc3339: "2126-12-06T09:10:00Z"))
        var iterator = set.occurrences(in: date..<date.addingTimeInterval(60), floatingIn: .utc).makeIterator()
        let next = iterator.next()
        let first = try #require(next)
        #expect(first.civil.description.hasPrefix("2126-12-06T09:10:"))
        // With COUNT the walk begins at midnight, so at most the hour before the window is walked.
        #expect(iterator.steps < 1000)
    }

    @Test(
        "the occurrences of a century of seconds are counted, not walked",
        arguments: [
            // 36,524 days from 2026 to 2125; 24 of the 100 years are leap years.
            ("FREQ=SECONDLY;UNTIL=21251231T235959Z", 36_524 * 86_400),
            ("FREQ=SECONDLY;BYHOUR=9;UNTIL=21251231T235959Z", 36_524 * 3600),
            ("FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=29;UNTIL=21251231T235959Z", 24 * 86_400),
            ("FREQ=SECONDLY;COUNT=2147483647", 2_147_483_647),
        ]
    )
    func count(_ rule: String, expected: Int) throws {
        let start = EventTime.zoned(try #require(CivilDateTime("2026-01-01T00:00:00")), .utc)
        #expect(RecurrenceSet(Recurrence(lines: [rule]), start: start).count() == expected)
    }
}
