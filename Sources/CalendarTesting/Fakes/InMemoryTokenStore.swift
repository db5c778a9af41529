public import CalendarCore
public import Foundation
internal import Synchronization

/// A token store that forgets everything with the process; every call is atomic.
public final class InMemoryTokenStore: TokenStore {
    private struct Entry {
        var stored: StoredCredential?
        var lastVersion = 0
        var lease: RefreshLease?
        var lastFencingNumber = 0
    }

    private let entries = Mutex<[ConnectionKey: Entry]>([:])

    /// Creates an empty store.
    public init() {}

    /// The credential of a connection; nil when there is none.
    public func credential(for key: ConnectionKey) async throws -> StoredCredential? {
        entries.withLock { $0[key]?.stored }
    }

    /// Stores a credential if the stored version is the expected one and no newer lease was given.
    @discardableResult
    public func save(
        _ credential: Credential,
        for key: ConnectionKey,
        expecting version: Int?,
        lease: RefreshLease?
    ) async throws -> Int {
        try entries.withLock { entries throws(CalendarError) in
            var entry = entries[key] ?? Entry()
            if let lease, lease.fencingNumber != entry.lastFencingNumber {
                throw CalendarError(.leaseLost, "A newer refresh lease was given.", identifier: key.connection.rawValue)
            }
            guard entry.stored?.version == version else {
                throw CalendarError(
                    .revisionConflict,
                    "Another version of the credential is stored.",
                    identifier: key.connection.rawValue
                )
            }
            entry.lastVersion += 1
            entry.stored = StoredCredential(credential: credential, version: entry.lastVersion)
            entries[key] = entry
            return entry.lastVersion
        }
    }

    /// Takes the right to refresh; nil while somebody else holds it.
    public func acquireLease(
        for key: ConnectionKey,
        now: Date,
        lasting seconds: Double
    ) async throws -> RefreshLease? {
        entries.withLock { entries in
            var entry = entries[key] ?? Entry()
            if let held = entry.lease, held.expiresAt > now { return nil }
            entry.lastFencingNumber += 1
            let lease = RefreshLease(
                fencingNumber: entry.lastFencingNumber,
                expiresAt: now.addingTimeInterval(seconds)
            )
            entry.lease = lease
            entries[key] = entry
            return lease
        }
    }

    /// Gives a lease back; does nothing when it is not the newest.
    public func release(_ lease: RefreshLease, for key: ConnectionKey) async throws {
        entries.withLock { entries in
            guard entries[key]?.lease?.fencingNumber == lease.fencingNumber else { return }
            entries[key]?.lease = nil
        }
    }

    /// Removes the credential of a connection; versions and fencing numbers go on from where they were.
    public func deleteCredential(for key: ConnectionKey) async throws {
        entries.withLock { $0[key]?.stored = nil }
    }
}

extension InMemoryTokenStore: CustomStringConvertible, CustomReflectable {
    /// How many connections have tokens.
    public var description: String {
        "tokens of \(entries.withLock { $0.values.count { $0.stored != nil } }) connections"
    }

    /// A mirror of the description alone.
    public var customMirror: Mirror { Mirror(self, children: ["store": description]) }
}
