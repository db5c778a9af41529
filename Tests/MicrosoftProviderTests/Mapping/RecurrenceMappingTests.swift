import CalendarCore
import CalendarTesting
import Foundation
import MicrosoftProvider
import Testing

@Suite("Microsoft: recurrence")
struct RecurrenceMappingTests {
    @Test("F-11: a rule becomes the documented pattern and comes back", arguments: RecurrenceRow.all)
    func both(row: RecurrenceRow) async throws {
        let start = try Sample.day(row.start)
        let content = try Sample.series(row.rule, start: row.start + "T10:00:00")

        let written = try await GraphSeries.written(content)
        let read = try await GraphSeries.read(written, start: start)

        #expect(written["pattern"]?.memberSet == row.pattern.memberSet)
        #expect(written["range"]?.memberSet == GraphSeries.endless(row.pattern, start: start)["range"]?.memberSet)
        #expect(read.recurrence?.lines == ["RRULE:" + row.back])
        #expect(read.start.civilDate == start)
        #expect(MicrosoftCalendarProvider().losses(writing: content).isEmpty)
        #expect(MicrosoftCalendarProvider().canonical(content).recurrence == read.recurrence)
    }

    @Test("F-11: a rule, its pattern and the rule that comes back give the same days", arguments: RecurrenceRow.all)
    func sameDays(row: RecurrenceRow) async throws {
        let start = try Sample.time(row.start + "T10:00:00")
        let recurrence = GraphSeries.endless(row.pattern, start: start.civilDate)

        let original = RuleWalk(rule: try RecurrenceRule(parsing: row.rule), start: start).days(1500)
        let pattern = PatternWalk(recurrence, start: start.civilDate).days(1500)
        let back = RuleWalk(rule: try RecurrenceRule(parsing: row.back), start: start).days(1500)

        #expect(original.first == start.civilDate)
        #expect(pattern == original)
        #expect(back == original)
    }

    @Test("F-11: the table has at least sixty rows, each once")
    func size() {
        #expect(Set(RecurrenceRow.all.map(\.testDescription)).count == RecurrenceRow.all.count)
        #expect(RecurrenceRow.all.count >= 60)
    }

