import CalendarCore
import Foundation
import Synchronization

/// A connection repository whose next lists of connections are still empty, and whose next saves may fail.
final class StaleConnectionRepository: ConnectionRepository {
    private let base: any ConnectionRepository
    private let staleLists: Mutex<Int>
    private let failingSaves: Mutex<Int>

    init(_ base: any ConnectionRepository, staleLists: Int = 0, failingSaves: Int = 0) {
        self.base = base
        self.staleLists = Mutex(staleLists)
        self.failingSaves = Mutex(failingSaves)
    }

    func connection(_ key: ConnectionKey) async throws -> Connection? { try await base.connection(key) }

    func connections(of tenant: TenantID) async throws -> [Connection] {
        if Self.draw(staleLists) { return [] }
        return try await base.connections(of: tenant)
    }

    func save(_ connection: Connection, expecting revision: Int?) async throws -> Connection {
        if Self.draw(failingSaves) { throw CalendarError(.unavailable, "The repository is away.") }
        return try await base.save(connection, expecting: revision)
    }

    func erase(_ scope: DataScope) async throws { try await base.erase(scope) }

    func deleteConnection(_ key: ConnectionKey) async throws { try await base.deleteConnection(key) }

    func save(_ attempt: AuthorizationAttempt) async throws { try await base.save(attempt) }

    func takeAttempt(stateDigest: String, now: Date) async throws -> AuthorizationAttempt? {
        try await base.takeAttempt(stateDigest: stateDigest, now: now)
    }

    private static func draw(_ remaining: borrowing Mutex<Int>) -> Bool {
        remaining.withLock { remaining in
            guard remaining > 0 else { return false }
            remaining -= 1
            return true
        }
    }
}
