import CalendarToolKit
import Foundation
import Testing

@Suite("calendar expand: one line, one answer")
struct ExpandLineTests {
    private static func answer(_ line: String) -> String {
        ExpandLine.answer(to: Data(line.utf8), by: Expander { .zero })
    }

    @Test(
        "the rule's own occurrences are given in local time",
        arguments: [
            // RFC 5545 section 3.8.5.3, "Every other day", and a weekly rule in the zone of its first autumn.
            (
                #""dtstart":"19970902T090000","tzid":"America/New_York","rrule":"FREQ=DAILY;INTERVAL=2","limit":3"#,
                ["19970902T090000", "19970904T090000", "19970906T090000"]
            ),
            (
                #""dtstart":"20261019T010000","tzid":"Europe/Berlin","rrule":"FREQ=WEEKLY;COUNT=2","limit":5"#,
                ["20261019T010000", "20261026T010000"]
            ),
            // A start on a Wednesday that the rule does not give is not forced in.
            (
                #""dtstart":"20260304T090000","tzid":null,"rrule":"FREQ=WEEKLY;BYDAY=MO;COUNT=2","limit":9"#,
                ["20260309T090000", "20260316T090000"]
            ),
            // Additions come in their place, exclusions go.
            (
                """
                "dtstart":"20260301T090000","tzid":"UTC","rrule":"FREQ=DAILY;COUNT=3","limit":9,\
                "rdate":["20260302T120000"],"exdate":["20260302T090000"]
                """,
                ["20260301T090000", "20260302T120000", "20260303T090000"]
            ),
            (
                #""dtstart":"20280228T000000","tzid":"DATE","rrule":"FREQ=DAILY","exdate":["20280301T000000"],"limit":3"#,
                ["20280228T000000", "20280229T000000", "20280302T000000"]
            ),
            // Clocks in Berlin skip 02:30 on 29 March 2026 (RFC 5545 section 3.3.5).
            (
                #""dtstart":"20260328T023000","tzid":"Europe/Berlin","rrule":"FREQ=DAILY","limit":3"#,
                ["20260328T023000", "20260329T033000", "20260330T023000"]
            ),
            (#""dtstart":"20260301T090000","rrule":"FREQ=DAILY","limit":0"#, []),
        ]
    )
    func occurrences(_ fields: String, expected: [String]) {
        let list = expected.map { "\"\($0)\"" }.joined(separator: ",")

        #expect(Self.answer(#"{"id":"a",\#(fields)}"#) == #"{"id":"a","occurrences":[\#(list)]}"#)
    }

    @Test(
        "the id comes back as it was",
        arguments: [
            (#""id":7,"#, "7"), (#""id":null,"#, "null"), ("", "null"),
            (#""id":"a\"b\\c\u0001ü","#, #""a\"b\\c\u0001ü""#),
        ]
    )
    func ids(_ field: String, expected: String) {
        let answer = Self.answer(#"{\#(field)"dtstart":"20260301T090000","rrule":"FREQ=DAILY;COUNT=1"}"#)

        #expect(answer == #"{"id":\#(expected),"occurrences":["20260301T090000"]}"#)
    }

    @Test(
        "a series that cannot be expanded is an error with its id",
        arguments: [
            (#""dtstart":"20260301T090000""#, "rrule is missing"),
            (#""dtstart":"20260301T090000","rrule":null"#, "rrule is missing"),
            (#""rrule":"FREQ=DAILY""#, "dtstart is missing"),
            (#""dtstart":20260301,"rrule":"FREQ=DAILY""#, "dtstart is of the wrong kind"),
            (
                #""dtstart":"20260230T090000","rrule":"FREQ=DAILY""#,
                "the start is no local time such as 20260301T090000"
            ),
            (#""dtstart":"20260301T090000","rrule":"FREQ=DAILY;COUNT=0""#, "rrule: A value of COUNT is out of range"),
            (#""dtstart":"20260301T090000","rrule":"DAILY""#, "rrule: DAILY is not known"),
            (#""dtstart":"20260301T090000","rrule":"FREQ=DAILY","limit":"5""#, "limit is not a whole number"),
            (#""dtstart":"20260301T090000","rrule":"FREQ=DAILY","limit":-1"#, "limit is negative"),
            (#""dtstart":"20260301T090000","rrule":"FREQ=DAILY","limit":1.5"#, "limit is not a whole number"),
            (
                #""dtstart":"20260301T090000","rrule":"FREQ=DAILY","tzid":"Mars/Olympus_Mons""#,
                "no zone is called Mars/Olympus_Mons"
            ),
            (
                #""dtstart":"20260301T090000","rrule":"FREQ=DAILY","exdate":["x\nRRULE:FREQ=DAILY"]"#,
                "exdate holds something other than local times"
            ),
            (#""dtstart":"20260301T090000","rrule":"FREQ=DAILY","rdate":[1]"#, "rdate is of the wrong kind"),
        ]
    )
    func faults(_ fields: String, expected: String) {
        #expect(Self.answer(#"{"id":1,\#(fields)}"#) == #"{"id":1,"error":"\#(expected)"}"#)
    }

    @Test(
        "what is not an object of JSON is an error without an id",
        arguments: ["{", "FREQ=DAILY", "\u{0}", "{\"id\":1"]
    )
    func notJSON(_ line: String) {
        #expect(Self.answer(line) == #"{"id":null,"error":"the line is not JSON"}"#)
    }

    @Test("an endless rule without a limit gives a hundred occurrences")
    func usualLimit() {
        let answer = Self.answer(#"{"id":1,"dtstart":"20260101T090000","rrule":"FREQ=DAILY"}"#)

        #expect(answer.contains("\"20260410T090000\"]"))
        #expect(!answer.contains("20260411"))
    }

    @Test("more occurrences than fit into an answer are refused, not cut off")
    func tooMany() {
        let answer = Self.answer(#"{"id":1,"dtstart":"20260101T090000","rrule":"FREQ=DAILY","limit":1000000000000}"#)

        #expect(answer == #"{"id":1,"error":"there are more than 100000 occurrences"}"#)
    }

    @Test(
        "a rule that never gives anything ends",
        arguments: ["FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "FREQ=WEEKLY;UNTIL=20200101"]
    )
    func nothing(_ rule: String) {
        let answer = Self.answer(#"{"id":1,"dtstart":"20260101T090000","rrule":"\#(rule)","limit":5}"#)

        #expect(answer == #"{"id":1,"occurrences":[]}"#)
    }

    @Test("a rule that takes too long is given up")
    func tooSlow() {
        var seconds = 0
        let expander = Expander(patience: .seconds(10)) {
            seconds += 1
            return .seconds(seconds)
        }

        let line = Data(#"{"id":1,"dtstart":"20260101T090000","rrule":"FREQ=DAILY","limit":50}"#.utf8)

        #expect(ExpandLine.answer(to: line, by: expander) == #"{"id":1,"error":"the rule takes too long"}"#)
    }
}
