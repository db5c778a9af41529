import CalendarCore
import CalendarTesting
import Foundation

/// One connection to an in-memory service, mirrored into an in-memory repository.
struct SyncHarness {
    let provider: InMemoryCalendarProvider
    let repository: InMemoryEventRepository
    let clock = ManualClock(now: SyncHarness.start, advancesWhenSleeping: true)
    let engine: SyncEngine
    let calendar: CalendarKey
    let session: ProviderSession

    static let start = Date(timeIntervalSince1970: 1_772_442_000)

    init(
        pageSize: Int = 100,
        connection: ConnectionID = "c1",
        repository: InMemoryEventRepository = InMemoryEventRepository(),
        sweepBatch: Int = 500,
        conflicts: ConflictPolicy = .remoteWins,
        seed: UInt64 = 1
    ) {
        provider = InMemoryCalendarProvider(pageSize: pageSize)
        self.repository = repository
        engine = SyncEngine(
            repository: repository,
            clock: clock,
            identifiers: IdentifierSource(.seeded(seed)),
            configuration: .init(sweepBatch: sweepBatch, conflicts: conflicts)
        )
        calendar = CalendarKey(tenant: "acme", connection: connection, calendar: "primary-calendar")
        session = ProviderSession(
            connection: calendar.connectionKey,
            accountAddress: "ada@example.com",
            accountKey: "ada",
            http: ScriptedTransport(),
            clock: clock
        )
    }

    /// A whole round: pull to the end, sweep, push.
    @discardableResult
    func sync() async throws -> SyncReport {
        var report = SyncReport()
        pulling: while true {
            let (outcome, step) = try await engine.pullStep(calendar, provider: provider, session: session)
            report.add(step)
            switch outcome {
            case .more, .restarted: continue
            case .sweep:
                while true {
                    let (isComplete, swept) = try await engine.sweepStep(calendar, provider: provider)
                    report.add(swept)
                    if isComplete { break pulling }
                }
            case .complete: break pulling
            }
        }
        report.add(try await engine.push(calendar, provider: provider, session: session))
        return report
    }

    func records() async throws -> [EventRecord] {
        let query = try RecordQuery(
            tenant: calendar.tenant,
            calendars: [calendar],
            start: .distantPast,
            end: .distantFuture
        )
        return try await repository.records(query)
    }

    func record(titled title: String) async throws -> EventRecord? {
        try await records().first { $0.content.title == title }
    }

    func link(to event: RemoteEventID) async throws -> EventLink? {
        try await repository.snapshot(SnapshotRequest(calendar: calendar, events: [event])).links[event]
    }

    var writes: Int { provider.calls.filter(\.isWrite).count }

    /// Creates an event in the host and journals the intent to send it.
    func createLocally(_ title: String, operation: OperationID) async throws -> RecordID {
        let record = RecordID("record-\(operation)")
        let commit = LocalEdits(now: clock.now).create(
            .sample(title),
            in: calendar,
            record: record,
            operation: operation,
            activity: nil,
            invitations: .silent
        )
        try await repository.commit(commit)
        return record
    }

    /// Changes an event in the host and journals the intent to send the change.
    func edit(_ id: RecordID, _ change: (inout EventContent) -> Void) async throws {
        let record = try await repository.record(id, tenant: calendar.tenant)
        guard let record else { return }
        var content = record.content
        change(&content)
        let commit = LocalEdits(now: clock.now).update(
            record,
            to: content,
            link: try await repository.links(of: id, tenant: calendar.tenant).first,
            pending: try await repository.pendingOperations(in: calendar).filter { $0.record == id },
            operation: OperationID("edit-\(record.revision)"),
            invitations: .silent
        )
        try await repository.commit(commit)
    }

    /// Deletes an event in the host and journals the intent to delete it in the service.
    func deleteLocally(_ id: RecordID) async throws {
        let record = try await repository.record(id, tenant: calendar.tenant)
        guard let record else { return }
        let commit = LocalEdits(now: clock.now).delete(
            record,
            link: try await repository.links(of: id, tenant: calendar.tenant).first,
            pending: try await repository.pendingOperations(in: calendar).filter { $0.record == id },
            operation: OperationID("delete-\(record.revision)"),
            invitations: .silent
        )
        try await repository.commit(commit)
    }
}

extension EventContent {
    /// An hour on 3 March 2026 in Berlin.
    static func sample(_ title: String, hour: Int64 = 9) -> EventContent {
        let berlin = EventZone("Europe/Berlin")
        let day = CivilDateTime("2026-03-03T00:00:00") ?? .earliest
        return EventContent(
            title: title,
            start: .zoned(day.adding(seconds: hour * 3600), berlin),
            end: .zoned(day.adding(seconds: (hour + 1) * 3600), berlin)
        )
    }
}

extension RemoteEvent {
    /// A single event as somebody else made it.
    static func sample(_ id: RemoteEventID, _ title: String, uid: String? = nil, hour: Int64 = 9) -> RemoteEvent {
        RemoteEvent(
            id: id,
            etag: nil,
            iCalUID: uid ?? "\(id)@example.com",
            role: .single,
            content: .sample(title, hour: hour),
            isOrganizer: true
        )
    }
}
