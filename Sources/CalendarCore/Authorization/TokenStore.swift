public import Foundation

/// The tokens of one connection.
public struct Credential: Sendable, Equatable {
    /// The access token.
    public var accessToken: Secret
    /// The refresh token; never replaced by nothing once known (requirement R-11).
    public var refreshToken: Secret?
    /// When the access token stops working.
    public var expiresAt: Date
    /// The scopes of the access token.
    public var scopes: [String]

    /// Creates a credential.
    public init(accessToken: Secret, refreshToken: Secret?, expiresAt: Date, scopes: [String]) {
        self.accessToken = accessToken
        self.refreshToken = refreshToken
        self.expiresAt = expiresAt
        self.scopes = scopes
    }
}

/// A credential with the version under which it is stored.
public struct StoredCredential: Sendable, Equatable {
    /// The tokens.
    public let credential: Credential
    /// Grows with each save.
    public let version: Int

    /// Creates a stored credential.
    public init(credential: Credential, version: Int) {
        self.credential = credential
        self.version = version
    }
}

/// The right to refresh one credential for a while.
public struct RefreshLease: Sendable, Hashable {
    /// Grows with each lease of a connection, so that a late writer is recognised.
    public let fencingNumber: Int
    /// When the lease ends by itself.
    public let expiresAt: Date

    /// Creates a lease.
    public init(fencingNumber: Int, expiresAt: Date) {
        self.fencingNumber = fencingNumber
        self.expiresAt = expiresAt
    }
}

/// Keeps the tokens of connections: the one authoritative record of each (requirement R-16).
///
/// Promises, checked by `TokenStoreConformance`:
/// - ``save(_:for:expecting:lease:)`` is a compare-and-swap on the version, and atomic.
/// - At most one lease per connection is live at any `now`; fencing numbers of a connection only grow, also across
///   deletion and a new save.
/// - A save under a lease that is not the newest one is refused.
/// - Nothing about one tenant can be read or changed through another's key.
/// - Errors and descriptions carry no token.
public protocol TokenStore: Sendable {
    /// The credential of a connection; nil when there is none.
    func credential(for key: ConnectionKey) async throws -> StoredCredential?

    /// Stores a credential if the stored version is the expected one.
    ///
    /// - Parameters:
    ///   - credential: The tokens to store.
    ///   - key: The connection.
    ///   - version: The version that must be stored now; nil when there must be none.
    ///   - lease: The lease under which the caller refreshed; nil outside a refresh.
    /// - Returns: The new version, larger than any earlier one of this connection.
    /// - Throws: `CalendarError.revisionConflict` when another version is stored, `leaseLost` when the lease is not the
    ///   newest.
    @discardableResult
    func save(
        _ credential: Credential,
        for key: ConnectionKey,
        expecting version: Int?,
        lease: RefreshLease?
    ) async throws -> Int

    /// Takes the right to refresh; nil while somebody else holds it.
    ///
    /// The lease ends after `seconds` unless it is given back before.
    func acquireLease(for key: ConnectionKey, now: Date, lasting seconds: Double) async throws -> RefreshLease?

    /// Gives a lease back; does nothing when it is not the newest.
    func release(_ lease: RefreshLease, for key: ConnectionKey) async throws

    /// Removes the credential of a connection; does nothing when there is none.
    func deleteCredential(for key: ConnectionKey) async throws
}
