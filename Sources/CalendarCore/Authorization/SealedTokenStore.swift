public import Foundation

/// A token store whose tokens are sealed before another store sees them (requirement M-05).
///
/// It keeps what the store behind it promises. Each token is sealed by itself, bound to tenant, connection and field; the
/// time of expiry and the scopes are stored as they are. A token that is not sealed is refused when it is read, never
/// taken over.
public struct SealedTokenStore: TokenStore {
    private let store: any TokenStore
    private let sealing: SecretSealing

    /// Puts a sealing in front of a store.
    public init(_ store: any TokenStore, sealing: SecretSealing) {
        self.store = store
        self.sealing = sealing
    }

    /// The credential of a connection, opened.
    ///
    /// - Throws: What ``SecretSealing/open(_:as:of:)`` throws, or the store's failure.
    public func credential(for key: ConnectionKey) async throws -> StoredCredential? {
        guard let stored = try await store.credential(for: key) else { return nil }
        return StoredCredential(credential: try sealing.opened(stored.credential, of: key), version: stored.version)
    }

    /// Seals and stores a credential if the stored version is the expected one.
    @discardableResult
    public func save(
        _ credential: Credential,
        for key: ConnectionKey,
        expecting version: Int?,
        lease: RefreshLease?
    ) async throws -> Int {
        let sealed = try sealing.sealed(credential, of: key)
        return try await store.save(sealed, for: key, expecting: version, lease: lease)
    }

    /// Takes the right to refresh.
    public func acquireLease(
        for key: ConnectionKey,
        now: Date,
        lasting seconds: Double
    ) async throws -> RefreshLease? {
        try await store.acquireLease(for: key, now: now, lasting: seconds)
    }

    /// Gives a lease back.
    public func release(_ lease: RefreshLease, for key: ConnectionKey) async throws {
        try await store.release(lease, for: key)
    }

    /// Removes the credential of a connection.
    public func deleteCredential(for key: ConnectionKey) async throws {
        try await store.deleteCredential(for: key)
    }

    /// Seals the tokens of a connection anew if an earlier key sealed them; after that of every connection, the earlier
    /// key is needed no more.
    ///
    /// Safe beside a running refresh: whoever saves meanwhile has sealed with the newest key. Doing it again does nothing.
    ///
    /// - Parameter key: The connection.
    /// - Returns: Whether anything was sealed anew.
    /// - Throws: What reading the tokens throws; then nothing is changed.
    @discardableResult
    public func reseal(_ key: ConnectionKey) async throws -> Bool {
        guard let stored = try await store.credential(for: key), !sealing.isCurrent(stored.credential) else {
            return false
        }
        let opened = try sealing.opened(stored.credential, of: key)
        do {
            try await save(opened, for: key, expecting: stored.version, lease: nil)
            return true
        } catch let error as CalendarError where error.code == .revisionConflict {
            return false
        }
    }
}

extension SealedTokenStore: CustomStringConvertible, CustomReflectable {
    /// The name of the type alone.
    public var description: String { "SealedTokenStore" }

    /// A mirror without children.
    public var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}
