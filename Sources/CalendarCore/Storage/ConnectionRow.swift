import Foundation

/// A connection as it is kept in a file; all its parts by name, so that files outlive this version.
package struct ConnectionRow: Codable, Sendable {
    private let key: ConnectionKey
    private let owner: Connection.Owner
    private let environment: String?
    private let provider: ProviderID
    private let accountKey: String
    private let accountAddress: String
    private let clientID: String
    private let clientLabel: String
    private let grant: Connection.Grant
    private let grantedScopes: [String]
    private let capabilities: [ProviderCapability]
    private let status: Connection.Status
    private let isSyncEnabled: Bool
    private let selection: CalendarSelection
    private let tokenExpiresAt: Date?
    private let grantExpiresAt: Date?
    private let demandedClaims: String?
    private let lastSyncedAt: Date?
    private let lastFailure: CalendarError.Code?
    private let writesPausedUntil: Date?
    private let createdAt: Date
    private let updatedAt: Date
    private let revision: Int

    /// Takes a connection apart.
    package init(_ connection: Connection) {
        key = connection.key
        owner = connection.owner
        environment = connection.environment
        provider = connection.provider
        accountKey = connection.account.key
        accountAddress = connection.account.address
        clientID = connection.clientID
        clientLabel = connection.clientLabel
        grant = connection.grant
        grantedScopes = connection.grantedScopes
        capabilities = connection.capabilities.sorted()
        status = connection.status
        isSyncEnabled = connection.isSyncEnabled
        selection = connection.selection
        tokenExpiresAt = connection.tokenExpiresAt
        grantExpiresAt = connection.grantExpiresAt
        demandedClaims = connection.demandedClaims
        lastSyncedAt = connection.lastSyncedAt
        lastFailure = connection.lastFailure
        writesPausedUntil = connection.writesPausedUntil
        createdAt = connection.createdAt
        updatedAt = connection.updatedAt
        revision = connection.revision
    }

    /// The connection that is kept.
    package var connection: Connection {
        Connection(
            key: key,
            owner: owner,
            environment: environment,
            provider: provider,
            account: ExternalAccount(key: accountKey, address: accountAddress),
            clientID: clientID,
            clientLabel: clientLabel,
            grant: grant,
            grantedScopes: grantedScopes,
            capabilities: Set(capabilities),
            status: status,
            isSyncEnabled: isSyncEnabled,
            selection: selection,
            tokenExpiresAt: tokenExpiresAt,
            grantExpiresAt: grantExpiresAt,
            demandedClaims: demandedClaims,
            lastSyncedAt: lastSyncedAt,
            lastFailure: lastFailure,
            writesPausedUntil: writesPausedUntil,
            createdAt: createdAt,
            updatedAt: updatedAt,
            revision: revision
        )
    }
}
