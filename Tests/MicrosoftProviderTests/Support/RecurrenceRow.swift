import CalendarCore
import Testing

/// A rule, a start that fits it, and the pattern it becomes.
struct RecurrenceRow: Sendable, CustomTestStringConvertible {
    let rule: String
    let start: String
    let pattern: JSONNode
    /// The rule that comes back.
    let back: String
    var testDescription: String { "\(rule) from \(start)" }

    /// - Parameters:
    ///   - rule: The rule that is sent.
    ///   - start: Its first day.
    ///   - pattern: What is sent.
    ///   - back: The rule that comes back, when it is another spelling.
    init(_ rule: String, _ start: String, _ pattern: JSONNode, back: String? = nil) {
        self.rule = rule
        self.start = start
        self.pattern = pattern
        self.back = back ?? rule
    }

    static let all = daily + weekly + monthlyByDate + monthlyByWeekday + idioms + yearly + evenMonths

    /// 2 March 2026 is a Monday.
    private static let daily: [RecurrenceRow] = [
        RecurrenceRow("FREQ=DAILY", "2026-03-03", .daily(1)),
        RecurrenceRow("FREQ=DAILY;INTERVAL=2", "2026-03-03", .daily(2)),
        RecurrenceRow("FREQ=DAILY;INTERVAL=999", "2026-03-03", .daily(999)),
        RecurrenceRow("FREQ=DAILY;WKST=SU", "2026-03-03", .daily(1), back: "FREQ=DAILY"),
        RecurrenceRow(
            "FREQ=DAILY;INTERVAL=3;BYDAY=MO,TU,WE,TH,FR,SA,SU",
            "2026-03-03",
            .daily(3),
            back: "FREQ=DAILY;INTERVAL=3"
        ),
        RecurrenceRow(
            "FREQ=DAILY;INTERVAL=1;BYDAY=MO,TU,WE,TH,FR",
            "2026-03-03",
            .weekly(1, "MO,TU,WE,TH,FR"),
            back: "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"
        ),
        RecurrenceRow("FREQ=DAILY;BYDAY=SU,SA", "2026-03-07", .weekly(1, "SA,SU"), back: "FREQ=WEEKLY;BYDAY=SA,SU"),
    ]

    private static let weekly: [RecurrenceRow] = [
        RecurrenceRow("FREQ=WEEKLY", "2026-03-03", .weekly(1, "TU"), back: "FREQ=WEEKLY;BYDAY=TU"),
        RecurrenceRow("FREQ=WEEKLY;BYDAY=TU,TH", "2026-03-03", .weekly(1, "TU,TH")),
        RecurrenceRow("FREQ=WEEKLY;BYDAY=TH,TU,TH", "2026-03-05", .weekly(1, "TU,TH"), back: "FREQ=WEEKLY;BYDAY=TU,TH"),
        RecurrenceRow(
            "FREQ=WEEKLY;BYDAY=MO;WKST=SU",
            "2026-03-02",
            .weekly(1, "MO", first: "sunday"),
            back: "FREQ=WEEKLY;BYDAY=MO"
        ),
        RecurrenceRow("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU", "2026-03-03", .weekly(1, JSONNode.everyDay)),
        RecurrenceRow(
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,TU;WKST=SU",
            "2026-03-03",
            .weekly(2, "TU,SU", first: "sunday"),
            back: "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=SU"
        ),
        RecurrenceRow("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU", "2026-03-03", .weekly(2, "TU,SU")),
        RecurrenceRow(
            "FREQ=WEEKLY;INTERVAL=3;BYDAY=WE,SA;WKST=SA",
            "2026-03-04",
            .weekly(3, "WE,SA", first: "saturday")
        ),
        RecurrenceRow(
            "FREQ=WEEKLY;INTERVAL=2",
            "2026-03-06",
            .weekly(2, "FR"),
            back: "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR"
        ),
        RecurrenceRow("FREQ=WEEKLY;INTERVAL=99;BYDAY=FR", "2026-03-06", .weekly(99, "FR")),
    ]

