public import Foundation

/// Keeps connections and the attempts to make them.
///
/// Promises: every call is for one tenant, except taking an attempt, whose state digest is a secret of its own, and
/// ``sharesGrant(provider:clientID:account:besides:)``, which tells nothing but yes or no;
/// ``save(_:expecting:)`` is a compare-and-swap on the revision; ``takeAttempt(stateDigest:now:)`` gives an attempt to
/// exactly one caller, once, and never after its expiry.
public protocol ConnectionRepository: Sendable {
    /// The connection under a key; nil when there is none.
    func connection(_ key: ConnectionKey) async throws -> Connection?

    /// Every connection of a tenant, ordered by creation, then id.
    func connections(of tenant: TenantID) async throws -> [Connection]

    /// Stores a connection if the stored revision is the expected one.
    ///
    /// - Parameters:
    ///   - connection: The connection; its own `revision` is ignored.
    ///   - revision: The revision that must be stored now; nil when there must be none.
    /// - Returns: The connection with its new revision.
    /// - Throws: `CalendarError.revisionConflict`.
    @discardableResult
    func save(_ connection: Connection, expecting revision: Int?) async throws -> Connection

    /// Whether another connection, of any tenant, rests on the same account's grant to the same OAuth client.
    ///
    /// Services revoke per account and client, so the answer decides whether disconnecting may revoke. Connections that
    /// are `disabled` do not count. A store that does not implement this is taken to answer true, so nothing is revoked.
    ///
    /// - Parameters:
    ///   - provider: The service.
    ///   - clientID: The OAuth client.
    ///   - account: The account's key.
    ///   - key: The connection that does not count; nil for none.
    /// - Returns: Whether there is another one.
    /// - Throws: The store's failure.
    func sharesGrant(
        provider: ProviderID,
        clientID: String,
        account: String,
        besides key: ConnectionKey?
    ) async throws -> Bool

    /// Erases for good the connections and attempts that a ``DataScope`` covers (requirement M-53).
    ///
    /// Nothing of them is in any file of the store when this returns. Erasing twice is the same as once.
    ///
    /// - Parameter scope: Whose they are; nothing to erase is no error.
    /// - Throws: The store's failure; doing it again completes it.
    func erase(_ scope: DataScope) async throws

    /// Removes a connection; does nothing when there is none.
    func deleteConnection(_ key: ConnectionKey) async throws

    /// Stores an attempt.
    func save(_ attempt: AuthorizationAttempt) async throws

    /// Takes an attempt out, at most once; nil when it is unknown, taken or expired.
    func takeAttempt(stateDigest: String, now: Date) async throws -> AuthorizationAttempt?
}

extension ConnectionRepository {
    /// True: a store that does not look cannot rule it out.
    public func sharesGrant(
        provider: ProviderID,
        clientID: String,
        account: String,
        besides key: ConnectionKey?
    ) async throws -> Bool { true }
}
