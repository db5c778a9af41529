import CalendarCore
import CalendarTesting
import Foundation
import MicrosoftProvider
import Testing

@Suite("Microsoft: times")
struct TimeMappingTests {
    private func read(_ changes: JSONNode) async throws -> EventContent {
        let graph = ScriptedGraph(.expect(operation: "events.get", .json(ScriptedGraph.event(changes))))
        return try await graph.event().content
    }

    @Test(
        "an all-day event keeps its days whatever zone is named (R-38)",
        arguments: ["UTC", "Pacific Standard Time", "Tokyo Standard Time", "tzone://Microsoft/Custom", ""]
    )
    func allDay(zone: String) async throws {
        let content = try await read([
            "isAllDay": true, "originalStartTimeZone": .string(zone),
            "start": ["dateTime": "2026-04-06T00:00:00.0000000", "timeZone": .string(zone)],
            "end": ["dateTime": "2026-04-08T00:00:00.0000000", "timeZone": .string(zone)],
        ])

        #expect(content.start == .day(try Sample.day("2026-04-06")))
        #expect(content.end == .day(try Sample.day("2026-04-08")))
    }

    @Test("an all-day event is sent as midnights of one zone, with its flag (R-38)")
    func allDayWritten() async throws {
        let graph = ScriptedGraph(.expect(operation: "events.create", .json(ScriptedGraph.event())))

        _ = try await graph.create(try Sample.allDay("2026-04-06", "2026-04-08"))

        let body = try graph.body()
        #expect(body["isAllDay"] == true)
        #expect(body["start"] == ["dateTime": "2026-04-06T00:00:00", "timeZone": "UTC"])
        #expect(body["end"] == ["dateTime": "2026-04-08T00:00:00", "timeZone": "UTC"])
    }

    @Test("times are read in UTC and shown in the zone they were made in")
    func localised() async throws {
        let content = try await read([:])

        #expect(content.start.civil.description == "2026-03-03T10:00:00")
        #expect(content.start.zone?.windowsName == "W. Europe Standard Time")
        #expect(content.start.date(floatingIn: .utc) == Date(rfc3339: "2026-03-03T09:00:00Z"))
    }

    @Test("the second of two equal readings keeps its instant")
    func overlap() async throws {
        let content = try await read([
            "start": ["dateTime": "2026-10-25T01:30:00.0000000", "timeZone": "UTC"],
            "end": ["dateTime": "2026-10-25T02:30:00.0000000", "timeZone": "UTC"],
        ])
        let graph = ScriptedGraph(.expect(operation: "events.create", .json(ScriptedGraph.event())))

        _ = try await graph.create(content)

        #expect(content.start.civil.description == "2026-10-25T02:30:00")
        #expect(try graph.body()["start"] == ["dateTime": "2026-10-25T01:30:00", "timeZone": "UTC"])
        #expect(graph.provider.losses(writing: content).map(\.field) == [.time])
    }

    @Test("our own IANA name wins only while it stands for the Windows name that is answered")
    func keptZone() async throws {
        let id = "String {7c1e6f0a-3d52-4b8e-9f64-2a95d0c8e713} Name SyncKeyZone"
        let mark: JSONNode = [["id": .string(id), "value": "Europe/Vienna"]]

        let same = try await read(["singleValueExtendedProperties": mark])
        let moved = try await read([
            "singleValueExtendedProperties": mark, "originalStartTimeZone": "Tokyo Standard Time",
        ])

        #expect(same.start.zone?.identifier == "Europe/Vienna")
        #expect(moved.start.zone?.identifier == "Asia/Tokyo")
    }

    @Test("a master runs on the clock of its recurrence zone")
    func recurrenceZone() async throws {
        let content = try await read([
            "type": "seriesMaster", "originalStartTimeZone": "UTC",
            "start": ["dateTime": "2026-03-03T23:30:00.0000000", "timeZone": "UTC"],
            "end": ["dateTime": "2026-03-04T00:00:00.0000000", "timeZone": "UTC"],
            "recurrence": [
                "pattern": ["type": "weekly", "interval": 1, "daysOfWeek": ["Wednesday"]],
                "range": [
                    "type": "endDate", "startDate": "2026-03-04", "endDate": "2026-03-18",
                    "recurrenceTimeZone": "Tokyo Standard Time",
                ],
            ],
        ])

        #expect(content.start.civil.description == "2026-03-04T08:30:00")
        #expect(content.recurrence?.lines == ["RRULE:FREQ=WEEKLY;UNTIL=20260318T145959Z;BYDAY=WE"])
    }

    @Test("an unknown zone computes as UTC and is kept by name")
    func unknownZone() async throws {
        let content = try await read(["originalStartTimeZone": "tzone://Microsoft/Custom"])

        #expect(content.start.zone?.isKnown == false)
        #expect(content.start.date(floatingIn: .utc) == Date(rfc3339: "2026-03-03T09:00:00Z"))
    }
}
