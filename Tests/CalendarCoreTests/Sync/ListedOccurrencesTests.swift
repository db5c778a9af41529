import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("Occurrences that a service lists, window by window")
struct ListedOccurrencesTests {
    private let berlin = EventZone("Europe/Berlin")

    /// A daily standup at nine in Berlin, from 3 to 8 March 2026.
    private func master(_ rule: String = "FREQ=DAILY;COUNT=6", etag: String? = nil) -> RemoteEvent {
        var event = RemoteEvent.sample("series", "Standup", uid: "uid")
        event.role = .master
        event.etag = etag
        event.content.recurrence = Recurrence(lines: ["RRULE:" + rule])
        return event
    }

    private func time(_ day: Int, hour: Int = 9) throws -> EventTime {
        .zoned(try #require(CivilDateTime("2026-03-0\(day)T0\(hour):00:00")), berlin)
    }

    private func exception(on day: Int, movedTo other: Int) throws -> RemoteEvent {
        var event = RemoteEvent.sample("series_\(day)", "Moved", uid: "uid")
        event.role = .exception(OccurrenceKey(series: "series", originalStart: try time(day)))
        event.content.start = try time(other, hour: 7)
        event.content.end = try time(other, hour: 8)
        return event
    }

    /// The days of March that a listing of some days names.
    private func listed(_ days: [Int], from first: Int, to last: Int) throws -> RemoteChange {
        let window = try SyncWindow(
            start: try time(first, hour: 0).date(floatingIn: .utc),
            end: try time(last, hour: 0).date(floatingIn: .utc)
        )
        let starts = try days.map { try time($0).date(floatingIn: .utc) }
        return .occurrences(SeriesOccurrences(series: "series", window: window, originalStarts: starts))
    }

    private func days(_ harness: SyncHarness) async throws -> [Int] {
        let from = SyncHarness.start.addingTimeInterval(-7 * 86_400)
        let records = try await harness.records()
        let entries = Agenda.entries(of: records, from: from, to: from.addingTimeInterval(30 * 86_400), in: berlin)
        return entries.map { berlin.civil(at: $0.start).date.day }
    }

    @Test("R-26 a listing of one window leaves what is known of another alone")
    func windows() async throws {
        let harness = SyncHarness()
        let halves = [try listed([3, 5], from: 1, to: 6), try listed([6, 8], from: 6, to: 9)]
        try await harness.apply([.upserted(master())] + halves, harness.planner(), round: 1)
        let before = try await days(harness)

        try await harness.apply([.upserted(master()), try listed([8], from: 6, to: 9)], harness.planner(), round: 2)

        #expect(before == [3, 5, 6, 8])
        #expect(try await days(harness) == [3, 5, 8])
    }

    @Test("R-26 an occurrence that is listed no more is reported as a change, and a listing that says the same is not")
    func report() async throws {
        let harness = SyncHarness()
        try await harness.apply(
            [.upserted(master()), try listed([3, 5, 6], from: 1, to: 9)],
            harness.planner(),
            round: 1
        )

        let same = try await harness.apply([try listed([3, 5, 6], from: 1, to: 9)], harness.planner(), round: 2)
        let fewer = try await harness.apply([try listed([3, 6], from: 1, to: 9)], harness.planner(), round: 3)

        #expect(same.updated == 0)
        #expect(fewer.updated == 1)
    }

    @Test("R-26 occurrences outside the listed window are those of the rule")
    func outside() async throws {
        let harness = SyncHarness()

        try await harness.apply([.upserted(master()), try listed([], from: 4, to: 6)], harness.planner())

        #expect(try await days(harness) == [3, 6, 7, 8])
    }

    @Test("a window that moved keeps what was deleted before it")
    func moved() async throws {
        let harness = SyncHarness()
        try await harness.apply([.upserted(master()), try listed([3, 5, 6], from: 1, to: 7)], harness.planner())

        try await harness.apply([.upserted(master()), try listed([5, 7], from: 5, to: 9)], harness.planner())

        #expect(try await days(harness) == [3, 5, 7])
    }

    @Test("a window far from the earlier one says nothing about the time between")
    func apart() async throws {
        let harness = SyncHarness()
        try await harness.apply([.upserted(master()), try listed([3], from: 1, to: 4)], harness.planner())

        try await harness.apply([.upserted(master()), try listed([8], from: 7, to: 9)], harness.planner())

        #expect(try await days(harness) == [3, 4, 5, 6, 8])
    }

    @Test("R-26 a series that comes again within a round is as it came last", arguments: [[3, 5], []])
    func replay(_ last: [Int]) async throws {
        let harness = SyncHarness()
        let first = try listed([3, 4, 5], from: 1, to: 9)
        try await harness.apply([.upserted(master()), first], harness.planner(), isLast: false, round: 1)

        try await harness.apply([.upserted(master()), try listed(last, from: 1, to: 9)], harness.planner(), round: 1)

        #expect(try await days(harness) == last)
    }

    @Test("a rule that changed voids what was listed by the old one")
    func otherRule() async throws {
        let harness = SyncHarness()
        let both = [try listed([3], from: 1, to: 4), try listed([5], from: 4, to: 7)]
        try await harness.apply([.upserted(master(etag: "1"))] + both, harness.planner())
        let other = master("FREQ=DAILY;INTERVAL=2;COUNT=3", etag: "2")

        try await harness.apply([.upserted(other), try listed([5], from: 4, to: 7)], harness.planner())

        #expect(try await days(harness) == [3, 5, 7])
    }

    @Test("a series that merely ends earlier keeps what was listed outside the window")
    func otherEnd() async throws {
        let harness = SyncHarness()
        let both = [try listed([], from: 1, to: 4), try listed([4, 5], from: 4, to: 7)]
        try await harness.apply([.upserted(master(etag: "1"))] + both, harness.planner())
        let other = master("FREQ=DAILY;COUNT=2", etag: "2")

        try await harness.apply([.upserted(other), try listed([4], from: 4, to: 7)], harness.planner())

        #expect(try await days(harness) == [4])
    }

    @Test("an exception that takes place outside the listed window is not deleted, and one inside it is")
    func exceptionElsewhere() async throws {
        let harness = SyncHarness()
        let moved: [RemoteChange] = [
            .upserted(try exception(on: 4, movedTo: 8)), .upserted(try exception(on: 5, movedTo: 6)),
        ]
        try await harness.apply([.upserted(master())] + moved, harness.planner())
        let kept = try await harness.link(to: "series_4")?.record

        try await harness.apply([.upserted(master()), try listed([3], from: 1, to: 7)], harness.planner())

        #expect(kept != nil)
        #expect(try await harness.link(to: "series_4")?.record == kept)
        #expect(try await harness.link(to: "series_5") == nil)
        #expect(try await days(harness) == [3, 7, 8, 8])
    }

    @Test("R-25 occurrences of a series that is not there make no event")
    func unknownSeries() async throws {
        let harness = SyncHarness()

        try await harness.apply([try listed([3, 4], from: 1, to: 9)], harness.planner())

        #expect(try await harness.records().isEmpty)
        #expect(try await harness.link(to: "series") == nil)
    }

    /// Three occurrences that differ, in the account that called the meeting and in a guest's, which has a view of it.
    private func accounts() async throws -> (owner: SyncHarness, guest: SyncHarness) {
        let repository = InMemoryEventRepository()
        let owner = SyncHarness(connection: "c1", repository: repository)
        let guest = SyncHarness(connection: "c2", repository: repository, seed: 2)
        let moved: [RemoteChange] = try [4, 5, 6].map { .upserted(try exception(on: $0, movedTo: $0)) }
        let changes = [.upserted(master())] + moved + [try listed([3, 4, 5, 6, 7, 8], from: 1, to: 9)]
        for harness in [owner, guest] { try await harness.apply(changes, harness.planner(), round: 1) }
        return (owner, guest)
    }

    /// A round whose first page begins the series and whose second one goes on with it; no page names the sixth.
    private func applyTwoPages(_ harness: SyncHarness) async throws {
        let first: [RemoteChange] = [
            .upserted(master(etag: "2")), .upserted(try exception(on: 4, movedTo: 4)),
            try listed([3, 4], from: 1, to: 9),
        ]
        try await harness.apply(first, harness.planner(), isLast: false, round: 2)
        let second: [RemoteChange] = [
            .upserted(try exception(on: 5, movedTo: 5)), try listed([5, 7, 8], from: 1, to: 9),
        ]
        try await harness.apply(second, harness.planner(), round: 2)
    }

    @Test(
        "R-26 what a later page of the round names stays, in the meeting's account and in a view; what none names goes",
        arguments: [true, false]
    )
    func pages(isView: Bool) async throws {
        let (owner, guest) = try await accounts()
        let harness = isView ? guest : owner
        let before = try #require(try await harness.link(to: "series_5"))
        #expect(before.isPrimary == !isView)

        try await applyTwoPages(harness)
        #expect(try await harness.link(to: "series_4") != nil)
        #expect(try await harness.link(to: "series_5")?.record == before.record)
        #expect(try await harness.repository.record(before.record, tenant: harness.calendar.tenant) != nil)

        let (isComplete, _) = try await harness.engine.sweepStep(harness.calendar, provider: harness.provider)
        #expect(isComplete)
        #expect(try await harness.link(to: "series_4") != nil)
        #expect(try await harness.link(to: "series_5")?.record == before.record)
        #expect(try await harness.link(to: "series_6") == nil)
    }

    @Test("R-26 a view whose series comes again on a later page of the round has what that page names")
    func viewAnew() async throws {
        let (_, guest) = try await accounts()
        let first: [RemoteChange] = [.upserted(master(etag: "2")), try listed([3, 4, 5, 6], from: 1, to: 9)]
        try await guest.apply(first, guest.planner(), isLast: false, round: 2)
        let second: [RemoteChange] = [.upserted(master(etag: "3")), try listed([3, 4, 5], from: 1, to: 9)]
        try await guest.apply(second, guest.planner(), round: 2)
        _ = try await guest.engine.sweepStep(guest.calendar, provider: guest.provider)

        #expect(try await guest.link(to: "series_5") != nil)
        #expect(try await guest.link(to: "series_6") == nil)
    }
}
