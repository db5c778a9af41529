import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("Pushing local edits")
struct PushTests {
    private let lostReply = CalendarError(.connectionFailed, "The reply was lost.", isOutcomeUnknown: true)

    @Test("a local event is created once, and its return in the feed changes nothing")
    func createAndEcho() async throws {
        let harness = SyncHarness()
        _ = try await harness.createLocally("Kick-off", operation: "op-1")
        try await harness.sync()

        let echo = try await harness.sync()

        #expect(harness.provider.events().map(\.content.title) == ["Kick-off"])
        #expect(echo.created == 0 && echo.updated == 0)
        #expect(harness.writes == 1)
        #expect(try await harness.repository.pendingOperations(in: harness.calendar).isEmpty)
    }

    @Test("a create whose reply is lost leaves exactly one event on each side (R-01)")
    func lostReplyOfACreate() async throws {
        let harness = SyncHarness()
        _ = try await harness.createLocally("Kick-off", operation: "op-1")
        harness.provider.fail(.create, with: lostReply, afterTakingEffect: true)

        let report = try await harness.sync()

        #expect(report.pushed == 1)
        #expect(harness.provider.events().count == 1)
        #expect(try await harness.records().count == 1)
        #expect(harness.provider.calls.contains(.createdEvent))
    }

    @Test("a create that was lost before it took effect is sent again, once (R-01)")
    func lostRequestOfACreate() async throws {
        let harness = SyncHarness()
        _ = try await harness.createLocally("Kick-off", operation: "op-1")
        harness.provider.fail(.create, with: lostReply)

        try await harness.sync()

        #expect(harness.provider.events().count == 1)
        #expect(harness.provider.calls.filter { $0 == .create }.count == 2)
    }

    @Test(
        "a process that died after the service created the event adopts it, whatever comes first (R-01)",
        arguments: [true, false]
    )
    func crashAfterCreate(pullsFirst: Bool) async throws {
        let harness = SyncHarness()
        let record = try await harness.createLocally("Kick-off", operation: "op-1")
        var operation = try #require(try await harness.repository.pendingOperations(in: harness.calendar).first)
        operation.state = .sent
        var journal = RepositoryCommit(tenant: "acme")
        journal.operations = [operation]
        try await harness.repository.commit(journal)
        let creation = EventCreation(key: "op-1", content: operation.content, invitations: .silent)
        _ = try await harness.provider.create(creation, in: "primary-calendar", session: harness.session)

        if pullsFirst {
            try await harness.sync()
        } else {
            _ = try await harness.engine.push(
                harness.calendar,
                provider: harness.provider,
                session: harness.session
            )
            try await harness.sync()
        }

        #expect(harness.provider.events().count == 1)
        #expect(try await harness.records().map(\.id) == [record])
        #expect(try await harness.repository.pendingOperations(in: harness.calendar).isEmpty)
        #expect(harness.provider.calls.filter { $0 == .create }.count == 1)
    }

    @Test("the intent is stored before the call is made")
    func journalledFirst() async throws {
        let harness = SyncHarness()
        _ = try await harness.createLocally("Kick-off", operation: "op-1")
        harness.provider.fail(.create, with: CalendarError(.reconnectRequired, "Connect again."))

        await #expect(throws: CalendarError.self) { try await harness.sync() }

        let pending = try await harness.repository.pendingOperations(in: harness.calendar)
        #expect(pending.map(\.attempts) == [1])
        #expect(pending.map(\.state) == [.queued])
    }

    @Test("edits of different fields on both sides are both kept")
    func mergeOnConflict() async throws {
        let harness = SyncHarness()
        let record = try await harness.createLocally("Kick-off", operation: "op-1")
        try await harness.sync()
        try await harness.edit(record) { $0.title = "Kick-off, new title" }
        var remote = try #require(harness.provider.events().first)
        remote.content.location = "Room 5"
        harness.provider.put(remote)

        try await harness.sync()
        try await harness.sync()

        let event = try #require(harness.provider.events().first)
        #expect(event.content.title == "Kick-off, new title")
        #expect(event.content.location == "Room 5")
        #expect(try await harness.records().map(\.content) == [event.content])
    }

    @Test("an event that changes between reading and writing is read again, merged and written (412)")
    func conflictWhileWriting() async throws {
        let harness = SyncHarness()
        let record = try await harness.createLocally("Kick-off", operation: "op-1")
        try await harness.sync()
        try await harness.edit(record) { $0.title = "Kick-off, new title" }
        var remote = try #require(harness.provider.events().first)
        remote.content.location = "Room 5"
        harness.provider.put(remote)

        _ = try await harness.engine.push(harness.calendar, provider: harness.provider, session: harness.session)
        try await harness.sync()

        let event = try #require(harness.provider.events().first)
        #expect(event.content.title == "Kick-off, new title")
        #expect(event.content.location == "Room 5")
        #expect(try await harness.records().map(\.content) == [event.content])
    }

    @Test("edits before the first sending travel with the create")
    func coalescing() async throws {
        let harness = SyncHarness()
        let record = try await harness.createLocally("Kick-off", operation: "op-1")
        try await harness.edit(record) { $0.title = "Kick-off 2" }
        try await harness.edit(record) { $0.title = "Kick-off 3" }

        try await harness.sync()

        #expect(harness.writes == 1)
        #expect(harness.provider.events().map(\.content.title) == ["Kick-off 3"])
    }

    @Test("a refused write is recorded and stops nobody else")
    func refusedWrite() async throws {
        let harness = SyncHarness()
        _ = try await harness.createLocally("Refused", operation: "op-1")
        harness.clock.advance(by: 1)
        _ = try await harness.createLocally("Accepted", operation: "op-2")
        harness.provider.fail(.create, with: CalendarError(.rejected, "Too long.", field: "title"))

        try await harness.sync()

        #expect(harness.provider.events().map(\.content.title) == ["Accepted"])
        #expect(try await harness.repository.issues(in: harness.calendar).map(\.code) == [.writeRejected])
        #expect(try await harness.record(titled: "Refused") != nil)
    }
}
