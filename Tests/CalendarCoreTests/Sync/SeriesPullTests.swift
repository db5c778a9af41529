import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("Pulling series")
struct SeriesPullTests {
    private let berlin = EventZone("Europe/Berlin")

    private func master() -> RemoteEvent {
        var event = RemoteEvent.sample("series", "Standup", uid: "uid")
        event.role = .master
        event.content.recurrence = Recurrence(lines: ["RRULE:FREQ=DAILY;COUNT=5"])
        return event
    }

    private func start(_ day: Int, hour: Int = 9) throws -> EventTime {
        let civil = try #require(CivilDateTime("2026-03-0\(day)T0\(hour):00:00"))
        return .zoned(civil, berlin)
    }

    private func exception(on day: Int, title: String) throws -> RemoteEvent {
        var event = RemoteEvent.sample("series_\(day)", title, uid: "uid")
        event.role = .exception(OccurrenceKey(series: "series", originalStart: try start(day)))
        event.content.start = try start(day, hour: 7)
        event.content.end = try start(day, hour: 8)
        return event
    }

    private func agenda(_ harness: SyncHarness) async throws -> [String] {
        let from = SyncHarness.start.addingTimeInterval(-7 * 86_400)
        let entries = Agenda.entries(
            of: try await harness.records(),
            from: from,
            to: from.addingTimeInterval(30 * 86_400),
            in: berlin
        )
        return entries.map { "\(berlin.civil(at: $0.start)) \($0.content.title ?? "")" }
    }

    @Test(
        "an exception replaces its occurrence, whether it comes after its master or before",
        arguments: [true, false]
    )
    func exceptionReplaces(isMasterFirst: Bool) async throws {
        let harness = SyncHarness()
        let changes: [RemoteChange] = [.upserted(master()), .upserted(try exception(on: 4, title: "Early standup"))]

        for change in isMasterFirst ? changes : changes.reversed() {
            try await harness.apply([change], harness.planner())
        }

        #expect(
            try await agenda(harness) == [
                "2026-03-03T09:00:00 Standup", "2026-03-04T07:00:00 Early standup", "2026-03-05T09:00:00 Standup",
                "2026-03-06T09:00:00 Standup", "2026-03-07T09:00:00 Standup",
            ]
        )
    }

    @Test("a cancelled occurrence disappears, also when its stub comes before the master")
    func cancelledOccurrence() async throws {
        let harness = SyncHarness()
        let key = OccurrenceKey(series: "series", originalStart: try start(5))

        try await harness.apply([.occurrenceCancelled(key, id: "series_5", etag: "1")], harness.planner())
        try await harness.apply([.upserted(master())], harness.planner())

        #expect(try await agenda(harness).count == 4)
        #expect(try await !agenda(harness).contains("2026-03-05T09:00:00 Standup"))
    }

    @Test("a start that does not match its rule is shown, as the services show it")
    func unmatchedStart() async throws {
        let harness = SyncHarness()
        var event = master()
        event.content.recurrence = Recurrence(lines: ["RRULE:FREQ=WEEKLY;BYDAY=FR;COUNT=3"])

        try await harness.apply([.upserted(event)], harness.planner())

        let shown = try await agenda(harness)
        #expect(
            shown == ["2026-03-03T09:00:00 Standup", "2026-03-06T09:00:00 Standup", "2026-03-13T09:00:00 Standup"]
        )
    }

    @Test("a removed master takes its exceptions along, although no service names them")
    func removedMaster() async throws {
        let harness = SyncHarness()
        let early = try exception(on: 4, title: "Early standup")
        try await harness.apply([.upserted(master()), .upserted(early)], harness.planner())

        let report = try await harness.apply([.removed("series", isCertain: true)], harness.planner())

        #expect(report.removed == 2)
        #expect(try await harness.records().isEmpty)
    }

    @Test("occurrences that a service no longer lists do not take place (R-26)", arguments: [[3, 5, 6, 7], [4], []])
    func listedOccurrences(days: [Int]) async throws {
        let harness = SyncHarness()
        let window = try SyncWindow(
            start: SyncHarness.start.addingTimeInterval(-7 * 86_400),
            end: SyncHarness.start.addingTimeInterval(30 * 86_400)
        )
        let starts = try days.map { try start($0).date(floatingIn: .utc) }
        let listed = SeriesOccurrences(series: "series", window: window, originalStarts: starts)

        try await harness.apply([.upserted(master()), .occurrences(listed)], harness.planner())

        #expect(try await agenda(harness) == days.map { "2026-03-0\($0)T09:00:00 Standup" })
    }

    @Test("the listed occurrences of one round add up over its pages, and the next round replaces them")
    func listedOverPages() async throws {
        let harness = SyncHarness()
        let window = try SyncWindow(start: SyncHarness.start.addingTimeInterval(-7 * 86_400), end: nil)
        func listed(_ days: [Int]) throws -> RemoteChange {
            .occurrences(
                SeriesOccurrences(
                    series: "series",
                    window: window,
                    originalStarts: try days.map { try start($0).date(floatingIn: .utc) }
                )
            )
        }
        try await harness.apply([.upserted(master()), listed([3])], harness.planner(), isLast: false, round: 1)
        try await harness.apply([listed([4])], harness.planner(), round: 1)
        let first = try await agenda(harness)

        try await harness.apply([listed([6])], harness.planner(), round: 2)

        #expect(first == ["2026-03-03T09:00:00 Standup", "2026-03-04T09:00:00 Standup"])
        #expect(try await agenda(harness) == ["2026-03-06T09:00:00 Standup"])
    }

    @Test("a rule that cannot be expanded is kept as it came, with a typed issue until it changes (R-28)")
    func unsupportedRule() async throws {
        let harness = SyncHarness()
        var event = master()
        let lines = ["RRULE:FREQ=MONTHLY;BYDAY=2TU;BYEASTER=1"]
        event.content.recurrence = Recurrence(lines: lines)
        event.etag = "1"

        try await harness.apply([.upserted(event)], harness.planner())
        let recorded = try await harness.repository.issues(in: harness.calendar)
        let stored = try await harness.records()
        try await harness.apply([.upserted(master())], harness.planner())

        #expect(recorded.map(\.code) == [.unsupportedRecurrence])
        #expect(recorded.map(\.event) == ["series"])
        #expect(stored.map(\.content.recurrence?.lines) == [lines])
        #expect(try await harness.repository.issues(in: harness.calendar).isEmpty)
    }

    @Test("an event in an unknown zone is mirrored, with an issue that says how its times are read (R-38)")
    func unknownZone() async throws {
        let harness = SyncHarness()
        var event = RemoteEvent.sample("odd", "Odd zone")
        let civil = try #require(CivilDateTime("2026-03-03T09:00:00"))
        event.content.start = .zoned(civil, EventZone("tzone://Microsoft/Custom"))
        event.content.end = .zoned(civil.adding(seconds: 3600), EventZone("tzone://Microsoft/Custom"))

        try await harness.apply([.upserted(event)], harness.planner())

        #expect(try await harness.repository.issues(in: harness.calendar).map(\.code) == [.unknownZone])
        #expect(try await harness.records().map(\.content.title) == ["Odd zone"])
    }
}
