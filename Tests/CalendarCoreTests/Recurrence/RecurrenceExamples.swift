/// The examples of RFC 5545 section 3.8.5.3 as a table: rules and the days, or days and times, on which they fall.
struct RecurrenceExample: Sendable, CustomStringConvertible {
    let rule: String
    /// The first day, at 09:00 in New York.
    let start: String
    /// The first occurrences; days at 09:00, or a day with another time.
    let expected: [String]
    /// How many occurrences there are in all, or nil for a rule without end.
    let count: Int?

    var description: String { rule }

    /// A series that ends with the last of the listed occurrences, or after so many when they are not all listed.
    static func ending(_ rule: String, _ expected: String, from start: String = "19970902", count: Int? = nil) -> Self {
        let days = expected.split(separator: " ").map(String.init)
        return Self(rule: rule, start: start, expected: days, count: count ?? days.count)
    }

    /// A series without an end.
    static func endless(_ rule: String, _ expected: String, from start: String = "19970902") -> Self {
        Self(rule: rule, start: start, expected: expected.split(separator: " ").map(String.init), count: nil)
    }

    static let all: [RecurrenceExample] = days + weeks + months + years + hours

    private static let days: [RecurrenceExample] = [
        .ending(
            "FREQ=DAILY;COUNT=10",
            "19970902 19970903 19970904 19970905 19970906 19970907 19970908 19970909 19970910 19970911"
        ),
        .ending("FREQ=DAILY;UNTIL=19971224T000000Z", "19970902 19970903 19970904", count: 113),
        .endless("FREQ=DAILY;INTERVAL=2", "19970902 19970904 19970906 19970908"),
        .ending("FREQ=DAILY;INTERVAL=10;COUNT=5", "19970902 19970912 19970922 19971002 19971012"),
        .ending(
            "FREQ=YEARLY;UNTIL=20000131T140000Z;BYMONTH=1;BYDAY=SU,MO,TU,WE,TH,FR,SA",
            "19980101 19980102",
            from: "19980101",
            count: 93
        ),
        .ending("FREQ=DAILY;UNTIL=20000131T140000Z;BYMONTH=1", "19980101 19980102", from: "19980101", count: 93),
    ]

    private static let weeks: [RecurrenceExample] = [
        .ending(
            "FREQ=WEEKLY;COUNT=10",
            "19970902 19970909 19970916 19970923 19970930 19971007 19971014 19971021 19971028 19971104"
        ),
        .ending("FREQ=WEEKLY;UNTIL=19971224T000000Z", "19970902 19970909", count: 17),
        .endless("FREQ=WEEKLY;INTERVAL=2;WKST=SU", "19970902 19970916 19970930 19971014 19971028 19971111"),
        .ending(
            "FREQ=WEEKLY;UNTIL=19971007T000000Z;WKST=SU;BYDAY=TU,TH",
            "19970902 19970904 19970909 19970911 19970916 19970918 19970923 19970925 19970930 19971002"
        ),
        .ending(
            "FREQ=WEEKLY;COUNT=10;WKST=SU;BYDAY=TU,TH",
            "19970902 19970904 19970909 19970911 19970916 19970918 19970923 19970925 19970930 19971002"
        ),
        .ending(
            "FREQ=WEEKLY;INTERVAL=2;UNTIL=19971224T000000Z;WKST=SU;BYDAY=MO,WE,FR",
            "19970901 19970903 19970905 19970915 19970917 19970919 19970929 19971001 19971003 19971013 19971015 19971017",
            from: "19970901",
            count: 25
        ),
        .ending(
            "FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH",
            "19970902 19970904 19970916 19970918 19970930 19971002 19971014 19971016"
        ),
        .ending(
            "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO",
            "19970805 19970810 19970819 19970824",
            from: "19970805"
        ),
        .ending(
            "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU",
            "19970805 19970817 19970819 19970831",
            from: "19970805"
        ),
    ]

