import CalendarCore
import Testing

@Suite("Recurrence rules in words")
struct RecurrenceWordsTests {
    @Test("a rule says itself in plain English", arguments: sentences)
    func sentence(rule: String, words: String) throws {
        #expect(try RecurrenceRule(parsing: rule).words() == words)
    }

    static let sentences: [(String, String)] = [
        ("FREQ=DAILY", "every day"),
        ("FREQ=DAILY;INTERVAL=2", "every second day"),
        ("FREQ=DAILY;INTERVAL=10;COUNT=5", "every 10 days, 5 times"),
        ("FREQ=DAILY;COUNT=1", "every day, once"),
        ("FREQ=DAILY;BYMONTH=1", "every day in January"),
        ("FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR", "every weekday"),
        ("FREQ=DAILY;INTERVAL=2;BYDAY=MO,FR", "every second day, only on Monday and Friday"),
        ("FREQ=DAILY;INTERVAL=3;BYDAY=MO,TU,WE,TH,FR", "every 3 days, only on weekdays"),
        ("FREQ=DAILY;BYMONTHDAY=1,-1", "every day on the first and last day of the month"),
        ("FREQ=DAILY;BYHOUR=9,10;BYMINUTE=0,30", "every day at 09:00, 09:30, 10:00 and 10:30"),
        ("FREQ=DAILY;BYHOUR=9,16", "every day in hours 9 and 16"),
        ("FREQ=DAILY;BYMINUTE=5;BYSECOND=30", "every day at minute 5 at second 30"),
        ("FREQ=WEEKLY", "every week"),
        ("FREQ=WEEKLY;INTERVAL=2", "every second week"),
        ("FREQ=WEEKLY;BYDAY=TU", "every Tuesday"),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;COUNT=10", "every weekday, 10 times"),
        ("FREQ=WEEKLY;BYDAY=MO,WE,FR", "every Monday, Wednesday and Friday"),
        ("FREQ=WEEKLY;BYDAY=SA,SU", "every Saturday and Sunday"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;UNTIL=20270503", "every second Tuesday until 3 May 2027"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH", "every second week on Tuesday and Thursday"),
        ("FREQ=WEEKLY;INTERVAL=3;BYDAY=MO", "every 3 weeks on Monday"),
        (
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=SU",
            "every second week on Tuesday and Sunday, with weeks beginning on Sunday"
        ),
        (
            "FREQ=WEEKLY;BYDAY=MO,FR;BYSETPOS=-1",
            "every week on every Monday and Friday, taking only the last occurrence of each week"
        ),
        ("FREQ=WEEKLY;BYDAY=FR;BYMONTHDAY=13", "every Friday on the 13th of the month"),
        ("FREQ=MONTHLY", "every month"),
        ("FREQ=MONTHLY;BYMONTHDAY=15", "on the 15th of every month"),
        ("FREQ=MONTHLY;BYMONTHDAY=1,2,3,11", "on the 1st, 2nd, 3rd and 11th of every month"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "on the last day of every month"),
        ("FREQ=MONTHLY;BYMONTHDAY=-3", "on the third to last day of every month"),
        ("FREQ=MONTHLY;BYDAY=-1FR", "on the last Friday of every month"),
        ("FREQ=MONTHLY;INTERVAL=2;BYDAY=1SU,-1SU", "on the first Sunday and the last Sunday of every second month"),
        ("FREQ=MONTHLY;INTERVAL=18;BYMONTHDAY=10;COUNT=10", "on the 10th of every 18 months, 10 times"),
        ("FREQ=MONTHLY;BYDAY=TU", "every month on every Tuesday"),
        ("FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", "every month on the 13th of the month, only on Friday"),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "on the last weekday of every month"),
        ("FREQ=MONTHLY;BYDAY=TU,WE,TH;BYSETPOS=3", "on the third Tuesday, Wednesday or Thursday of every month"),
        ("FREQ=MONTHLY;BYDAY=SA,SU;BYSETPOS=1", "on the first weekend day of every month"),
        ("FREQ=MONTHLY;BYDAY=SU,MO,TU,WE,TH,FR,SA;BYSETPOS=-2", "on the second to last day of every month"),
        (
            "FREQ=MONTHLY;BYMONTHDAY=13,14,15;BYSETPOS=2",
            "on the 13th, 14th and 15th of every month, taking only the second occurrence of each month"
        ),
        ("FREQ=MONTHLY;BYMONTHDAY=1;BYMONTH=6,7", "on the 1st of every month in June and July"),
        ("FREQ=YEARLY", "every year"),
        ("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=25", "every year on 25 December"),
        ("FREQ=YEARLY;INTERVAL=4;BYMONTH=2;BYMONTHDAY=29", "every 4 years on 29 February"),
        ("FREQ=YEARLY;BYMONTH=1,7;BYMONTHDAY=1,15", "every year on the 1st and 15th of January and July"),
        ("FREQ=YEARLY;BYMONTH=11;BYDAY=4TH", "every year on the fourth Thursday of November"),
        ("FREQ=YEARLY;BYDAY=20MO", "on the 20th Monday of every year"),
        ("FREQ=YEARLY;BYMONTH=6,7", "every year in June and July"),
        ("FREQ=YEARLY;BYMONTH=3;BYDAY=TH", "every year on every Thursday in March"),
        ("FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO", "every year in week 20 on every Monday"),
        ("FREQ=YEARLY;BYWEEKNO=-1", "every year in the last week of the year"),
        ("FREQ=YEARLY;BYYEARDAY=1,100,-1", "every year on the 1st, 100th and last day of the year"),
        ("FREQ=YEARLY;BYMONTHDAY=13;BYDAY=FR", "every year on the 13th of the month, only on Friday"),
        (
            "FREQ=YEARLY;INTERVAL=2;BYMONTH=1;BYDAY=SU;BYHOUR=8,9;BYMINUTE=30",
            "every second year on every Sunday in January at 08:30 and 09:30"
        ),
        (
            "FREQ=YEARLY;BYMONTH=1,2;BYDAY=MO;BYSETPOS=-1",
            "every year on every Monday in January and February, taking only the last occurrence of each year"
        ),
        ("FREQ=HOURLY;INTERVAL=3", "every 3 hours"),
        ("FREQ=MINUTELY;INTERVAL=20;BYHOUR=9,10", "every 20 minutes in hours 9 and 10"),
        ("FREQ=MINUTELY;INTERVAL=2;BYDAY=MO", "every second minute, only on Monday"),
        ("FREQ=SECONDLY;INTERVAL=2;COUNT=3", "every 2 seconds, 3 times"),
        ("FREQ=DAILY;UNTIL=20270503T090000", "every day until 3 May 2027 at 09:00"),
        ("FREQ=DAILY;UNTIL=20270503T220000Z", "every day until 3 May 2027 at 22:00 UTC"),
        ("FREQ=DAILY;UNTIL=20270503T220005Z;COUNT=4", "every day until 3 May 2027 at 22:00:05 UTC, 4 times"),
    ]

    @Test("an UNTIL in UTC is said in the zone of the series, its last second as a day")
    func untilInZone() throws {
        let zone = EventZone("Europe/Berlin")
        let lastSecond = try RecurrenceRule(parsing: "FREQ=DAILY;UNTIL=20270503T215959Z")
        #expect(lastSecond.words(zone: zone) == "every day until 3 May 2027")
        let evening = try RecurrenceRule(parsing: "FREQ=DAILY;UNTIL=20270503T223000Z")
        #expect(evening.words(zone: zone) == "every day until 4 May 2027 at 00:30")
    }

    @Test("a value without meaning is not dropped but follows in iCalendar text")
    func unsayable() {
        var rule = RecurrenceRule(frequency: .daily)
        rule.byMonth = [13]
        rule.byHour = [25]
        rule.count = 3
        #expect(rule.words() == "every day, 3 times (BYMONTH=13;BYHOUR=25)")
    }

    @Test(
        "a language without a phrase leaves the part in iCalendar text",
        arguments: [
            ("FREQ=DAILY;COUNT=3", "täglich, 3-mal"),
            ("FREQ=DAILY;WKST=SU;COUNT=3", "täglich, 3-mal [WKST=SU]"),
            ("FREQ=MONTHLY;INTERVAL=2;BYDAY=1FR", "[FREQ=MONTHLY;INTERVAL=2;BYDAY=1FR]"),
            ("FREQ=YEARLY;BYMONTH=2;BYDAY=1FR;COUNT=2", "2-mal [FREQ=YEARLY;BYMONTH=2;BYDAY=1FR]"),
        ]
    )
    func otherLanguage(rule: String, words: String) throws {
        #expect(try RecurrenceRule(parsing: rule).words(in: LittleGerman()) == words)
    }

    /// A language of two phrases.
    struct LittleGerman: RecurrenceWords {
        func phrase(for clause: RecurrenceClause) -> String? {
            switch clause {
            case .every(.daily, interval: 1): "täglich"
            case .count(let count): "\(count)-mal"
            default: nil
            }
        }

        func sentence(_ phrases: [(clause: RecurrenceClause, phrase: String)], rest: [String]) -> String {
            let said = phrases.map(\.phrase).joined(separator: ", ")
            let verbatim = rest.isEmpty ? "" : "[" + rest.joined(separator: ";") + "]"
            return [said, verbatim].filter { !$0.isEmpty }.joined(separator: " ")
        }
    }

    @Test("every part of a rule is said or left verbatim", arguments: sentences.map(\.0))
    func nothingIsDropped(rule: String) throws {
        let rule = try RecurrenceRule(parsing: rule)
        let rest = rule.words(in: Silence())
        let parts = rest.split(separator: ";").sorted()
        #expect(parts == rule.description.split(separator: ";").sorted())
    }

    /// A language without any phrase.
    struct Silence: RecurrenceWords {
        func phrase(for clause: RecurrenceClause) -> String? { nil }

        func sentence(_ phrases: [(clause: RecurrenceClause, phrase: String)], rest: [String]) -> String {
            rest.joined(separator: ";")
        }
    }
}
