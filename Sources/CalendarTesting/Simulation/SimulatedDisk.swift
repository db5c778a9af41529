import CalendarCore
import Foundation

/// A host's storage with a crash point before and after every call.
struct SimulatedDisk: ForwardingEventRepository, ConnectionRepository, TokenStore {
    let storage: CalendarStorage
    let steps: SimulationSteps

    var next: any EventRepository { storage.events }

    private func step<Value>(_ name: String, _ work: () async throws -> Value) async throws -> Value {
        await steps.pass("before \(name)")
        let value = try await work()
        await steps.pass("after \(name)")
        return value
    }

    func acquireLease(on calendar: CalendarKey, now: Date, lasting seconds: Double) async throws -> CalendarLease? {
        try await step("calendar lease") {
            try await storage.events.acquireLease(on: calendar, now: now, lasting: seconds)
        }
    }

    func release(_ lease: CalendarLease, on calendar: CalendarKey) async throws {
        try await step("release of a calendar") { try await storage.events.release(lease, on: calendar) }
    }

    func commit(_ commit: RepositoryCommit) async throws {
        try await step("commit") { try await storage.events.commit(commit) }
    }

    func erase(_ erasure: EventErasure) async throws {
        try await step("erasure of events") { try await storage.events.erase(erasure) }
    }

    func connection(_ key: ConnectionKey) async throws -> Connection? {
        try await storage.connections.connection(key)
    }

    func connections(of tenant: TenantID) async throws -> [Connection] {
        try await storage.connections.connections(of: tenant)
    }

    func save(_ connection: Connection, expecting revision: Int?) async throws -> Connection {
        try await step("connection") { try await storage.connections.save(connection, expecting: revision) }
    }

    func sharesGrant(
        provider: ProviderID,
        clientID: String,
        account: String,
        besides key: ConnectionKey?
    ) async throws -> Bool {
        try await storage.connections.sharesGrant(
            provider: provider,
            clientID: clientID,
            account: account,
            besides: key
        )
    }

    func erase(_ scope: DataScope) async throws {
        try await step("erasure of connections") { try await storage.connections.erase(scope) }
    }

    func deleteConnection(_ key: ConnectionKey) async throws {
        try await step("connection's end") { try await storage.connections.deleteConnection(key) }
    }

    func save(_ attempt: AuthorizationAttempt) async throws {
        try await step("attempt") { try await storage.connections.save(attempt) }
    }

    func takeAttempt(stateDigest: String, now: Date) async throws -> AuthorizationAttempt? {
        try await step("attempt's end") {
            try await storage.connections.takeAttempt(stateDigest: stateDigest, now: now)
        }
    }

    func credential(for key: ConnectionKey) async throws -> StoredCredential? {
        try await storage.tokens.credential(for: key)
    }

    func save(
        _ credential: Credential,
        for key: ConnectionKey,
        expecting version: Int?,
        lease: RefreshLease?
    ) async throws -> Int {
        try await step("credential") {
            try await storage.tokens.save(credential, for: key, expecting: version, lease: lease)
        }
    }

    func acquireLease(for key: ConnectionKey, now: Date, lasting seconds: Double) async throws -> RefreshLease? {
        try await step("refresh lease") {
            try await storage.tokens.acquireLease(for: key, now: now, lasting: seconds)
        }
    }

    func release(_ lease: RefreshLease, for key: ConnectionKey) async throws {
        try await step("release of a refresh") { try await storage.tokens.release(lease, for: key) }
    }

    func deleteCredential(for key: ConnectionKey) async throws {
        try await step("credential's end") { try await storage.tokens.deleteCredential(for: key) }
    }
}