    @Test(
        "F-11: what no pattern can say is refused before any call and told as a loss",
        arguments: [
            ("FREQ=SECONDLY", "FREQ"), ("FREQ=MINUTELY;INTERVAL=90", "FREQ"), ("FREQ=HOURLY", "FREQ"),
            ("FREQ=DAILY;BYHOUR=9", "BYHOUR"), ("FREQ=DAILY;BYMINUTE=0,30", "BYMINUTE"),
            ("FREQ=DAILY;BYSECOND=1", "BYSECOND"), ("FREQ=YEARLY;BYYEARDAY=62", "BYYEARDAY"),
            ("FREQ=YEARLY;BYWEEKNO=10", "BYWEEKNO"), ("FREQ=MONTHLY;BYMONTHDAY=3,4", "BYMONTHDAY"),
            ("FREQ=MONTHLY;BYMONTHDAY=-2", "BYMONTHDAY"), ("FREQ=MONTHLY;BYMONTHDAY=29", "BYMONTHDAY"),
            ("FREQ=MONTHLY;BYMONTHDAY=31", "BYMONTHDAY"), ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "BYMONTHDAY"),
            ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "BYMONTHDAY"), ("FREQ=YEARLY;BYMONTHDAY=31", "BYMONTHDAY"),
            ("FREQ=YEARLY;INTERVAL=2;BYMONTHDAY=3", "BYMONTHDAY"),
            ("FREQ=MONTHLY;BYDAY=TU;BYMONTHDAY=7,8,9,10,11,12,13", "BYMONTHDAY"),
            ("FREQ=MONTHLY;BYDAY=1TU,3TU", "BYDAY"), ("FREQ=MONTHLY;BYDAY=1MO,3WE", "BYDAY"),
            ("FREQ=MONTHLY;BYDAY=5TU", "BYDAY"), ("FREQ=MONTHLY;BYDAY=-2TU", "BYDAY"),
            ("FREQ=MONTHLY;BYDAY=TU", "BYDAY"), ("FREQ=DAILY;INTERVAL=2;BYDAY=TU,TH", "BYDAY"),
            ("FREQ=YEARLY;BYDAY=1TU", "BYDAY"), ("FREQ=YEARLY;BYDAY=TU", "BYDAY"),
            ("FREQ=YEARLY;BYMONTH=3;BYDAY=TU", "BYDAY"),
            ("FREQ=MONTHLY;BYDAY=TU;BYSETPOS=1,2", "BYSETPOS"), ("FREQ=MONTHLY;BYDAY=TU,WE;BYSETPOS=5", "BYSETPOS"),
            ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2", "BYSETPOS"),
            ("FREQ=MONTHLY;BYMONTHDAY=3,30;BYSETPOS=-1", "BYSETPOS"),
            ("FREQ=YEARLY;BYMONTH=3,9;BYDAY=TU;BYSETPOS=1", "BYSETPOS"),
            ("FREQ=WEEKLY;BYDAY=TU,WE;BYSETPOS=1", "BYSETPOS"),
            ("FREQ=DAILY;BYMONTH=3", "BYMONTH"), ("FREQ=WEEKLY;BYMONTH=3", "BYMONTH"),
            ("FREQ=MONTHLY;BYMONTH=3,6;BYMONTHDAY=3", "BYMONTH"), ("FREQ=YEARLY;BYMONTH=3,4", "BYMONTH"),
            ("FREQ=YEARLY;BYMONTH=1,3,5,7,9", "BYMONTH"), ("FREQ=YEARLY;INTERVAL=2;BYMONTH=3,9", "BYMONTH"),
            ("FREQ=WEEKLY;BYDAY=MO", "DTSTART"), ("FREQ=MONTHLY;BYMONTHDAY=4", "DTSTART"),
            ("FREQ=MONTHLY;BYDAY=-1TU", "DTSTART"), ("FREQ=YEARLY;BYMONTH=4,10;BYMONTHDAY=3", "DTSTART"),
            ("FREQ=DAILY;COUNT=1000", "COUNT"), ("FREQ=DAILY;INTERVAL=1000", "INTERVAL"),
            ("FREQ=WEEKLY;INTERVAL=100", "INTERVAL"), ("FREQ=MONTHLY;INTERVAL=100", "INTERVAL"),
            ("FREQ=YEARLY;INTERVAL=100", "INTERVAL"), ("FREQ=DAILY;UNTIL=20260101", "UNTIL"),
            ("FREQ=DAILY;UNTIL=20260303T085959Z", "UNTIL"),
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
        #expect(graph.provider.losses(writing: content).first?.message.contains(part) == true)
        #expect(graph.provider.canonical(content).recurrence == content.recurrence)
    }

    @Test(
        "F-11: days 29 to 31 and 29 February are refused, because Graph does not skip short months",
        arguments: [
            ("FREQ=MONTHLY", "2026-01-31"), ("FREQ=MONTHLY", "2026-01-29"), ("FREQ=MONTHLY;INTERVAL=2", "2026-01-31"),
            ("FREQ=MONTHLY;INTERVAL=5", "2026-03-30"), ("FREQ=YEARLY", "2028-02-29"),
            ("FREQ=YEARLY;INTERVAL=4", "2028-02-29"), ("FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=31", "2026-03-31"),
        ]
    )
    func shortMonths(rule: String, start: String) async throws {
        let graph = ScriptedGraph()
        let content = try Sample.series(rule, start: start + "T10:00:00")

        await #expect { try await graph.create(content) } throws: { ($0 as? CalendarError)?.reason == "BYMONTHDAY" }
    }

    @Test(
        "F-11: several rules, additions and exclusions that cannot be read are refused by name",
        arguments: [
            (["RRULE:FREQ=DAILY", "RRULE:FREQ=WEEKLY"], "RRULE"),
            (["RRULE:FREQ=DAILY", "EXDATE:soon"], "EXDATE"),
            (["RDATE:20260304T100000"], "RDATE"), (["RRULE:FREQ=DAILY", "RDATE:20260304T100000"], "RDATE"),
            (["RRULE:FREQ=DAILY", "EXRULE:FREQ=WEEKLY"], "EXRULE"), (["RRULE:FREQ=NEVER"], "RRULE"), ([], "RRULE"),
        ]
    )
    func severalLines(lines: [String], part: String) async throws {
        let graph = ScriptedGraph()
        var content = try Sample.content()
        content.recurrence = Recurrence(lines: lines)

        await #expect { try await graph.create(content) } throws: { error in
            (error as? CalendarError)?.code == .unsupported && (error as? CalendarError)?.reason == part
        }
        #expect(graph.provider.losses(writing: content).map(\.field) == [.recurrence])
    }

    @Test(
        "F-11: occurrences longer than the gap between them are refused, because Exchange lets none overlap",
        arguments: [
            ("FREQ=DAILY", 24, true), ("FREQ=DAILY", 25, false), ("FREQ=DAILY;INTERVAL=2", 48, true),
            ("FREQ=WEEKLY;BYDAY=TU,FR", 72, true), ("FREQ=WEEKLY;BYDAY=TU,FR", 73, false),
            ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", 336, true), ("FREQ=WEEKLY;BYDAY=MO,TU,SU", 25, false),
            ("FREQ=MONTHLY", 672, true), ("FREQ=MONTHLY", 673, false), ("FREQ=YEARLY", 8736, true),
            ("FREQ=YEARLY", 8737, false), ("FREQ=DAILY;COUNT=1", 48, true),
        ]
    )
    func duration(rule: String, hours: Int, fits: Bool) throws {
        var content = try Sample.series(rule, start: "2026-03-03T10:00:00")
        content.end = .zoned(content.start.civil.adding(seconds: Int64(hours) * 3600), EventZone("Europe/Berlin"))

        let losses = MicrosoftCalendarProvider().losses(writing: content)

        #expect(losses.map(\.field) == (fits ? [] : [.recurrence]))
        #expect(losses.allSatisfy { $0.message.contains("DURATION") })
    }
}
