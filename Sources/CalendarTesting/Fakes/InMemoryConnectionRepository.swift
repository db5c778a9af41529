public import CalendarCore
public import Foundation
internal import Synchronization

/// A connection repository that forgets everything with the process; every call is atomic.
public final class InMemoryConnectionRepository: ConnectionRepository {
    private struct State {
        var connections: [ConnectionKey: Connection] = [:]
        var attempts: [String: AuthorizationAttempt] = [:]
    }

    private let state = Mutex(State())

    /// Creates an empty repository.
    public init() {}

    /// How many attempts wait for their callback.
    public var pendingAttemptCount: Int { state.withLock { $0.attempts.count } }

    /// The connection under a key; nil when there is none.
    public func connection(_ key: ConnectionKey) async throws -> Connection? {
        state.withLock { $0.connections[key] }
    }

    /// Every connection of a tenant, ordered by creation, then id.
    public func connections(of tenant: TenantID) async throws -> [Connection] {
        let found = state.withLock { $0.connections.values.filter { $0.key.tenant == tenant } }
        return found.sorted { ($0.createdAt, $0.key) < ($1.createdAt, $1.key) }
    }

    /// Stores a connection if the stored revision is the expected one.
    @discardableResult
    public func save(_ connection: Connection, expecting revision: Int?) async throws -> Connection {
        try state.withLock { state throws(CalendarError) in
            guard state.connections[connection.key]?.revision == revision else {
                throw CalendarError(
                    .revisionConflict,
                    "Another revision of the connection is stored.",
                    identifier: connection.key.connection.rawValue
                )
            }
            var saved = connection
            saved.revision = (revision ?? 0) + 1
            state.connections[connection.key] = saved
            return saved
        }
    }

    /// Whether another connection, of any tenant, rests on the same account's grant to the same OAuth client.
    public func sharesGrant(
        provider: ProviderID,
        clientID: String,
        account: String,
        besides key: ConnectionKey?
    ) async throws -> Bool {
        state.withLock { state in
            state.connections.values.contains {
                $0.provider == provider && $0.clientID == clientID && $0.account.key == account && $0.key != key
                    && $0.status != .disabled
            }
        }
    }

    /// Erases connections and attempts.
    public func erase(_ scope: DataScope) async throws {
        state.withLock { state in
            state.connections = state.connections.filter { !scope.covers($0.value) }
            state.attempts = state.attempts.filter { !scope.covers($0.value) }
        }
    }

    /// Removes a connection; does nothing when there is none.
    public func deleteConnection(_ key: ConnectionKey) async throws {
        state.withLock { _ = $0.connections.removeValue(forKey: key) }
    }

    /// Stores an attempt.
    public func save(_ attempt: AuthorizationAttempt) async throws {
        state.withLock { $0.attempts[attempt.stateDigest] = attempt }
    }

    /// Takes an attempt out, at most once; nil when it is unknown, taken or expired.
    public func takeAttempt(stateDigest: String, now: Date) async throws -> AuthorizationAttempt? {
        let attempt = state.withLock { $0.attempts.removeValue(forKey: stateDigest) }
        guard let attempt, attempt.expiresAt > now else { return nil }
        return attempt
    }
}

extension InMemoryConnectionRepository: CustomStringConvertible, CustomReflectable {
    /// How many connections and attempts there are.
    public var description: String {
        state.withLock { "\($0.connections.count) connections, \($0.attempts.count) attempts" }
    }

    /// A mirror of the description alone.
    public var customMirror: Mirror { Mirror(self, children: ["repository": description]) }
}
