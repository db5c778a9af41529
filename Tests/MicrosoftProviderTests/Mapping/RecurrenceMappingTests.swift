import CalendarCore
import CalendarTesting
import Foundation
import MicrosoftProvider
import Testing

@Suite("Microsoft: recurrence")
struct RecurrenceMappingTests {
    /// A rule, a start that fits it, and the pattern it becomes.
    struct Case: Sendable, CustomTestStringConvertible {
        let rule: String
        let start: String
        let pattern: String
        /// The rule that comes back, when it is another spelling.
        var back: String?
        var testDescription: String { rule }
    }

    static let cases: [Case] = [
        Case(rule: "FREQ=DAILY;INTERVAL=2", start: "2026-03-03", pattern: #"{"type":"daily","interval":2}"#),
        Case(
            rule: "FREQ=WEEKLY",
            start: "2026-03-03",
            pattern: #"{"type":"weekly","interval":1,"firstDayOfWeek":"monday","daysOfWeek":["tuesday"]}"#,
            back: "FREQ=WEEKLY;BYDAY=TU"
        ),
        Case(
            rule: "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,TU;WKST=SU",
            start: "2026-03-03",
            pattern: #"{"type":"weekly","interval":2,"firstDayOfWeek":"sunday","daysOfWeek":["tuesday","sunday"]}"#,
            back: "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=SU"
        ),
        Case(
            rule: "FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR",
            start: "2026-03-03",
            pattern: #"""
                {"type":"weekly","interval":1,"firstDayOfWeek":"monday","daysOfWeek":
                ["monday","tuesday","wednesday","thursday","friday"]}
                """#,
            back: "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"
        ),
        Case(
            rule: "FREQ=MONTHLY",
            start: "2026-03-03",
            pattern: #"{"type":"absoluteMonthly","interval":1,"dayOfMonth":3}"#,
            back: "FREQ=MONTHLY;BYMONTHDAY=3"
        ),
        Case(
            rule: "FREQ=MONTHLY;BYMONTHDAY=-1",
            start: "2026-03-31",
            pattern: #"""
                {"type":"relativeMonthly","interval":1,"daysOfWeek":
                ["monday","tuesday","wednesday","thursday","friday","saturday","sunday"],"index":"last"}
                """#
        ),
        Case(
            rule: "FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1",
            start: "2026-03-30",
            pattern: #"{"type":"absoluteMonthly","interval":1,"dayOfMonth":30}"#
        ),
        Case(
            rule: "FREQ=MONTHLY;INTERVAL=3;BYDAY=-1FR",
            start: "2026-03-27",
            pattern: #"{"type":"relativeMonthly","interval":3,"daysOfWeek":["friday"],"index":"last"}"#
        ),
        Case(
            rule: "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1",
            start: "2026-03-02",
            pattern: #"""
                {"type":"relativeMonthly","interval":1,"daysOfWeek":
                ["monday","tuesday","wednesday","thursday","friday"],"index":"first"}
                """#
        ),
        Case(
            rule: "FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=8,9,10,11,12,13,14",
            start: "2026-03-14",
            pattern: #"{"type":"relativeMonthly","interval":1,"daysOfWeek":["saturday"],"index":"second"}"#,
            back: "FREQ=MONTHLY;BYDAY=2SA"
        ),
        Case(
            rule: "FREQ=YEARLY",
            start: "2026-08-31",
            pattern: #"{"type":"absoluteYearly","interval":1,"dayOfMonth":31,"month":8}"#,
            back: "FREQ=YEARLY;BYMONTH=8;BYMONTHDAY=31"
        ),
        Case(
            rule: "FREQ=YEARLY;BYMONTH=11;BYDAY=4TH",
            start: "2026-11-26",
            pattern: #"{"type":"relativeYearly","interval":1,"daysOfWeek":["thursday"],"index":"fourth","month":11}"#
        ),
        Case(
            rule: "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=3",
            start: "2026-03-03",
            pattern: #"{"type":"absoluteMonthly","interval":3,"dayOfMonth":3}"#,
            back: "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=3"
        ),
    ]

    @Test("a rule becomes the documented pattern and comes back", arguments: cases)
    func both(item: Case) async throws {
        let content = try Sample.series(item.rule, start: item.start + "T10:00:00")
        let graph = ScriptedGraph(.expect(operation: "events.create", .json(ScriptedGraph.event())))

        _ = try await graph.create(content)

        let recurrence = try #require(try graph.body()["recurrence"])
        let pattern = try JSONNode(Array(item.pattern.utf8))
        #expect(Set(recurrence["pattern"]?.object?.members ?? []) == Set(pattern.object?.members ?? []))
        let range: JSONNode = [
            "startDate": .string(item.start), "recurrenceTimeZone": "W. Europe Standard Time", "type": "noEnd",
        ]
        #expect(recurrence["range"] == range)
        let answer: JSONNode = [
            "type": "seriesMaster", "recurrence": recurrence,
            "start": ["dateTime": .string(item.start + "T09:00:00.0000000"), "timeZone": "UTC"],
        ]
        let reader = ScriptedGraph(.expect(operation: "events.get", .json(ScriptedGraph.event(answer))))
        let read = try await reader.event()
        #expect(read.content.recurrence?.lines == ["RRULE:" + (item.back ?? item.rule)])
        #expect(read.role == .master)
    }

    @Test(
        "what no pattern can say is refused before any call and told as a loss",
        arguments: [
            ("FREQ=HOURLY", "FREQ"), ("FREQ=DAILY;BYHOUR=9", "BYHOUR"), ("FREQ=YEARLY;BYYEARDAY=62", "BYYEARDAY"),
            ("FREQ=YEARLY;BYWEEKNO=10", "BYWEEKNO"), ("FREQ=MONTHLY;BYMONTHDAY=3,4", "BYMONTHDAY"),
            ("FREQ=MONTHLY;BYMONTHDAY=-2", "BYMONTHDAY"), ("FREQ=MONTHLY;BYDAY=1TU,3TU", "BYDAY"),
            ("FREQ=MONTHLY;BYDAY=5TU", "BYDAY"), ("FREQ=MONTHLY;BYDAY=TU", "BYDAY"),
            ("FREQ=MONTHLY;BYDAY=TU;BYSETPOS=1,2", "BYSETPOS"), ("FREQ=MONTHLY;BYMONTHDAY=3;BYSETPOS=1", "BYSETPOS"),
            ("FREQ=DAILY;BYMONTH=3", "BYMONTH"), ("FREQ=YEARLY;BYDAY=1TU", "BYDAY"),
            ("FREQ=WEEKLY;BYDAY=MO", "DTSTART"),
            ("FREQ=DAILY;COUNT=1000", "COUNT"), ("FREQ=DAILY;INTERVAL=1000", "INTERVAL"),
            ("FREQ=DAILY;UNTIL=20260101", "UNTIL"),
        ]
    )
    func refused(rule: String, part: String) async throws {
        let graph = ScriptedGraph()
        let content = try Sample.series(rule, start: "2026-03-03T10:00:00")

        await #expect { try await graph.create(content) } throws: { error in
            let error = error as? CalendarError
            return error?.code == .unsupported && error?.reason == part && error?.field == "recurrence"
        }
        #expect(graph.transport.requests.isEmpty)
        #expect(graph.provider.losses(writing: content).map(\.field) == [.recurrence])
        #expect(graph.provider.canonical(content).recurrence == content.recurrence)
    }

    @Test(
        "days 29 to 31 and 29 February are refused, because Graph does not skip short months",
        arguments: [("FREQ=MONTHLY", "2026-01-31"), ("FREQ=MONTHLY", "2026-01-29"), ("FREQ=YEARLY", "2028-02-29")]
    )
    func shortMonths(rule: String, start: String) async throws {
        let graph = ScriptedGraph()
        let content = try Sample.series(rule, start: start + "T10:00:00")

        await #expect { try await graph.create(content) } throws: { ($0 as? CalendarError)?.reason == "BYMONTHDAY" }
    }

    @Test(
        "several rules, additions and exclusions are refused",
        arguments: [
            ["RRULE:FREQ=DAILY", "RRULE:FREQ=WEEKLY"], ["RRULE:FREQ=DAILY", "EXDATE:20260304T100000"],
            ["RDATE:20260304T100000"], ["RRULE:FREQ=DAILY", "RDATE:20260304T100000"],
        ]
    )
    func severalLines(lines: [String]) async throws {
        let graph = ScriptedGraph()
        var content = try Sample.content()
        content.recurrence = Recurrence(lines: lines)

        await #expect { try await graph.create(content) } throws: { ($0 as? CalendarError)?.code == .unsupported }
    }

    @Test(
        "UNTIL becomes the local day of the last occurrence",
        arguments: [
            ("20260310T090000Z", "2026-03-10"), ("20260310T085959Z", "2026-03-09"), ("20260310T230000Z", "2026-03-10"),
            ("20260310", "2026-03-10"), ("20260310T100000", "2026-03-10"), ("20260310T095959", "2026-03-09"),
        ]
    )
    func until(text: String, day: String) async throws {
        let graph = ScriptedGraph(.expect(operation: "events.create", .json(ScriptedGraph.event())))

        _ = try await graph.create(try Sample.series("FREQ=DAILY;UNTIL=\(text)", start: "2026-03-03T10:00:00"))

        let range = try graph.body()["recurrence"]?["range"]
        #expect(range?["type"]?.string == "endDate" && range?["endDate"]?.string == day)
    }

    @Test(
        "an unreadable pattern is an issue of its event",
        arguments: [
            #"{"type":"lunar","interval":1}"#, #"{"type":"weekly","interval":1}"#,
            #"{"type":"absoluteMonthly","interval":1,"dayOfMonth":0}"#,
            #"{"type":"absoluteYearly","interval":1,"dayOfMonth":1,"month":13}"#,
        ]
    )
    func unreadable(pattern: String) async throws {
        let node = try JSONNode(Array(pattern.utf8))
        let item = ScriptedGraph.event(["type": "seriesMaster", "recurrence": ["pattern": node, "range": [:]]])
        let graph = ScriptedGraph(.expect(operation: "events.delta", .json(ScriptedGraph.page([item]))))

        let page = try await graph.changes(.beginning(try ScriptedGraph.window))

        guard case .unreadable(let issue) = page.changes.first else {
            throw CalendarError(.invalidResponse, "no issue")
        }
        #expect(issue.field?.hasPrefix("recurrence.pattern") == true && issue.event == "e1")
    }
}
