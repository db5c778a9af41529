import CalendarCore
import CalendarTesting
import Foundation
import MicrosoftProvider
import Testing

/// The examples of RFC 5545 section 3.8.5.3, at nine in the morning in New York.
@Suite("Microsoft: the recurrence examples of RFC 5545")
struct RecurrenceExampleTests {
    /// A rule of the RFC, its first day in 1997 or 1998, and the part Graph cannot say.
    struct Example: Sendable, CustomTestStringConvertible {
        let rule: String
        let start: String
        let part: String?
        var testDescription: String { rule }

        init(_ rule: String, _ start: String = "1997-09-02", part: String? = nil) {
            (self.rule, self.start, self.part) = (rule, start, part)
        }
    }

    static let examples: [Example] = [
        Example("FREQ=DAILY;COUNT=10"),
        Example("FREQ=DAILY;UNTIL=19971224T000000Z"),
        Example("FREQ=DAILY;INTERVAL=2"),
        Example("FREQ=DAILY;INTERVAL=10;COUNT=5"),
        Example(
            "FREQ=YEARLY;UNTIL=20000131T140000Z;BYMONTH=1;BYDAY=SU,MO,TU,WE,TH,FR,SA",
            "1998-01-01",
            part: "BYDAY"
        ),
        Example("FREQ=DAILY;UNTIL=20000131T140000Z;BYMONTH=1", "1998-01-01", part: "BYMONTH"),
        Example("FREQ=WEEKLY;COUNT=10"),
        Example("FREQ=WEEKLY;UNTIL=19971224T000000Z"),
        Example("FREQ=WEEKLY;INTERVAL=2;WKST=SU"),
        Example("FREQ=WEEKLY;UNTIL=19971007T000000Z;WKST=SU;BYDAY=TU,TH"),
        Example("FREQ=WEEKLY;COUNT=10;WKST=SU;BYDAY=TU,TH"),
        Example("FREQ=WEEKLY;INTERVAL=2;UNTIL=19971224T000000Z;WKST=SU;BYDAY=MO,WE,FR", "1997-09-01"),
        Example("FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH"),
        Example("FREQ=MONTHLY;COUNT=10;BYDAY=1FR", "1997-09-05"),
        Example("FREQ=MONTHLY;UNTIL=19971224T000000Z;BYDAY=1FR", "1997-09-05"),
        Example("FREQ=MONTHLY;INTERVAL=2;COUNT=10;BYDAY=1SU,-1SU", "1997-09-07", part: "BYDAY"),
        Example("FREQ=MONTHLY;COUNT=6;BYDAY=-2MO", "1997-09-22", part: "BYDAY"),
        Example("FREQ=MONTHLY;BYMONTHDAY=-3", "1997-09-28", part: "BYMONTHDAY"),
        Example("FREQ=MONTHLY;COUNT=10;BYMONTHDAY=2,15", part: "BYMONTHDAY"),
        Example("FREQ=MONTHLY;COUNT=10;BYMONTHDAY=1,-1", "1997-09-30", part: "BYMONTHDAY"),
        Example(
            "FREQ=MONTHLY;INTERVAL=18;COUNT=10;BYMONTHDAY=10,11,12,13,14,15",
            "1997-09-10",
            part: "BYMONTHDAY"
        ),
        Example("FREQ=MONTHLY;INTERVAL=2;BYDAY=TU", part: "BYDAY"),
        Example("FREQ=YEARLY;COUNT=10;BYMONTH=6,7", "1997-06-10", part: "BYMONTH"),
        Example("FREQ=YEARLY;INTERVAL=2;COUNT=10;BYMONTH=1,2,3", "1997-03-10", part: "BYMONTH"),
        Example("FREQ=YEARLY;INTERVAL=3;COUNT=10;BYYEARDAY=1,100,200", "1997-01-01", part: "BYYEARDAY"),
        Example("FREQ=YEARLY;BYDAY=20MO", "1997-05-19", part: "BYDAY"),
        Example("FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO", "1997-05-12", part: "BYWEEKNO"),
        Example("FREQ=YEARLY;BYMONTH=3;BYDAY=TH", "1997-03-13", part: "BYDAY"),
        Example("FREQ=YEARLY;BYDAY=TH;BYMONTH=6,7,8", "1997-06-05", part: "BYMONTH"),
        Example("FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", "1998-02-13", part: "BYMONTHDAY"),
        Example("FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13", "1997-09-13", part: "BYMONTHDAY"),
        Example(
            "FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8",
            "1996-11-05",
            part: "BYMONTHDAY"
        ),
        Example("FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3", "1997-09-04"),
        Example("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2", "1997-09-29", part: "BYSETPOS"),
        Example("FREQ=HOURLY;INTERVAL=3;UNTIL=19970902T170000Z", part: "FREQ"),
        Example("FREQ=MINUTELY;INTERVAL=15;COUNT=6", part: "FREQ"),
        Example("FREQ=MINUTELY;INTERVAL=90;COUNT=4", part: "FREQ"),
        Example("FREQ=DAILY;BYHOUR=9,10,11,12,13,14,15,16;BYMINUTE=0,20,40", part: "BYMINUTE"),
        Example("FREQ=MINUTELY;INTERVAL=20;BYHOUR=9,10,11,12,13,14,15,16", part: "FREQ"),
        Example("FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO", "1997-08-05"),
        Example("FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU", "1997-08-05"),
        Example("FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5", "2007-01-15", part: "BYMONTHDAY"),
    ]

    @Test("F-11: an example maps and comes back equal in meaning", arguments: examples.filter { $0.part == nil })
    func maps(example: Example) async throws {
        let content = try Sample.series(example.rule, start: example.start + "T09:00:00", zone: "America/New_York")
        let start = content.start.civilDate
        let rule = try RecurrenceRule(parsing: example.rule)

        let written = try await GraphSeries.written(content)
        let canonical = try #require(MicrosoftCalendarProvider().canonical(content).recurrence?.rules.first)

        let days = RuleWalk(rule: rule, start: content.start).days(1500)
        #expect(days.first == start)
        #expect(PatternWalk(written, start: start).days(1500) == days)
        #expect(RuleWalk(rule: canonical, start: content.start).days(1500) == days)
    }

    @Test("F-11: an example that Graph cannot say names the part", arguments: examples.filter { $0.part != nil })
    func refuses(example: Example) async throws {
        let graph = ScriptedGraph()
        let content = try Sample.series(example.rule, start: example.start + "T09:00:00", zone: "America/New_York")

        await #expect { try await graph.create(content) } throws: { error in
            (error as? CalendarError)?.code == .unsupported && (error as? CalendarError)?.reason == example.part
        }
        #expect(graph.transport.requests.isEmpty)
        #expect(graph.provider.losses(writing: content).map(\.field) == [.recurrence])
    }
}
