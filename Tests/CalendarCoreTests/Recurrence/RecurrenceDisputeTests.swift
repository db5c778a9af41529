import CalendarCore
import Foundation
import Testing

/// Rules on which other engines disagree, and the reading followed here.
@Suite("Disputed readings of recurrence rules")
struct RecurrenceDisputeTests {
    struct Reading: Sendable, CustomTestStringConvertible {
        let matter: String
        let rule: String
        let start: String
        let expected: [String]

        var testDescription: String { matter }
    }

    static let readings = [
        Reading(
            matter: "BYWEEKNO without BYDAY is every day of the week, for nothing in the rule chooses one",
            rule: "FREQ=YEARLY;BYWEEKNO=20;COUNT=8",
            start: "2011-05-16",
            expected: [
                "2011-05-16", "2011-05-17", "2011-05-18", "2011-05-19", "2011-05-20", "2011-05-21", "2011-05-22",
                "2012-05-14",
            ]
        ),
        Reading(
            matter: "days of week 1 that lie in December belong to the year they lie in",
            rule: "FREQ=YEARLY;BYWEEKNO=1;BYDAY=MO;COUNT=4",
            start: "2012-01-02",
            expected: ["2012-01-02", "2012-12-31", "2013-12-30", "2014-12-29"]
        ),
        Reading(
            matter: "days of week 53 that lie in January belong to the year they lie in",
            rule: "FREQ=YEARLY;BYWEEKNO=53;BYDAY=TU,SA;COUNT=3",
            start: "2010-01-02",
            expected: ["2010-01-02", "2015-12-29", "2016-01-02"]
        ),
        Reading(
            matter: "YEARLY with BYMONTHDAY alone is that day of every month, for BYMONTHDAY expands a year",
            rule: "FREQ=YEARLY;BYMONTHDAY=-1;COUNT=3",
            start: "2014-04-30",
            expected: ["2014-04-30", "2014-05-31", "2014-06-30"]
        ),
        Reading(
            matter: "plain and numbered weekdays of one BYDAY are united, for a list never narrows",
            rule: "FREQ=MONTHLY;BYDAY=3MO,WE;COUNT=4",
            start: "2015-01-02",
            expected: ["2015-01-07", "2015-01-14", "2015-01-19", "2015-01-21"]
        ),
        Reading(
            matter: "weeks begin on Monday without WKST, so a Sunday belongs to the week before it",
            rule: "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU;COUNT=2",
            start: "2015-01-10",
            expected: ["2015-01-11", "2015-01-25"]
        ),
        Reading(
            matter: "BYSETPOS counts in the whole first week, the days before the start included",
            rule: "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1,3;COUNT=3",
            start: "2024-10-23",
            expected: ["2024-10-23", "2024-10-28", "2024-10-30"]
        ),
        Reading(
            matter: "a start that does not match is no occurrence and does not count",
            rule: "FREQ=MONTHLY;BYSETPOS=-1;BYDAY=SU,MO,TU,WE,TH,FR,SA;COUNT=2",
            start: "2016-01-01",
            expected: ["2016-01-31", "2016-02-29"]
        ),
        Reading(
            matter: "BYHOUR and finer parts are ignored for an all-day series, as RFC 5545 asks",
            rule: "FREQ=DAILY;BYMINUTE=1,2,3,4;INTERVAL=2;COUNT=2",
            start: "2024-10-18",
            expected: ["2024-10-18", "2024-10-20"]
        ),
    ]

    @Test("the reading is the stated one", arguments: readings)
    func reading(_ reading: Reading) throws {
        let start = EventTime.day(try #require(CivilDate(reading.start)))
        let set = RecurrenceSet(Recurrence(lines: [reading.rule]), start: start)
        #expect(set.occurrences().map(\.civilDate.description) == reading.expected)
    }

    @Test("HOURLY steps on the wall clock: what moves out of a gap meets the next hour, and one of an overlap is one")
    func hourly() throws {
        let zone = EventZone("Europe/Berlin")
        let spring = try #require(CivilDateTime("2026-03-29T01:00:00"))
        let autumn = try #require(CivilDateTime("2026-10-25T01:00:00"))
        let until = ";UNTIL="
        let gap = RecurrenceSet(
            Recurrence(lines: ["FREQ=HOURLY\(until)20260329T050000"]),
            start: .zoned(spring, zone)
        )
        let overlap = RecurrenceSet(
            Recurrence(lines: ["FREQ=HOURLY\(until)20261025T040000"]),
            start: .zoned(autumn, zone)
        )
        #expect(gap.occurrences().map(\.civil.hour) == [1, 3, 4, 5])
        #expect(overlap.occurrences().map(\.civil.hour) == [1, 2, 3, 4])
    }

    /// A line of the shared file.
    struct Case: Decodable {
        let rrule: String
        let dtstart: String
        let tzid: String?
        let exdate: [String]
        let rdate: [String]
        let answers: [String: Answer]
    }

    /// A list of times, or the text of an error.
    enum Answer: Decodable {
        case times([String])
        case failure

        init(from decoder: any Decoder) throws {
            self = (try? [String](from: decoder)).map(Answer.times) ?? .failure
        }
    }

    @Test(
        "every disputed rule is refused or read as python-dateutil reads it, but for the stated readings",
        .enabled(if: SharedData.isPresent, "\(SharedData.absence)")
    )
    func shared() throws {
        let cases = try SharedData.decode([Case].self, from: "recurrence/disputed.json")
        #expect(cases.count == 233)
        var (same, refused, unanswered) = (0, 0, 0)
        var others: [String] = []
        for example in cases {
            guard let civil = CivilDateTime(example.dtstart), case .times(let answer) = example.answers["dateutil"]
            else {
                unanswered += 1
                continue
            }
            let suffix = example.tzid == "UTC" ? "Z" : ""
            let lines =
                ["RRULE:\(example.rrule)"] + example.rdate.map { "RDATE:\($0)\(suffix)" }
                + example.exdate.map { "EXDATE:\($0)\(suffix)" }
            let recurrence = Recurrence(lines: lines)
            guard recurrence.problem == nil else {
                refused += 1
                continue
            }
            let start: EventTime =
                example.tzid == "DATE" ? .day(civil.date) : .zoned(civil, EventZone(example.tzid ?? "UTC"))
            let found = RecurrenceSet(recurrence, start: start).occurrences().prefix(answer.count)
            if found.map(\.civil.basicText) == answer { same += 1 } else { others.append(example.rrule) }
        }
        print("disputed rules: \(same) as python-dateutil, \(refused) refused, \(others.count) others")
        // BYMINUTE of an all-day series, and BYSETPOS in a first week that python-dateutil begins at DTSTART.
        #expect(
            others == [
                "FREQ=DAILY;BYMINUTE=1,2,3,4;INTERVAL=2;COUNT=3",
                "FREQ=WEEKLY;BYDAY=MO,TU,SU,SA,TH;BYSETPOS=3,2;COUNT=4",
                "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1,3;COUNT=3",
                "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=2",
                "FREQ=WEEKLY;COUNT=13;INTERVAL=1;BYDAY=MO,SA,SU,FR;BYSECOND=6,48,20;BYSETPOS=8,2,5,7,-8,4",
            ]
        )
        #expect(same + refused + unanswered + others.count == 233)
    }
}
