public import Foundation

/// One attempt to connect an account, stored between the start and the callback.
///
/// Only digests of the state and of the browser's cookie are kept, so that the store gives neither away. The attempt is
/// used at most once and expires (requirement M-01).
public struct AuthorizationAttempt: Sendable, Equatable {
    /// What the attempt is for.
    public enum Intent: Sendable, Hashable {
        /// A new connection.
        case connect
        /// A new grant for an existing connection, which keeps its id, cursors and links.
        case reconnect(ConnectionID)
    }

    /// SHA-256 of the state, base64url.
    public let stateDigest: String
    /// SHA-256 of the cookie handed to the browser, base64url.
    public let cookieDigest: String
    /// The organisation.
    public let tenant: TenantID
    /// The user who started.
    public let user: UserID
    /// The service.
    public let provider: ProviderID
    /// Who will own the connection.
    public let owner: Connection.Owner
    /// The host's label for the environment the connection belongs to.
    public let environment: String?
    /// The OAuth client used; the exchange uses the same.
    public let clientID: String
    /// The redirect URI sent; the exchange sends the same.
    public let redirectURI: String
    /// The scopes asked for.
    public let requestedScopes: [String]
    /// The capabilities without which no connection is made; nil means all that the scopes stand for.
    public let requiredCapabilities: Set<ProviderCapability>?
    /// The domain that the account has to belong to; nil for any.
    public let domain: String?
    /// The PKCE code verifier (RFC 7636).
    public let codeVerifier: Secret
    /// The OpenID nonce.
    public let nonce: String
    /// What the attempt is for.
    public let intent: Intent
    /// When it was started.
    public let createdAt: Date
    /// When it stops being usable.
    public let expiresAt: Date

    /// Creates an attempt; see the properties.
    public init(
        stateDigest: String,
        cookieDigest: String,
        tenant: TenantID,
        user: UserID,
        provider: ProviderID,
        owner: Connection.Owner,
        environment: String?,
        clientID: String,
        redirectURI: String,
        requestedScopes: [String],
        requiredCapabilities: Set<ProviderCapability>? = nil,
        domain: String? = nil,
        codeVerifier: Secret,
        nonce: String,
        intent: Intent,
        createdAt: Date,
        expiresAt: Date
    ) {
        self.stateDigest = stateDigest
        self.cookieDigest = cookieDigest
        self.tenant = tenant
        self.user = user
        self.provider = provider
        self.owner = owner
        self.environment = environment
        self.clientID = clientID
        self.redirectURI = redirectURI
        self.requestedScopes = requestedScopes
        self.requiredCapabilities = requiredCapabilities
        self.domain = domain
        self.codeVerifier = codeVerifier
        self.nonce = nonce
        self.intent = intent
        self.createdAt = createdAt
        self.expiresAt = expiresAt
    }
}

/// What a host needs to send a user to the consent page.
public struct AuthorizationStart: Sendable {
    /// Where to send the browser; it carries the state, so keep it out of logs.
    public let url: URL
    /// A value to set as a `__Host-` cookie in the user's browser, and to hand back with the callback.
    public let cookie: Secret
    /// When the attempt stops being usable.
    public let expiresAt: Date

    /// Creates a start.
    public init(url: URL, cookie: Secret, expiresAt: Date) {
        self.url = url
        self.cookie = cookie
        self.expiresAt = expiresAt
    }
}

extension AuthorizationStart: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The host of the consent page and nothing else.
    public var description: String { "authorization at \(url.host() ?? "unknown")" }

    /// The host of the consent page and nothing else.
    public var debugDescription: String { description }

    /// A mirror of the description alone.
    public var customMirror: Mirror { Mirror(self, children: ["start": description]) }
}