    private static let monthlyByDate: [RecurrenceRow] = [
        RecurrenceRow("FREQ=MONTHLY", "2026-03-03", .monthly(1, day: 3), back: "FREQ=MONTHLY;BYMONTHDAY=3"),
        RecurrenceRow("FREQ=MONTHLY;BYMONTHDAY=1", "2026-03-01", .monthly(1, day: 1)),
        RecurrenceRow("FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=28", "2026-03-28", .monthly(2, day: 28)),
        RecurrenceRow("FREQ=MONTHLY;BYMONTHDAY=-1", "2026-03-31", .monthly(1, "last", JSONNode.everyDay)),
        RecurrenceRow("FREQ=MONTHLY;BYMONTHDAY=-1", "2026-02-28", .monthly(1, "last", JSONNode.everyDay)),
        RecurrenceRow(
            "FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1",
            "2026-03-31",
            .monthly(1, day: 31),
            back: "FREQ=MONTHLY;BYMONTHDAY=-1"
        ),
        RecurrenceRow("FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1", "2026-03-30", .monthly(1, day: 30)),
        RecurrenceRow(
            "FREQ=MONTHLY;BYMONTHDAY=29,28;BYSETPOS=-1",
            "2026-02-28",
            .monthly(1, day: 29),
            back: "FREQ=MONTHLY;BYMONTHDAY=28,29;BYSETPOS=-1"
        ),
        RecurrenceRow(
            "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=30",
            "2026-03-30",
            .monthly(3, day: 30),
            back: "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=28,29,30;BYSETPOS=-1"
        ),
        RecurrenceRow(
            "FREQ=MONTHLY;INTERVAL=6",
            "2026-01-31",
            .monthly(6, day: 31),
            back: "FREQ=MONTHLY;INTERVAL=6;BYMONTHDAY=-1"
        ),
        RecurrenceRow(
            "FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=31",
            "2026-03-31",
            .monthly(12, day: 31),
            back: "FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=-1"
        ),
        RecurrenceRow(
            "FREQ=MONTHLY;BYMONTHDAY=3,4;BYSETPOS=1",
            "2026-03-03",
            .monthly(1, day: 3),
            back: "FREQ=MONTHLY;BYMONTHDAY=3"
        ),
    ]

    private static let monthlyByWeekday: [RecurrenceRow] = [
        RecurrenceRow("FREQ=MONTHLY;BYDAY=1MO", "2026-03-02", .monthly(1, "first", "MO")),
        RecurrenceRow("FREQ=MONTHLY;BYDAY=2TU", "2026-03-10", .monthly(1, "second", "TU")),
        RecurrenceRow("FREQ=MONTHLY;BYDAY=3WE", "2026-03-18", .monthly(1, "third", "WE")),
        RecurrenceRow(
            "FREQ=MONTHLY;BYDAY=+4TH",
            "2026-03-26",
            .monthly(1, "fourth", "TH"),
            back: "FREQ=MONTHLY;BYDAY=4TH"
        ),
        RecurrenceRow("FREQ=MONTHLY;INTERVAL=3;BYDAY=-1FR", "2026-03-27", .monthly(3, "last", "FR")),
        RecurrenceRow(
            "FREQ=MONTHLY;BYDAY=SA;BYSETPOS=-1",
            "2026-03-28",
            .monthly(1, "last", "SA"),
            back: "FREQ=MONTHLY;BYDAY=-1SA"
        ),
        RecurrenceRow(
            "FREQ=MONTHLY;BYDAY=SU;BYSETPOS=3",
            "2026-03-15",
            .monthly(1, "third", "SU"),
            back: "FREQ=MONTHLY;BYDAY=3SU"
        ),
        RecurrenceRow(
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1",
            "2026-03-02",
            .monthly(1, "first", "MO,TU,WE,TH,FR")
        ),
        RecurrenceRow(
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
            "2026-03-31",
            .monthly(1, "last", "MO,TU,WE,TH,FR")
        ),
        RecurrenceRow(
            "FREQ=MONTHLY;INTERVAL=2;BYDAY=SU,SA;BYSETPOS=4",
            "2026-03-14",
            .monthly(2, "fourth", "SA,SU"),
            back: "FREQ=MONTHLY;INTERVAL=2;BYDAY=SA,SU;BYSETPOS=4"
        ),
        RecurrenceRow("FREQ=MONTHLY;BYDAY=TU,WE,TH;BYSETPOS=3", "2026-03-05", .monthly(1, "third", "TU,WE,TH")),
    ]

    /// Spellings that other programs use for what a pattern says plainly.
    private static let idioms: [RecurrenceRow] = [
        RecurrenceRow(
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYSETPOS=2",
            "2026-03-02",
            .monthly(1, day: 2),
            back: "FREQ=MONTHLY;BYMONTHDAY=2"
        ),
        RecurrenceRow(
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYSETPOS=-1",
            "2026-03-31",
            .monthly(1, day: 31),
            back: "FREQ=MONTHLY;BYMONTHDAY=-1"
        ),
        RecurrenceRow(
            "FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=1,2,3,4,5,6,7",
            "2026-03-07",
            .monthly(1, "first", "SA"),
            back: "FREQ=MONTHLY;BYDAY=1SA"
        ),
        RecurrenceRow(
            "FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=8,9,10,11,12,13,14",
            "2026-03-14",
            .monthly(1, "second", "SA"),
            back: "FREQ=MONTHLY;BYDAY=2SA"
        ),
        RecurrenceRow(
            "FREQ=MONTHLY;BYMONTHDAY=21,20,19,18,17,16,15;BYDAY=SA",
            "2026-03-21",
            .monthly(1, "third", "SA"),
            back: "FREQ=MONTHLY;BYDAY=3SA"
        ),
        RecurrenceRow(
            "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=-7,-6,-5,-4,-3,-2,-1",
            "2026-03-27",
            .monthly(1, "last", "FR"),
            back: "FREQ=MONTHLY;BYDAY=-1FR"
        ),
        RecurrenceRow(
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYMONTHDAY=1,2,3;BYSETPOS=1",
            "2026-03-02",
            .monthly(1, "first", "MO,TU,WE,TH,FR"),
            back: "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1"
        ),
        RecurrenceRow(
            "FREQ=MONTHLY;BYDAY=1TU;BYSETPOS=1",
            "2026-03-03",
            .monthly(1, "first", "TU"),
            back: "FREQ=MONTHLY;BYDAY=1TU"
        ),
        RecurrenceRow(
            "FREQ=YEARLY;BYMONTH=9;BYDAY=MO;BYMONTHDAY=1,2,3,4,5,6,7",
            "2026-09-07",
            .yearly(1, month: 9, "first", "MO"),
            back: "FREQ=YEARLY;BYMONTH=9;BYDAY=1MO"
        ),
        RecurrenceRow(
            "FREQ=YEARLY;BYMONTH=5;BYDAY=MO;BYMONTHDAY=25,26,27,28,29,30,31",
            "2026-05-25",
            .yearly(1, month: 5, "last", "MO"),
            back: "FREQ=YEARLY;BYMONTH=5;BYDAY=-1MO"
        ),
    ]

