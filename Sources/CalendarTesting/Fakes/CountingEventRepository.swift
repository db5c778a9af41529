package import CalendarCore
import Synchronization

/// An event repository that counts what passes through it: the calls, and the rows each reads and writes.
package final class CountingEventRepository: ForwardingEventRepository {
    /// How many rows of each kind a call has read or written.
    package struct Rows: Hashable, Sendable {
        package var states = 0
        package var links = 0
        package var records = 0
        package var operations = 0
        package var issues = 0
        package var conflicts = 0
        package var changes = 0

        /// All of them.
        package var total: Int { states + links + records + operations + issues + conflicts + changes }

        /// Creates a count.
        package init(
            states: Int = 0,
            links: Int = 0,
            records: Int = 0,
            operations: Int = 0,
            issues: Int = 0,
            conflicts: Int = 0,
            changes: Int = 0
        ) {
            self.states = states
            self.links = links
            self.records = records
            self.operations = operations
            self.issues = issues
            self.conflicts = conflicts
            self.changes = changes
        }
    }

    /// One call, with the rows that it answered or stored; taking and giving back a lease touches none.
    package struct Call: Hashable, Sendable {
        /// The method, without its arguments.
        package let name: String
        /// The rows it answered.
        package let read: Rows
        /// The rows it stored or removed; resolved issues are left out, for most name an event without any.
        package let written: Rows

        /// Describes a call.
        package init(_ name: String, read: Rows = Rows(), written: Rows = Rows()) {
            self.name = name
            self.read = read
            self.written = written
        }
    }

    /// The repository behind.
    package let next: any EventRepository
    private let counted = Mutex<[Call]>([])

    /// Counts what passes to another repository.
    package init(_ next: any EventRepository) {
        self.next = next
    }

    /// The calls since the last look, in order.
    package func takeCalls() -> [Call] {
        counted.withLock { calls in
            defer { calls = [] }
            return calls
        }
    }

    private func note(_ name: String, read: Rows = Rows(), written: Rows = Rows()) {
        counted.withLock { $0.append(Call(name, read: read, written: written)) }
    }

    package func snapshot(_ request: SnapshotRequest) async throws -> CalendarSnapshot {
        let answer = try await next.snapshot(request)
        note(
            "snapshot",
            read: Rows(
                states: answer.state == nil ? 0 : 1,
                links: answer.links.count + answer.otherLinks.values.map(\.count).reduce(0, +),
                records: answer.records.count,
                operations: answer.operations.count
            )
        )
        return answer
    }

    package func links(
        in calendar: CalendarKey,
        notListedSince epoch: Int,
        after event: RemoteEventID?,
        limit: Int
    ) async throws -> [EventLink] {
        let answer = try await next.links(in: calendar, notListedSince: epoch, after: event, limit: limit)
        note("links(in:)", read: Rows(links: answer.count))
        return answer
    }

    package func record(_ id: RecordID, tenant: TenantID) async throws -> EventRecord? {
        let answer = try await next.record(id, tenant: tenant)
        note("record", read: Rows(records: answer == nil ? 0 : 1))
        return answer
    }

    package func links(of record: RecordID, tenant: TenantID) async throws -> [EventLink] {
        let answer = try await next.links(of: record, tenant: tenant)
        note("links(of:)", read: Rows(links: answer.count))
        return answer
    }

    package func records(_ query: RecordQuery) async throws -> [EventRecord] {
        let answer = try await next.records(query)
        note("records", read: Rows(records: answer.count))
        return answer
    }

    package func operations(in calendar: CalendarKey) async throws -> [OutboxOperation] {
        let answer = try await next.operations(in: calendar)
        note("operations", read: Rows(operations: answer.count))
        return answer
    }

    package func issues(in calendar: CalendarKey) async throws -> [SyncIssue] {
        let answer = try await next.issues(in: calendar)
        note("issues", read: Rows(issues: answer.count))
        return answer
    }

    package func conflicts(in calendar: CalendarKey) async throws -> [SyncConflict] {
        let answer = try await next.conflicts(in: calendar)
        note("conflicts", read: Rows(conflicts: answer.count))
        return answer
    }

    package func changes(of tenant: TenantID, after number: Int, limit: Int) async throws -> [SequencedChange] {
        let answer = try await next.changes(of: tenant, after: number, limit: limit)
        note("changes", read: Rows(changes: answer.count))
        return answer
    }

    package func commit(_ commit: RepositoryCommit) async throws {
        try await next.commit(commit)
        note(
            "commit",
            written: Rows(
                states: commit.state == nil ? 0 : 1,
                links: commit.links.count + commit.removedLinks.count,
                records: commit.records.count + commit.removedRecords.count,
                operations: commit.operations.count + commit.removedOperations.count,
                issues: commit.issues.count,
                conflicts: commit.conflicts.count + commit.removedConflicts.count,
                changes: commit.changes.count
            )
        )
    }
}
