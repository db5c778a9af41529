import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("Sweeping what a full round did not list")
struct SweepTests {
    private static let now = SyncHarness.start

    private func link(_ content: EventContent, _ harness: SyncHarness) -> EventLink {
        EventLink(
            calendar: harness.calendar,
            event: "e1",
            record: "r1",
            role: content.recurrence == nil ? .single : .master,
            etag: nil,
            base: content,
            syncedRevision: 0,
            isPrimary: true,
            isOrganizer: true,
            epoch: 1,
            syncedAt: Self.now
        )
    }

    private func content(_ day: String, rule: String? = nil) throws -> EventContent {
        let berlin = EventZone("Europe/Berlin")
        let start = try #require(CivilDateTime("\(day)T09:00:00"))
        var content = EventContent(
            title: "Old",
            start: .zoned(start, berlin),
            end: .zoned(start.adding(seconds: 3600), berlin)
        )
        content.recurrence = rule.map { Recurrence(lines: ["RRULE:" + $0]) }
        return content
    }

    /// Whether an event is swept that a listing up to 31 March 2026 did not name.
    private func isSwept(_ content: EventContent, from start: String = "2026-03-01T00:00:00Z") throws -> Bool {
        let harness = SyncHarness()
        let link = link(content, harness)
        var state = CalendarSyncState(calendar: harness.calendar)
        state.window = try SyncWindow(
            start: try #require(Date(rfc3339: start)),
            end: Date(rfc3339: "2026-03-31T00:00:00Z")
        )
        let snapshot = CalendarSnapshot(
            state: state,
            links: ["e1": link],
            records: [:],
            otherLinks: [:],
            operations: [:]
        )
        let plan = harness.planner().planSweep(of: [link], isLast: true, state: state, snapshot: snapshot)
        return !plan.commit.removedLinks.isEmpty
    }

    @Test(
        "M-35 a series is gone only when it should have been listed: while it has an occurrence in the window",
        arguments: [
            ("2026-01-05", "FREQ=DAILY", true), ("2026-01-05", "FREQ=DAILY;COUNT=5", false),
            ("2026-01-05", "FREQ=WEEKLY;UNTIL=20260302T090000Z", true),
            ("2026-01-05", "FREQ=WEEKLY;UNTIL=20260224T090000Z", false), ("2026-04-01", "FREQ=DAILY", false),
            ("2025-03-30", "FREQ=YEARLY", true), ("2025-04-02", "FREQ=YEARLY", false),
            ("2026-03-02", "FREQ=DAILY;BYEASTER=1", true),
        ]
    )
    func series(day: String, rule: String, expected: Bool) throws {
        #expect(try isSwept(try content(day, rule: rule)) == expected)
    }

    @Test(
        "M-35 a single event is gone only when it lies in the window",
        arguments: [("2026-02-28", false), ("2026-03-01", true), ("2026-03-30", true), ("2026-03-31", false)]
    )
    func single(day: String, expected: Bool) throws {
        #expect(try isSwept(try content(day)) == expected)
    }

    @Test(
        "Trap 10: an all-day event is stored as midnights of some zone, so near an edge it need not be listed",
        arguments: [("2026-02-28", false), ("2026-03-01", true), ("2026-03-29", true), ("2026-03-30", true)]
    )
    func allDay(day: String, expected: Bool) throws {
        let date = try #require(CivilDate(day))
        let content = EventContent(title: "Fair", start: .day(date), end: .day(date.adding(days: 1)))

        #expect(try isSwept(content) == expected)
    }

    @Test("Trap 10: a day that the window cuts may lie outside of it in another zone", arguments: [1, 11, 23])
    func cutDay(hour: Int) throws {
        let date = try #require(CivilDate("2026-03-01"))
        let content = EventContent(title: "Fair", start: .day(date), end: .day(date.adding(days: 1)))
        let start = hour < 10 ? "2026-03-01T0\(hour):00:00Z" : "2026-03-01T\(hour):00:00Z"

        // In Kiritimati (UTC+14) the day is over at 10 o'clock UTC.
        #expect(try isSwept(content, from: start) == (hour < 10))
    }

    @Test("R-26 what a page leaves in doubt is swept after the last page of its round, and not before")
    func doubtfulPage() async throws {
        let harness = SyncHarness(pageSize: 1)
        try await harness.sync()
        for id in ["e1", "e2"] as [RemoteEventID] {
            harness.provider.put(.sample(id, "Remote"), in: "primary-calendar")
        }
        let (first, _) = try await harness.pull()
        let stored = try await harness.repository.snapshot(SnapshotRequest(calendar: harness.calendar)).state
        var doubtful = RepositoryCommit(tenant: harness.calendar.tenant)
        doubtful.state = stored
        doubtful.state?.isSweepPending = true
        try await harness.repository.commit(doubtful)

        let (second, _) = try await harness.pull()

        #expect([first, second] == [.more, .sweep])
        let (isComplete, _) = try await harness.engine.sweepStep(harness.calendar, provider: harness.provider)
        #expect(isComplete)
        try await harness.sync()
        #expect(try await harness.records().count == 2)
    }
}

extension SyncHarness {
    fileprivate func pull() async throws -> (outcome: SyncEngine.PullOutcome, report: SyncReport) {
        try await engine.pullStep(calendar, provider: provider, session: session)
    }
}
