import CalendarCore
import Foundation
import Synchronization

/// The host's own storage: one value behind a lock, where a real host has a database.
///
/// Each tenant's rows are a value of their own, so no query can reach another's. A change works on a copy that replaces
/// the rows when nothing was thrown, as a database transaction does.
package final class HostStore: Sendable {
    private let tenants = Mutex<[TenantID: HostRows]>([:])
    private let attempts = Mutex<[String: AuthorizationAttempt]>([:])

    package init() {}

    func read<Answer: Sendable>(_ tenant: TenantID, _ query: (HostRows) -> Answer) -> Answer {
        tenants.withLock { query($0[tenant] ?? HostRows()) }
    }

    func change<Answer: Sendable>(_ tenant: TenantID, _ body: (inout HostRows) throws -> Answer) throws -> Answer {
        try tenants.withLock { tenants in
            var rows = tenants[tenant] ?? HostRows()
            let answer = try body(&rows)
            tenants[tenant] = rows
            return answer
        }
    }
}

/// The rows of one tenant.
struct HostRows: Sendable {
    enum LeaseKey: Hashable { case calendar(CalendarKey), tokens(ConnectionID) }

    struct Lease { var number: Int, expiresAt: Date }

    var records: [RecordID: EventRecord] = [:]
    var links: [RepositoryCommit.LinkKey: EventLink] = [:]
    var operations: [OperationID: OutboxOperation] = [:]
    var states: [CalendarKey: CalendarSyncState] = [:]
    var issues: [CalendarKey: [SyncIssue]] = [:]
    var conflicts: [ConflictID: SyncConflict] = [:]
    var changes: [SequencedChange] = []
    var connections: [ConnectionID: Connection] = [:]
    var credentials: [ConnectionID: StoredCredential] = [:]
    private var leases: [LeaseKey: Lease] = [:]
    private var lastNumber = 0

    /// A number larger than all before, as a database sequence gives.
    mutating func nextNumber() -> Int {
        lastNumber += 1
        return lastNumber
    }

    mutating func takeLease(_ key: LeaseKey, now: Date, seconds: Double) -> Lease? {
        if let lease = leases[key], lease.expiresAt > now { return nil }
        leases[key] = Lease(number: nextNumber(), expiresAt: now.addingTimeInterval(seconds))
        return leases[key]
    }

    mutating func giveBack(_ key: LeaseKey, number: Int) {
        if leases[key]?.number == number { leases[key]?.expiresAt = .distantPast }
    }

    mutating func forgetLeases(of isGone: (CalendarKey) -> Bool) {
        leases = leases.filter { key, _ in if case .calendar(let calendar) = key { !isGone(calendar) } else { true } }
    }

    func requireNewest(_ number: Int, _ key: LeaseKey) throws {
        guard leases[key]?.number == number else { throw CalendarError(.leaseLost, "Somebody else has taken over.") }
    }

    func require(_ stored: Int?, toBe expected: Int?) throws {
        guard stored == expected else { throw CalendarError(.revisionConflict, "Another version is stored.") }
    }
}

extension HostStore: ConnectionRepository {
    package func connection(_ key: ConnectionKey) async throws -> Connection? {
        read(key.tenant) { $0.connections[key.connection] }
    }

    package func connections(of tenant: TenantID) async throws -> [Connection] {
        read(tenant) { $0.connections.values.sorted { ($0.createdAt, $0.key) < ($1.createdAt, $1.key) } }
    }

    package func save(_ connection: Connection, expecting revision: Int?) async throws -> Connection {
        try change(connection.key.tenant) { rows in
            try rows.require(rows.connections[connection.key.connection]?.revision, toBe: revision)
            var saved = connection
            saved.revision = rows.nextNumber()
            rows.connections[connection.key.connection] = saved
            return saved
        }
    }

    package func sharesGrant(
        provider: ProviderID,
        clientID: String,
        account: String,
        besides key: ConnectionKey?
    ) async throws -> Bool {
        tenants.withLock { tenants in
            tenants.values.lazy.flatMap(\.connections.values).contains {
                $0.provider == provider && $0.clientID == clientID && $0.account.key == account && $0.key != key
                    && $0.status != .disabled
            }
        }
    }

    package func erase(_ scope: DataScope) async throws {
        try change(scope.tenant) { $0.connections = $0.connections.filter { !scope.covers($0.value) } }
        attempts.withLock { $0 = $0.filter { !scope.covers($0.value) } }
    }

    package func deleteConnection(_ key: ConnectionKey) async throws {
        try change(key.tenant) { $0.connections[key.connection] = nil }
    }

    package func save(_ attempt: AuthorizationAttempt) async throws {
        attempts.withLock { $0[attempt.stateDigest] = attempt }
    }

    package func takeAttempt(stateDigest: String, now: Date) async throws -> AuthorizationAttempt? {
        let attempt = attempts.withLock { $0.removeValue(forKey: stateDigest) }
        return attempt.flatMap { $0.expiresAt > now ? $0 : nil }
    }
}

extension HostStore: TokenStore {
    package func credential(for key: ConnectionKey) async throws -> StoredCredential? {
        read(key.tenant) { $0.credentials[key.connection] }
    }

    package func save(
        _ credential: Credential,
        for key: ConnectionKey,
        expecting version: Int?,
        lease: RefreshLease?
    ) async throws -> Int {
        try change(key.tenant) { rows in
            if let lease { try rows.requireNewest(lease.fencingNumber, .tokens(key.connection)) }
            try rows.require(rows.credentials[key.connection]?.version, toBe: version)
            let next = rows.nextNumber()
            rows.credentials[key.connection] = StoredCredential(credential: credential, version: next)
            return next
        }
    }

    package func acquireLease(for key: ConnectionKey, now: Date, lasting seconds: Double) async throws -> RefreshLease?
    {
        try change(key.tenant) { $0.takeLease(.tokens(key.connection), now: now, seconds: seconds) }
            .map { RefreshLease(fencingNumber: $0.number, expiresAt: $0.expiresAt) }
    }

    package func release(_ lease: RefreshLease, for key: ConnectionKey) async throws {
        try change(key.tenant) { $0.giveBack(.tokens(key.connection), number: lease.fencingNumber) }
    }

    package func deleteCredential(for key: ConnectionKey) async throws {
        try change(key.tenant) { $0.credentials[key.connection] = nil }
    }
}
