import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("Google simulator: instances of a series")
struct GoogleInstancesSimulationTests {
    private static let path = "calendars/primary/events/series/instances"

    private static func desk() async throws -> GoogleDesk {
        let desk = try await GoogleDesk()
        _ = try await desk.insert(GoogleDesk.meeting("Daily", GoogleDesk.daily.merging(["id": "series"])))
        _ = try await desk.call(.delete, "calendars/primary/events/series_20260108T090000Z")
        return desk
    }

    @Test(
        "the lower bound is inclusive on the end, the upper one exclusive on the start",
        arguments: [
            ("timeMin", "2026-01-11T11:00:00+01:00", 1), ("timeMin", "2026-01-11T11:00:01+01:00", 0),
            ("timeMax", "2026-01-07T10:00:00+01:00", 0), ("timeMax", "2026-01-07T10:00:01+01:00", 1),
        ]
    )
    func bounds(name: String, value: String, count: Int) async throws {
        let desk = try await Self.desk()

        let answer = try await desk.call(.get, Self.path, [(name, value)])

        #expect(answer.items.count == count)
    }

    @Test("cancelled occurrences are there only when asked for, and pages hold each one once")
    func pages() async throws {
        let desk = try await Self.desk()

        let live = try await desk.call(.get, Self.path)
        let query = [("showDeleted", "true"), ("maxResults", "3")]
        let first = try await desk.call(.get, Self.path, query)
        let second = try await desk.call(.get, Self.path, query + [("pageToken", first.pageToken ?? "")])

        #expect(live.items.count == 4)
        #expect(first.ids + second.ids == ["07", "08", "09", "10", "11"].map { "series_202601\($0)T090000Z" })
        #expect(first.items[1]["status"] == "cancelled")
        #expect(second.pageToken == nil)
    }

    @Test("the id of an occurrence gives that one, or nothing when it is cancelled")
    func ofOccurrence() async throws {
        let desk = try await Self.desk()

        let live = try await desk.call(.get, "calendars/primary/events/series_20260109T090000Z/instances")
        let cancelled = try await desk.call(.get, "calendars/primary/events/series_20260108T090000Z/instances")

        #expect(live.ids == ["series_20260109T090000Z"])
        #expect(cancelled.status == 200)
        #expect(cancelled.items.isEmpty)
    }

    @Test("a single event gives itself, and an unknown one answers 404")
    func ofSingle() async throws {
        let desk = try await GoogleDesk()
        _ = try await desk.insert(GoogleDesk.meeting("Single", ["id": "single"]))

        let single = try await desk.call(.get, "calendars/primary/events/single/instances")
        let unknown = try await desk.call(.get, "calendars/primary/events/nothing/instances")

        #expect(single.ids == ["single"])
        #expect(unknown.status == 404)
    }

    @Test("an exception keeps its place by its original start and shows its own time")
    func movedException() async throws {
        let desk = try await Self.desk()
        _ = try await desk.patch(
            "series_20260109T090000Z",
            [
                "start": ["dateTime": "2026-01-12T15:00:00+01:00"], "end": ["dateTime": "2026-01-12T16:00:00+01:00"],
            ]
        )

        let answer = try await desk.call(.get, Self.path, [("originalStart", "2026-01-09T10:00:00+01:00")])

        #expect(answer.items.map { $0["start"]?["dateTime"] } == ["2026-01-12T15:00:00+01:00"])
        #expect(answer.items.map { $0["originalStartTime"]?["dateTime"] } == ["2026-01-09T10:00:00+01:00"])
        #expect(answer.items.map { $0["sequence"] } == [1])
    }
}
