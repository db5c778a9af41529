import CalendarCore
import CalendarTesting
import Foundation
import MicrosoftProvider
import Testing

@Suite("Microsoft: reading a recurrence")
struct RecurrenceReadingTests {
    /// A pattern, its start, and what they are read as.
    struct Reading: Sendable, CustomTestStringConvertible {
        let pattern: JSONNode
        let start: String
        let rule: String
        /// The first occurrence.
        let first: String
        var testDescription: String { "\(rule) from \(start)" }

        init(_ pattern: JSONNode, _ start: String, _ rule: String, first: String? = nil) {
            (self.pattern, self.start, self.rule) = (pattern, start, rule)
            self.first = first ?? start
        }
    }

    static let spellings: [Reading] = [
        Reading(
            ["type": "Daily", "interval": 1, "month": 0, "dayOfMonth": 0, "index": "first"],
            "2026-03-03",
            "FREQ=DAILY"
        ),
        Reading(
            ["type": "daily", "interval": 1, "firstDayOfWeek": "noday", "daysOfWeek": []],
            "2026-03-03",
            "FREQ=DAILY"
        ),
        Reading(["type": "daily"], "2026-03-03", "FREQ=DAILY"),
        Reading(
            ["type": "weekly", "interval": 2, "daysOfWeek": ["Tuesday", "SUNDAY"]],
            "2026-03-03",
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=SU"
        ),
        Reading(
            ["type": "weekly", "interval": 1, "daysOfWeek": ["tuesday", "Tuesday"], "firstDayOfWeek": .null],
            "2026-03-03",
            "FREQ=WEEKLY;BYDAY=TU"
        ),
        Reading(
            ["type": "relativeMonthly", "interval": 1, "daysOfWeek": ["tuesday"]],
            "2026-03-03",
            "FREQ=MONTHLY;BYDAY=1TU"
        ),
        Reading(
            ["type": "relativeMonthly", "interval": 1, "daysOfWeek": ["tuesday"], "index": "Last"],
            "2026-03-31",
            "FREQ=MONTHLY;BYDAY=-1TU"
        ),
        Reading(.monthly(1, "first", JSONNode.everyDay), "2026-03-01", "FREQ=MONTHLY;BYMONTHDAY=1"),
        Reading(.monthly(1, "fourth", JSONNode.everyDay), "2026-03-04", "FREQ=MONTHLY;BYMONTHDAY=4"),
        Reading(.yearly(1, month: 5, "third", JSONNode.everyDay), "2026-05-03", "FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=3"),
        Reading(.monthly(1, day: 31), "2026-03-31", "FREQ=MONTHLY;BYMONTHDAY=-1"),
        Reading(.monthly(1, day: 31), "2026-04-30", "FREQ=MONTHLY;BYMONTHDAY=-1"),
        Reading(.monthly(2, day: 29), "2026-02-28", "FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=28,29;BYSETPOS=-1"),
        Reading(.yearly(1, month: 2, day: 29), "2026-02-28", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=28,29;BYSETPOS=-1"),
        Reading(.yearly(1, month: 2, day: 31), "2028-02-29", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=28,29;BYSETPOS=-1"),
        Reading(.yearly(1, month: 4, day: 31), "2026-04-30", "FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=30"),
    ]

    @Test("F-11: words in any case, absent parts and clamped days are read as what Graph means", arguments: spellings)
    func reads(item: Reading) async throws {
        let start = try Sample.day(item.start)
        let recurrence = GraphSeries.endless(item.pattern, start: start)

        let read = try await GraphSeries.read(recurrence, start: start)

        #expect(read.recurrence?.lines == ["RRULE:" + item.rule])
        let days = RuleWalk(rule: try RecurrenceRule(parsing: item.rule), start: read.start).days(1500)
        #expect(days == PatternWalk(recurrence, start: start).days(1500))
        #expect(MicrosoftCalendarProvider().canonical(read).recurrence == read.recurrence)
    }

    static let misfits: [Reading] = [
        Reading(.weekly(1, "MO,FR"), "2026-03-03", "FREQ=WEEKLY;BYDAY=MO,FR", first: "2026-03-06"),
        Reading(.weekly(2, "MO"), "2026-03-03", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", first: "2026-03-16"),
        Reading(
            .weekly(2, "SU", first: "sunday"),
            "2026-03-03",
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU;WKST=SU",
            first: "2026-03-15"
        ),
        Reading(.monthly(1, day: 1), "2026-03-03", "FREQ=MONTHLY;BYMONTHDAY=1", first: "2026-04-01"),
        Reading(.monthly(1, day: 31), "2026-02-03", "FREQ=MONTHLY;BYMONTHDAY=-1", first: "2026-02-28"),
        Reading(.monthly(3, day: 15), "2026-12-20", "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=15", first: "2027-03-15"),
        // The documented example: the first Thursday from 29 August on is in September.
        Reading(.monthly(1, "first", "TH"), "2017-08-29", "FREQ=MONTHLY;BYDAY=1TH", first: "2017-09-07"),
        Reading(
            .yearly(1, month: 2, day: 29),
            "2026-03-03",
            "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=28,29;BYSETPOS=-1",
            first: "2027-02-28"
        ),
        Reading(
            .yearly(1, month: 11, "fourth", "TH"),
            "2026-03-03",
            "FREQ=YEARLY;BYMONTH=11;BYDAY=4TH",
            first: "2026-11-26"
        ),
        Reading(
            .yearly(2, month: 1, day: 5),
            "2026-03-03",
            "FREQ=YEARLY;INTERVAL=2;BYMONTH=1;BYMONTHDAY=5",
            first: "2028-01-05"
        ),
    ]

    @Test("F-11: a start that does not fit moves to the first occurrence, and the end with it", arguments: misfits)
    func moves(item: Reading) async throws {
        let start = try Sample.day(item.start)
        let recurrence = GraphSeries.endless(item.pattern, start: start)

        let read = try await GraphSeries.read(recurrence, start: start)

        #expect(read.recurrence?.lines == ["RRULE:" + item.rule])
        #expect(read.start.civilDate.description == item.first)
        #expect(read.start.civil.hour == 10 && read.end.civil.hour == 11)
        #expect(read.end.civilDate == read.start.civilDate)
        #expect(PatternWalk(recurrence, start: start).days(1000).first?.description == item.first)
        #expect(MicrosoftCalendarProvider().losses(writing: read).isEmpty)
    }

    @Test("F-11: a moved start keeps the number of occurrences and the end date")
    func movesWithRange() async throws {
        let numbered: JSONNode = [
            "pattern": .weekly(1, "FR"), "range": ["type": "numbered", "numberOfOccurrences": 3],
        ]
        let ended: JSONNode = ["pattern": .weekly(1, "FR"), "range": ["type": "endDate", "endDate": "2026-03-05"]]

        let three = try await GraphSeries.read(numbered, start: Sample.day("2026-03-03"))
        let none = try await GraphSeries.read(ended, start: Sample.day("2026-03-03"))

        #expect(three.recurrence?.lines == ["RRULE:FREQ=WEEKLY;COUNT=3;BYDAY=FR"])
        #expect(three.start.civilDate.description == "2026-03-06")
        // Without an occurrence there is nothing to move to.
        #expect(none.start.civilDate.description == "2026-03-03")
    }

    @Test("F-11: a start in a zone that is not known stays, because its day may be another one")
    func unknownZone() async throws {
        let item = ScriptedGraph.event([
            "type": "seriesMaster", "originalStartTimeZone": "tzone://Microsoft/Custom",
            "recurrence": [
                "pattern": .weekly(1, "WE"),
                "range": ["type": "noEnd", "recurrenceTimeZone": "tzone://Microsoft/Custom"],
            ],
            "start": ["dateTime": "2026-03-03T20:00:00.0000000", "timeZone": "UTC"],
            "end": ["dateTime": "2026-03-03T21:00:00.0000000", "timeZone": "UTC"],
        ])

        let read = try await GraphSeries.event(item).content

        #expect(read.start.civilDate.description == "2026-03-03")
    }

    @Test(
        "F-11: the start is read in the recurrence zone, where its day can be another one than in UTC",
        arguments: [("2026-03-03T23:30:00.0000000", "2026-03-04"), ("2026-03-02T23:30:00.0000000", "2026-03-04")]
    )
    func zoneOfStart(utc: String, day: String) async throws {
        let item = ScriptedGraph.event([
            "type": "seriesMaster",
            "recurrence": [
                "pattern": .weekly(1, "WE"),
                "range": ["type": "noEnd", "recurrenceTimeZone": .string(GraphSeries.zoneName)],
            ],
            "start": ["dateTime": .string(utc), "timeZone": "UTC"],
            "end": ["dateTime": "2026-03-04T00:30:00.0000000", "timeZone": "UTC"],
        ])

        #expect(try await GraphSeries.event(item).content.start.civilDate.description == day)
    }

    @Test(
        "F-11: an unreadable pattern is an issue of its event",
        arguments: [
            (#"{"type":"lunar","interval":1}"#, "type"), (#"{"interval":1}"#, "type"),
            (#"{"type":"weekly","interval":1}"#, "daysOfWeek"),
            (#"{"type":"weekly","interval":1,"daysOfWeek":["monday","someday"]}"#, "daysOfWeek"),
            (#"{"type":"weekly","interval":2,"daysOfWeek":["monday"],"firstDayOfWeek":"x"}"#, "firstDayOfWeek"),
            (#"{"type":"relativeMonthly","interval":1,"daysOfWeek":[]}"#, "daysOfWeek"),
            (#"{"type":"relativeMonthly","interval":1,"daysOfWeek":["monday"],"index":"fifth"}"#, "index"),
            (#"{"type":"relativeYearly","interval":1,"daysOfWeek":["monday"],"index":"first"}"#, "month"),
            (#"{"type":"absoluteMonthly","interval":1,"dayOfMonth":0}"#, "dayOfMonth"),
            (#"{"type":"absoluteMonthly","interval":1,"dayOfMonth":32}"#, "dayOfMonth"),
            (#"{"type":"absoluteYearly","interval":1,"dayOfMonth":1,"month":13}"#, "month"),
            (#"{"type":"daily","interval":9223372036854775807}"#, "interval"),
        ]
    )
    func unreadable(pattern: String, field: String) async throws {
        let node = try JSONNode(Array(pattern.utf8))
        let item = ScriptedGraph.event(["type": "seriesMaster", "recurrence": ["pattern": node, "range": [:]]])
        let graph = ScriptedGraph(.expect(operation: "events.delta", .json(ScriptedGraph.page([item]))))

        let page = try await graph.changes(.beginning(try ScriptedGraph.window))

        guard case .unreadable(let issue) = page.changes.first else {
            throw CalendarError(.invalidResponse, "no issue")
        }
        #expect(issue.field == "recurrence.pattern." + field && issue.event == "e1")
    }
}
