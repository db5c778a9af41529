import CalendarCore
import Foundation
import Synchronization

/// A token store whose reads can be held back and whose saves can fail.
final class ObservedTokenStore: TokenStore {
    private let base: any TokenStore
    private let readGate: Gate?
    private let failingSaves: Mutex<Int>

    init(_ base: any TokenStore, readGate: Gate? = nil, failingSaves: Int = 0) {
        self.base = base
        self.readGate = readGate
        self.failingSaves = Mutex(failingSaves)
    }

    func credential(for key: ConnectionKey) async throws -> StoredCredential? {
        let stored = try await base.credential(for: key)
        await readGate?.pass()
        return stored
    }

    func save(
        _ credential: Credential,
        for key: ConnectionKey,
        expecting version: Int?,
        lease: RefreshLease?
    ) async throws -> Int {
        let fails = failingSaves.withLock { remaining in
            guard remaining > 0 else { return false }
            remaining -= 1
            return true
        }
        if fails { throw CalendarError(.unavailable, "The store is away.") }
        return try await base.save(credential, for: key, expecting: version, lease: lease)
    }

    func acquireLease(for key: ConnectionKey, now: Date, lasting seconds: Double) async throws -> RefreshLease? {
        try await base.acquireLease(for: key, now: now, lasting: seconds)
    }

    func release(_ lease: RefreshLease, for key: ConnectionKey) async throws {
        try await base.release(lease, for: key)
    }

    func deleteCredential(for key: ConnectionKey) async throws {
        try await base.deleteCredential(for: key)
    }
}
