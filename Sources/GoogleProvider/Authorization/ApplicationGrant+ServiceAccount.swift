public import CalendarCore
import Foundation

extension ApplicationGrant {
    /// A service account with domain-wide delegation ("Using OAuth 2.0 for Server to Server Applications").
    ///
    /// The Workspace administrator allows the account's numeric client id together with an exact list of scopes, which
    /// must hold those of the capabilities: one that is not on it fails the whole request. Because every token acts for
    /// a mailbox, the account may also invite guests, which it could not on its own.
    ///
    /// - Parameters:
    ///   - account: The service account.
    ///   - mailboxes: Whom it may act for.
    ///   - label: The name shown to users.
    /// - Returns: The grant, for one organisation.
    public static func serviceAccount(
        _ account: ServiceAccount,
        mailboxes: some Sequence<String>,
        label: String = "Google service account"
    ) -> ApplicationGrant {
        ApplicationGrant(
            clientID: account.address,
            label: label,
            mailboxes: mailboxes,
            scopes: { capabilities in
                var server = AuthorizationServer.google(.init())
                // Nobody signs in, so there is no identity to ask for.
                server.identityScopes = []
                return try ScopePlan(server).scopes(for: capabilities)
            },
            tokenRequest: { query in
                let assertion = try await ServiceAccountAssertion(account, query).signed()
                return ApplicationTokenRequest(
                    endpoint: query.endpoint,
                    fields: [
                        (name: "grant_type", value: Secret("urn:ietf:params:oauth:grant-type:jwt-bearer")),
                        (name: "assertion", value: assertion),
                    ]
                )
            },
            delegationRefusals: ["unauthorized_client", "access_denied", "forbiddenForServiceAccounts"]
        )
    }
}

/// What a service account says of itself when it asks for a token (RFC 7523 section 3).
struct ServiceAccountAssertion {
    /// How far back `iat` lies, for a clock that runs ahead: one in the future is refused.
    private static let backdating: Double = 60
    /// How long the assertion is good for; more than an hour after `iat` is refused.
    private static let lifetime: Double = 3600

    private let account: ServiceAccount
    private let query: ApplicationTokenQuery

    init(_ account: ServiceAccount, _ query: ApplicationTokenQuery) {
        self.account = account
        self.query = query
    }

    /// The assertion, signed with RS256, the only algorithm Google takes.
    func signed() async throws -> Secret {
        var header: JSONNode = [:]
        if let id = account.keyID { header["kid"] = .string(id) }
        let issuedAt = query.now.addingTimeInterval(-Self.backdating)
        let claims: JSONNode = [
            "iss": .string(account.address),
            "sub": .string(query.mailbox),
            "scope": .string(query.scopes.joined(separator: " ")),
            "aud": .string(query.endpoint.absoluteString),
            "iat": .int(Int(issuedAt.timeIntervalSince1970)),
            "exp": .int(Int(issuedAt.addingTimeInterval(Self.lifetime).timeIntervalSince1970)),
        ]
        return try await account.signer.token(header: header, claims: claims, algorithm: .rs256)
    }
}
