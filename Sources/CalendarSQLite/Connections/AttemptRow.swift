#if SQLite
import CalendarCore
import Foundation

/// An authorization attempt as it is kept.
struct AttemptRow: Codable {
    private let stateDigest: String
    private let cookieDigest: String
    private let tenant: TenantID
    private let user: UserID
    private let provider: ProviderID
    private let owner: Connection.Owner
    private let environment: String?
    private let clientID: String
    private let redirectURI: String
    private let requestedScopes: [String]
    private let requiredCapabilities: [ProviderCapability]?
    private let domain: String?
    private let codeVerifier: String
    private let nonce: String
    private let reconnecting: ConnectionID?
    private let createdAt: Date
    private let expiresAt: Date

    init(_ attempt: AuthorizationAttempt, sealing: SecretSealing?) throws {
        stateDigest = attempt.stateDigest
        cookieDigest = attempt.cookieDigest
        tenant = attempt.tenant
        user = attempt.user
        provider = attempt.provider
        owner = attempt.owner
        environment = attempt.environment
        clientID = attempt.clientID
        redirectURI = attempt.redirectURI
        requestedScopes = attempt.requestedScopes
        requiredCapabilities = attempt.requiredCapabilities?.sorted()
        domain = attempt.domain
        let verifier = attempt.codeVerifier
        codeVerifier =
            try sealing?.seal(verifier, as: Self.verifier, of: Self.place(attempt.tenant, attempt.stateDigest))
            ?? verifier.reveal()
        nonce = attempt.nonce
        reconnecting =
            switch attempt.intent {
            case .connect: nil
            case .reconnect(let connection): connection
            }
        createdAt = attempt.createdAt
        expiresAt = attempt.expiresAt
    }

    func attempt(opening sealing: SecretSealing?) throws -> AuthorizationAttempt {
        AuthorizationAttempt(
            stateDigest: stateDigest,
            cookieDigest: cookieDigest,
            tenant: tenant,
            user: user,
            provider: provider,
            owner: owner,
            environment: environment,
            clientID: clientID,
            redirectURI: redirectURI,
            requestedScopes: requestedScopes,
            requiredCapabilities: requiredCapabilities.map { Set($0) },
            domain: domain,
            codeVerifier: try sealing?.open(codeVerifier, as: Self.verifier, of: Self.place(tenant, stateDigest))
                ?? Secret(codeVerifier),
            nonce: nonce,
            intent: reconnecting.map { .reconnect($0) } ?? .connect,
            createdAt: createdAt,
            expiresAt: expiresAt
        )
    }

    private static let verifier = "codeVerifier"

    /// An attempt has no connection yet; the digest of its state stands for it.
    private static func place(_ tenant: TenantID, _ stateDigest: String) -> ConnectionKey {
        ConnectionKey(tenant: tenant, connection: ConnectionID(stateDigest))
    }
}
#endif
