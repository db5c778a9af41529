public import Foundation

/// What the SDK has to know about a service's OAuth endpoints; a provider supplies one as data.
///
/// Issuer, endpoints and client always come from here and from the stored attempt, never from a callback, which is the
/// defence against mixed-up servers (RFC 9700 section 4.4).
public struct AuthorizationServer: Sendable {
    /// Where the user's browser is sent.
    public var authorizationEndpoint: URL
    /// Where codes and refresh tokens are exchanged.
    public var tokenEndpoint: URL
    /// Where tokens are revoked (RFC 7009); nil when the service has no such endpoint.
    public var revocationEndpoint: URL?
    /// Further query fields of the authorization request, such as `access_type=offline`.
    public var authorizationParameters: [String: String]
    /// Further query fields that depend on the attempt, such as a hint; they replace fixed ones of the same name.
    public var consentParameters: @Sendable (_ request: ConsentRequest) -> [String: String] = { _ in [:] }
    /// The `claims` (JSON) sent with every authorization and token request; nil for none.
    public var claims: String?
    /// Scopes that identify the account, asked for beside those of the capabilities.
    public var identityScopes: [String]
    /// Scopes asked for on top which never appear in a token answer, such as `offline_access`.
    public var silentScopes: Set<String>
    /// The scopes that open a capability; any one of them is enough, the first is the one asked for.
    public var scopes: [ProviderCapability: [String]]
    /// Other spellings under which the service reports a scope, mapped to the spelling asked for.
    public var scopeAliases: [String: String]
    /// Reads the account out of the claims of an id token that came from the token endpoint.
    public var account: @Sendable (_ claims: IDTokenClaims) throws -> ExternalAccount
    /// Whether an account belongs to the domain that was asked for; true where the service does not say.
    public var isInDomain: @Sendable (_ claims: IDTokenClaims, _ domain: String) -> Bool = { _, _ in true }
    /// What this kind of account cannot do, whatever was granted.
    public var missingCapabilities: @Sendable (_ account: ExternalAccount) -> Set<ProviderCapability> = { _ in [] }
    /// Whether an issuer, from a callback's `iss` or from an id token, is this server.
    public var isIssuer: @Sendable (_ issuer: String, _ claims: IDTokenClaims?) -> Bool
    /// Turns the token endpoint's error into the SDK's.
    public var failure: @Sendable (_ failure: TokenEndpointFailure) -> CalendarError

    /// Creates the description of a server; see the properties.
    public init(
        authorizationEndpoint: URL,
        tokenEndpoint: URL,
        revocationEndpoint: URL? = nil,
        authorizationParameters: [String: String] = [:],
        identityScopes: [String],
        silentScopes: Set<String> = [],
        scopes: [ProviderCapability: [String]],
        scopeAliases: [String: String] = [:],
        account: @escaping @Sendable (IDTokenClaims) throws -> ExternalAccount,
        isIssuer: @escaping @Sendable (String, IDTokenClaims?) -> Bool,
        failure: @escaping @Sendable (TokenEndpointFailure) -> CalendarError
    ) {
        self.authorizationEndpoint = authorizationEndpoint
        self.tokenEndpoint = tokenEndpoint
        self.revocationEndpoint = revocationEndpoint
        self.authorizationParameters = authorizationParameters
        self.identityScopes = identityScopes
        self.silentScopes = silentScopes
        self.scopes = scopes
        self.scopeAliases = scopeAliases
        self.account = account
        self.isIssuer = isIssuer
        self.failure = failure
    }
}

/// The external account behind a connection.
public struct ExternalAccount: Sendable, Hashable {
    /// The stable key, never the address, which may change: the OpenID `sub`, or tenant and object id at Microsoft.
    public let key: String
    /// The address, for showing to its owner only.
    public let address: String

    /// Creates an account.
    public init(key: String, address: String) {
        self.key = key
        self.address = address
    }
}

/// The claims of an id token received directly from the token endpoint (OpenID Connect Core 3.1.3.7).
public struct IDTokenClaims: Sendable, Equatable {
    /// Every claim whose value is a string, by name.
    public let strings: [String: String]
    /// The expiry, `exp`.
    public let expiresAt: Date?
    /// The audiences, `aud`.
    public let audiences: [String]

    /// Creates claims.
    public init(strings: [String: String], expiresAt: Date?, audiences: [String]) {
        self.strings = strings
        self.expiresAt = expiresAt
        self.audiences = audiences
    }

    /// The value of a string claim.
    public subscript(_ name: String) -> String? { strings[name] }
}

/// What a token endpoint answered instead of a token (RFC 6749 section 5.2).
public struct TokenEndpointFailure: Sendable, Hashable {
    /// The HTTP status.
    public let status: Int
    /// The `error` field.
    public let error: String?
    /// The `suberror` or `error_subtype` field.
    public let suberror: String?
    /// The numeric `error_codes`, as Microsoft sends them.
    public let codes: [Int]
    /// The wait the service asked for, in seconds.
    public let retryAfter: Double?

    /// Creates a failure.
    public init(status: Int, error: String?, suberror: String? = nil, codes: [Int] = [], retryAfter: Double? = nil) {
        self.status = status
        self.error = error
        self.suberror = suberror
        self.codes = codes
        self.retryAfter = retryAfter
    }
}
