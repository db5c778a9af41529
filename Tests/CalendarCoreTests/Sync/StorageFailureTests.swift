import CalendarCore
import CalendarTesting
import Synchronization
import Testing

@Suite("A storage that fails")
struct StorageFailureTests {
    @Test("a write whose result could not be stored is no refused one, and is settled in the next round (R-01)")
    func settling() async throws {
        let harness = SyncHarness()
        _ = try await harness.createLocally("Kick-off", operation: "op-1")
        let engine = SyncEngine(
            repository: FullRepository(harness.repository),
            clock: harness.clock,
            identifiers: IdentifierSource(.seeded(2)),
            configuration: .init()
        )

        let error = await #expect(throws: CalendarError.self) {
            try await engine.push(harness.calendar, provider: harness.provider, session: harness.session)
        }
        let waiting = try await harness.repository.operations(in: harness.calendar)

        #expect(error?.code == .storage)
        #expect(waiting.map(\.state) == [.sent])
        try await harness.sync()
        #expect(harness.provider.events().count == 1)
        #expect(try await harness.records().count == 1)
        #expect(try await harness.repository.operations(in: harness.calendar).isEmpty)
    }

    @Test("its failure may pass, and its user is not told that the calendar service is at fault")
    func words() {
        let error = CalendarError(.storage, "The disk is full.", reason: "diskFull")

        #expect(error.isRetryable)
        #expect(!error.userMessage.contains("service"))
    }
}

/// A repository whose disk is full when the first operation is settled.
private final class FullRepository: ForwardingEventRepository {
    let next: any EventRepository
    private let hasFailed = Mutex(false)

    init(_ next: any EventRepository) {
        self.next = next
    }

    func commit(_ commit: RepositoryCommit) async throws {
        let fails = hasFailed.withLock { hasFailed in
            guard !hasFailed, !commit.removedOperations.isEmpty else { return false }
            hasFailed = true
            return true
        }
        guard !fails else { throw CalendarError(.storage, "The disk is full.") }
        try await next.commit(commit)
    }
}