    private static let months: [RecurrenceExample] = [
        .ending(
            "FREQ=MONTHLY;COUNT=10;BYDAY=1FR",
            "19970905 19971003 19971107 19971205 19980102 19980206 19980306 19980403 19980501 19980605",
            from: "19970905"
        ),
        .ending(
            "FREQ=MONTHLY;UNTIL=19971224T000000Z;BYDAY=1FR",
            "19970905 19971003 19971107 19971205",
            from: "19970905"
        ),
        .ending(
            "FREQ=MONTHLY;INTERVAL=2;COUNT=10;BYDAY=1SU,-1SU",
            "19970907 19970928 19971102 19971130 19980104 19980125 19980301 19980329 19980503 19980531",
            from: "19970907"
        ),
        .ending(
            "FREQ=MONTHLY;COUNT=6;BYDAY=-2MO",
            "19970922 19971020 19971117 19971222 19980119 19980216",
            from: "19970922"
        ),
        .endless(
            "FREQ=MONTHLY;BYMONTHDAY=-3",
            "19970928 19971029 19971128 19971229 19980129 19980226",
            from: "19970928"
        ),
        .ending(
            "FREQ=MONTHLY;COUNT=10;BYMONTHDAY=2,15",
            "19970902 19970915 19971002 19971015 19971102 19971115 19971202 19971215 19980102 19980115"
        ),
        .ending(
            "FREQ=MONTHLY;COUNT=10;BYMONTHDAY=1,-1",
            "19970930 19971001 19971031 19971101 19971130 19971201 19971231 19980101 19980131 19980201",
            from: "19970930"
        ),
        .ending(
            "FREQ=MONTHLY;INTERVAL=18;COUNT=10;BYMONTHDAY=10,11,12,13,14,15",
            "19970910 19970911 19970912 19970913 19970914 19970915 19990310 19990311 19990312 19990313",
            from: "19970910"
        ),
        .endless(
            "FREQ=MONTHLY;INTERVAL=2;BYDAY=TU",
            "19970902 19970909 19970916 19970923 19970930 19971104 19971111 19971118 19971125 19980106"
        ),
        .endless(
            "FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13",
            "19970913 19971011 19971108 19971213 19980110 19980207 19980307 19980411 19980509 19980613",
            from: "19970913"
        ),
        // The RFC takes the unmatched start out by EXDATE; here it is no occurrence in the first place.
        .endless("FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", "19980213 19980313 19981113 19990813 20001013"),
        .ending("FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3", "19970904 19971007 19971106", from: "19970904"),
        .endless(
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2",
            "19970929 19971030 19971127 19971230 19980129 19980226 19980330",
            from: "19970929"
        ),
        .ending(
            "FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5",
            "20070115 20070130 20070215 20070315 20070330",
            from: "20070115"
        ),
    ]

    private static let years: [RecurrenceExample] = [
        .ending(
            "FREQ=YEARLY;COUNT=10;BYMONTH=6,7",
            "19970610 19970710 19980610 19980710 19990610 19990710 20000610 20000710 20010610 20010710",
            from: "19970610"
        ),
        .ending(
            "FREQ=YEARLY;INTERVAL=2;COUNT=10;BYMONTH=1,2,3",
            "19970310 19990110 19990210 19990310 20010110 20010210 20010310 20030110 20030210 20030310",
            from: "19970310"
        ),
        .ending(
            "FREQ=YEARLY;INTERVAL=3;COUNT=10;BYYEARDAY=1,100,200",
            "19970101 19970410 19970719 20000101 20000409 20000718 20030101 20030410 20030719 20060101",
            from: "19970101"
        ),
        .endless("FREQ=YEARLY;BYDAY=20MO", "19970519 19980518 19990517", from: "19970519"),
        .endless("FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO", "19970512 19980511 19990517", from: "19970512"),
        .endless(
            "FREQ=YEARLY;BYMONTH=3;BYDAY=TH",
            "19970313 19970320 19970327 19980305 19980312 19980319 19980326 19990304",
            from: "19970313"
        ),
        .endless(
            "FREQ=YEARLY;BYDAY=TH;BYMONTH=6,7,8",
            "19970605 19970612 19970619 19970626 19970703 19970710 19970717 19970724 19970731 19970807 19970814 19970821",
            from: "19970605"
        ),
        .endless(
            "FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8",
            "19961105 20001107 20041102",
            from: "19961105"
        ),
    ]

    private static let hours: [RecurrenceExample] = [
        // 17:00 UTC is 13:00 in New York, so 15:00, which the RFC lists, is too late.
        .ending("FREQ=HOURLY;INTERVAL=3;UNTIL=19970902T170000Z", "19970902 19970902T120000"),
        .ending(
            "FREQ=MINUTELY;INTERVAL=15;COUNT=6",
            "19970902 19970902T091500 19970902T093000 19970902T094500 19970902T100000 19970902T101500"
        ),
        .ending(
            "FREQ=MINUTELY;INTERVAL=90;COUNT=4",
            "19970902 19970902T103000 19970902T120000 19970902T133000"
        ),
        .endless(
            "FREQ=DAILY;BYHOUR=9,10,11,12,13,14,15,16;BYMINUTE=0,20,40",
            "19970902 19970902T092000 19970902T094000 19970902T100000 19970902T102000"
        ),
        .endless(
            "FREQ=MINUTELY;INTERVAL=20;BYHOUR=9,10,11,12,13,14,15,16",
            "19970902 19970902T092000 19970902T094000 19970902T100000 19970902T102000"
        ),
    ]
}