    private static let yearly: [RecurrenceRow] = [
        RecurrenceRow(
            "FREQ=YEARLY",
            "2026-08-31",
            .yearly(1, month: 8, day: 31),
            back: "FREQ=YEARLY;BYMONTH=8;BYMONTHDAY=31"
        ),
        RecurrenceRow(
            "FREQ=YEARLY;BYMONTHDAY=4;BYMONTH=7",
            "2026-07-04",
            .yearly(1, month: 7, day: 4),
            back: "FREQ=YEARLY;BYMONTH=7;BYMONTHDAY=4"
        ),
        RecurrenceRow(
            "FREQ=YEARLY;INTERVAL=2;BYMONTH=1",
            "2026-01-15",
            .yearly(2, month: 1, day: 15),
            back: "FREQ=YEARLY;INTERVAL=2;BYMONTH=1;BYMONTHDAY=15"
        ),
        RecurrenceRow("FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=30", "2026-04-30", .yearly(1, month: 4, day: 30)),
        RecurrenceRow("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=28", "2026-02-28", .yearly(1, month: 2, day: 28)),
        RecurrenceRow(
            "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=28,29;BYSETPOS=-1",
            "2026-02-28",
            .yearly(1, month: 2, day: 29)
        ),
        RecurrenceRow(
            "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1",
            "2028-02-29",
            .yearly(1, month: 2, "last", JSONNode.everyDay)
        ),
        RecurrenceRow("FREQ=YEARLY;BYMONTH=11;BYDAY=4TH", "2026-11-26", .yearly(1, month: 11, "fourth", "TH")),
        RecurrenceRow(
            "FREQ=YEARLY;INTERVAL=99;BYMONTH=3;BYDAY=-1SU",
            "2026-03-29",
            .yearly(99, month: 3, "last", "SU")
        ),
        RecurrenceRow(
            "FREQ=YEARLY;BYMONTH=12;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
            "2026-12-31",
            .yearly(1, month: 12, "last", "MO,TU,WE,TH,FR")
        ),
        RecurrenceRow(
            "FREQ=YEARLY;BYMONTH=6;BYDAY=SA,SU;BYSETPOS=2",
            "2026-06-07",
            .yearly(1, month: 6, "second", "SA,SU")
        ),
    ]

    private static let evenMonths: [RecurrenceRow] = [
        RecurrenceRow(
            "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=3",
            "2026-03-03",
            .monthly(3, day: 3),
            back: "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=3"
        ),
        RecurrenceRow(
            "FREQ=YEARLY;BYMONTH=12,9,6,3;BYMONTHDAY=30",
            "2026-09-30",
            .monthly(3, day: 30),
            back: "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=28,29,30;BYSETPOS=-1"
        ),
        RecurrenceRow(
            "FREQ=YEARLY;BYMONTH=1,7;BYDAY=2MO",
            "2026-07-13",
            .monthly(6, "second", "MO"),
            back: "FREQ=MONTHLY;INTERVAL=6;BYDAY=2MO"
        ),
        RecurrenceRow(
            "FREQ=YEARLY;BYMONTH=1,5,9;BYMONTHDAY=-1",
            "2026-05-31",
            .monthly(4, "last", JSONNode.everyDay),
            back: "FREQ=MONTHLY;INTERVAL=4;BYMONTHDAY=-1"
        ),
        RecurrenceRow(
            "FREQ=YEARLY;BYMONTH=1,3,5,7,9,11",
            "2026-11-20",
            .monthly(2, day: 20),
            back: "FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=20"
        ),
        RecurrenceRow(
            "FREQ=YEARLY;BYMONTH=1,2,3,4,5,6,7,8,9,10,11,12;BYDAY=-1FR",
            "2026-03-27",
            .monthly(1, "last", "FR"),
            back: "FREQ=MONTHLY;BYDAY=-1FR"
        ),
        RecurrenceRow(
            "FREQ=YEARLY;BYMONTHDAY=15",
            "2026-03-15",
            .monthly(1, day: 15),
            back: "FREQ=MONTHLY;BYMONTHDAY=15"
        ),
    ]
}
