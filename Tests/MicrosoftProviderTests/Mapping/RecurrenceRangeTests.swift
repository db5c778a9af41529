import CalendarCore
import CalendarTesting
import Foundation
import MicrosoftProvider
import Testing

@Suite("Microsoft: the range of a recurrence")
struct RecurrenceRangeTests {
    /// An end of a rule, and the end date or the number it becomes.
    struct End: Sendable, CustomTestStringConvertible {
        let rule: String
        let start: String
        let end: String
        var testDescription: String { "\(rule) from \(start)" }

        init(_ rule: String, _ start: String, _ end: String) {
            (self.rule, self.start, self.end) = (rule, start, end)
        }
    }

    @Test(
        "F-11: UNTIL becomes the local day of the last occurrence, COUNT a number",
        arguments: [
            End("FREQ=DAILY;UNTIL=20260310T090000Z", "2026-03-03T10:00:00", "2026-03-10"),
            End("FREQ=DAILY;UNTIL=20260310T085959Z", "2026-03-03T10:00:00", "2026-03-09"),
            End("FREQ=DAILY;UNTIL=20260310T230000Z", "2026-03-03T10:00:00", "2026-03-10"),
            End("FREQ=DAILY;UNTIL=20260310", "2026-03-03T10:00:00", "2026-03-10"),
            End("FREQ=DAILY;UNTIL=20260310T100000", "2026-03-03T10:00:00", "2026-03-10"),
            End("FREQ=DAILY;UNTIL=20260310T095959", "2026-03-03T10:00:00", "2026-03-09"),
            End("FREQ=DAILY;UNTIL=20260309T233000Z", "2026-03-03T00:30:00", "2026-03-10"),
            // The last occurrence, not the day of UNTIL.
            End("FREQ=WEEKLY;BYDAY=TU;UNTIL=20260316T225959Z", "2026-03-03T10:00:00", "2026-03-10"),
            End("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;UNTIL=20260331", "2026-03-03T10:00:00", "2026-03-31"),
            End("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=SU;UNTIL=20260331", "2026-03-03T10:00:00", "2026-03-31"),
            End("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;UNTIL=20260330", "2026-03-03T10:00:00", "2026-03-22"),
            End("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=SU;UNTIL=20260330", "2026-03-03T10:00:00", "2026-03-29"),
            End("FREQ=MONTHLY;BYMONTHDAY=3;UNTIL=20260602", "2026-03-03T10:00:00", "2026-05-03"),
            End("FREQ=MONTHLY;INTERVAL=5;BYDAY=1TU;UNTIL=20270104", "2026-03-03T10:00:00", "2026-08-04"),
            End("FREQ=YEARLY;INTERVAL=2;UNTIL=20300302", "2026-03-03T10:00:00", "2028-03-03"),
            End("FREQ=DAILY;INTERVAL=10;UNTIL=20260312", "2026-03-03T10:00:00", "2026-03-03"),
            // 02:30 is skipped on 29 March and happens at 03:30, which is 01:30 in UTC.
            End("FREQ=DAILY;UNTIL=20260329T012959Z", "2026-03-03T02:30:00", "2026-03-28"),
            End("FREQ=DAILY;UNTIL=20260329T013000Z", "2026-03-03T02:30:00", "2026-03-29"),
            // 02:30 comes twice on 25 October; the first is meant, which is 00:30 in UTC.
            End("FREQ=DAILY;UNTIL=20261025T002959Z", "2026-10-20T02:30:00", "2026-10-24"),
            End("FREQ=DAILY;UNTIL=20261025T010000Z", "2026-10-20T02:30:00", "2026-10-25"),
            End("FREQ=DAILY;COUNT=1", "2026-03-03T10:00:00", "1"),
            End("FREQ=DAILY;COUNT=999", "2026-03-03T10:00:00", "999"),
            // Whichever comes first.
            End("FREQ=DAILY;COUNT=3;UNTIL=20260304", "2026-03-03T10:00:00", "2026-03-04"),
            End("FREQ=DAILY;COUNT=3;UNTIL=20260305", "2026-03-03T10:00:00", "3"),
            End("FREQ=MONTHLY;BYDAY=1TU;COUNT=3;UNTIL=20260504", "2026-03-03T10:00:00", "2026-04-07"),
        ]
    )
    func ends(item: End) async throws {
        let content = try Sample.series(item.rule, start: item.start)

        let range = try await GraphSeries.written(content)["range"]

        if let number = Int(item.end) {
            #expect(range?["type"]?.string == "numbered" && range?["numberOfOccurrences"]?.int == number)
        } else {
            #expect(range?["type"]?.string == "endDate" && range?["endDate"]?.string == item.end)
        }
        #expect(range?["startDate"]?.string == content.start.civilDate.description)
    }

    @Test(
        "F-11: the end of an all-day series is a day in both directions",
        arguments: [("20260310", "2026-03-10"), ("20260309T120000Z", "2026-03-03"), ("20260317", "2026-03-17")]
    )
    func allDay(until: String, day: String) async throws {
        var content = try Sample.allDay("2026-03-03", "2026-03-04")
        content.recurrence = Recurrence(lines: ["RRULE:FREQ=WEEKLY;BYDAY=TU;UNTIL=" + until])

        let written = try await GraphSeries.written(content)
        let answer = ScriptedGraph.event([
            "type": "seriesMaster", "isAllDay": true, "recurrence": written,
            "start": ["dateTime": "2026-03-03T00:00:00.0000000", "timeZone": "UTC"],
            "end": ["dateTime": "2026-03-04T00:00:00.0000000", "timeZone": "UTC"],
        ])
        let read = try await GraphSeries.event(answer).content

        #expect(written["range"]?["endDate"]?.string == day)
        let text = day.replacingOccurrences(of: "-", with: "")
        #expect(read.recurrence?.lines == ["RRULE:FREQ=WEEKLY;UNTIL=\(text);BYDAY=TU"])
        #expect(MicrosoftCalendarProvider().canonical(content).recurrence == read.recurrence)
    }

    @Test(
        "F-11: an end date is the end of that day in the recurrence zone, as UTC",
        arguments: [
            (["type": "endDate", "endDate": "2026-03-28"], "20260328T225959Z"),
            (["type": "endDate", "endDate": "2026-03-29"], "20260329T215959Z"),
            (["type": "EndDate", "endDate": "2026-06-30", "numberOfOccurrences": 0], "20260630T215959Z"),
        ] as [(JSONNode, String)]
    )
    func readsEnd(range: JSONNode, until: String) async throws {
        let recurrence: JSONNode = ["pattern": .daily(1), "range": range]

        let read = try await GraphSeries.read(recurrence, start: Sample.day("2026-03-03"))

        #expect(read.recurrence?.lines == ["RRULE:FREQ=DAILY;UNTIL=\(until)"])
    }

    @Test(
        "F-11: what a range leaves unsaid or adds without meaning is no end",
        arguments: [
            ["type": "noEnd", "endDate": "0001-01-01", "numberOfOccurrences": 0], ["type": "NOEND"], [:],
        ] as [JSONNode]
    )
    func readsNoEnd(range: JSONNode) async throws {
        let recurrence: JSONNode = ["pattern": .daily(1), "range": range]

        let read = try await GraphSeries.read(recurrence, start: Sample.day("2026-03-03"))

        #expect(read.recurrence?.lines == ["RRULE:FREQ=DAILY"])
    }
}
