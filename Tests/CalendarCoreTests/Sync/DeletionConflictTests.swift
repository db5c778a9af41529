import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("An edit against a deletion")
struct DeletionConflictTests {
    /// A meeting that both sides know, called by the host's account or by somebody else.
    private func meeting(isOrganizer: Bool) async throws -> (harness: SyncHarness, record: RecordID) {
        let harness = SyncHarness()
        var event = RemoteEvent.sample("e1", "base")
        event.isOrganizer = isOrganizer
        event.content.attendees = [Attendee("ada@example.com", isSelf: true), Attendee("bob@example.com")]
        harness.provider.put(event)
        try await harness.sync()
        return (harness, try #require(try await harness.record(titled: "base")).id)
    }

    private func change(_ harness: SyncHarness, _ change: (inout EventContent) -> Void) throws {
        var remote = try #require(harness.provider.events().first)
        change(&remote.content)
        harness.provider.put(remote)
    }

    private func conflicts(_ harness: SyncHarness) async throws -> [SyncConflict] {
        try await harness.repository.conflicts(in: harness.calendar)
    }

    @Test("F-06 the service's deletion wins over an unsent edit, which stays on record", arguments: [true, false])
    func deletedRemotely(isSwept: Bool) async throws {
        let (harness, record) = try await meeting(isOrganizer: false)
        try await harness.edit(record) { $0.title = "L" }
        harness.provider.remove("e1")
        if isSwept { harness.provider.expireCursors() }

        try await harness.sync()
        let echo = try await harness.sync()

        let conflict = try #require(try await conflicts(harness).first)
        #expect(try await harness.records().isEmpty)
        #expect(harness.provider.events().isEmpty)
        #expect(try await harness.repository.operations(in: harness.calendar).isEmpty)
        #expect(conflict.kind == .deletedRemotely)
        #expect(conflict.kept == .remote)
        #expect(conflict.local?.title == "L")
        #expect(conflict.remote == nil)
        #expect(echo.removed == 0 && echo.pushed == 0)
        let reasons = try await harness.repository.changes(of: "acme", after: 0, limit: 100).map(\.change.reason)
        #expect(reasons.last == .conflict)
    }

    @Test("F-06 the service's deletion of what nobody edited is no conflict")
    func deletedRemotelyUnedited() async throws {
        let (harness, _) = try await meeting(isOrganizer: false)
        harness.provider.remove("e1")

        try await harness.sync()

        #expect(try await conflicts(harness).isEmpty)
        #expect(try await harness.records().isEmpty)
    }

    @Test(
        "F-06 the organizer's deletion wins over somebody's edit, which stays on record",
        arguments: [true, false]
    )
    func organizer(pullsFirst: Bool) async throws {
        let (harness, record) = try await meeting(isOrganizer: true)
        try await harness.deleteLocally(record)
        try change(harness) { $0.title = "R" }

        try await settle(harness, pullsFirst: pullsFirst)

        let conflict = try #require(try await conflicts(harness).first)
        #expect(harness.provider.events().isEmpty)
        #expect(try await harness.records().isEmpty)
        #expect(conflict.kind == .deletedLocally)
        #expect(conflict.kept == .local)
        #expect(conflict.base?.title == "base")
        #expect(conflict.remote?.title == "R")
        #expect(conflict.local == nil)
        #expect(try await conflicts(harness).count == 1)
    }

    @Test("F-06 a guest's deletion gives way to an edit, and the event comes back", arguments: [true, false])
    func guest(pullsFirst: Bool) async throws {
        let (harness, record) = try await meeting(isOrganizer: false)
        try await harness.deleteLocally(record)
        try change(harness) { $0.title = "R" }

        try await settle(harness, pullsFirst: pullsFirst)

        let conflict = try #require(try await conflicts(harness).first)
        #expect(harness.provider.events().map(\.content.title) == ["R"])
        #expect(try await harness.records().map(\.content.title) == ["R"])
        #expect(try await harness.records().map(\.id) == [record])
        #expect(try await harness.link(to: "e1")?.record == record)
        #expect(try await harness.repository.operations(in: harness.calendar).isEmpty)
        #expect(conflict.kind == .deletedLocally)
        #expect(conflict.kept == .remote)

        try await harness.edit(record) { $0.location = "Room 5" }
        try await harness.sync()
        #expect(harness.provider.events().map(\.content.location) == ["Room 5"])
        #expect(try await conflicts(harness).count == 1)
    }

    @Test("F-06 a deletion meets a newer version in which guests only answered, and goes on", arguments: [true, false])
    func answers(isOrganizer: Bool) async throws {
        let (harness, record) = try await meeting(isOrganizer: isOrganizer)
        try await harness.deleteLocally(record)
        try change(harness) { $0.attendees[1].response = .accepted }

        try await settle(harness, pullsFirst: false)

        #expect(harness.provider.events().isEmpty)
        #expect(try await harness.records().isEmpty)
        #expect(try await conflicts(harness).isEmpty)
    }

    @Test("F-06 a deletion is no conflict with the host's own edit whose answer was lost")
    func ownEdit() async throws {
        let (harness, record) = try await meeting(isOrganizer: false)
        try await harness.edit(record) { $0.title = "L" }
        let lost = CalendarError(.connectionFailed, "The reply was lost.", retryAfter: 60, isOutcomeUnknown: true)
        harness.provider.fail(.update, with: lost, afterTakingEffect: true)
        _ = try await harness.engine.push(harness.calendar, provider: harness.provider, session: harness.session)
        try await harness.deleteLocally(record)
        harness.clock.advance(by: 600)

        try await settle(harness, pullsFirst: false)

        #expect(harness.provider.events().isEmpty)
        #expect(try await conflicts(harness).isEmpty)
        #expect(try await harness.repository.operations(in: harness.calendar).isEmpty)
    }

    @Test("F-06 an event that changes during every try is deleted by none of them")
    func bounded() async throws {
        let (harness, record) = try await meeting(isOrganizer: true)
        try await harness.deleteLocally(record)
        for _ in 0..<16 { harness.provider.fail(.delete, with: CalendarError(.conflict, "The event has changed.")) }

        let report = try await harness.engine.push(
            harness.calendar,
            provider: harness.provider,
            session: harness.session
        )

        #expect(report.waiting == 1)
        #expect(harness.provider.calls.filter { $0 == .delete }.count == 16)
        #expect(try await harness.repository.pendingOperations(in: harness.calendar).count == 1)
        #expect(try await conflicts(harness).isEmpty)
    }

    /// Lets the deletion be decided with or without the feed telling the edit first, then comes to rest.
    private func settle(_ harness: SyncHarness, pullsFirst: Bool) async throws {
        if !pullsFirst {
            _ = try await harness.engine.push(harness.calendar, provider: harness.provider, session: harness.session)
        }
        try await harness.sync()
        let echo = try await harness.sync()
        #expect(echo.updated == 0 && echo.removed == 0 && echo.pushed == 0 && echo.waiting == 0)
    }
}
