import CalendarCore
import Foundation

/// The clients, codes and tokens that the simulated service knows.
struct GoogleAuthorizationState: Sendable {
    /// A code on its way from the callback to the token endpoint.
    struct Code: Sendable {
        let address: String
        let scopes: [String]
        /// The PKCE challenge; nil for a request without one.
        let challenge: String?
        let nonce: String?
        let isOffline: Bool
        let expiresAt: Date
        let client: String
        let redirectURI: String
    }

    /// What a refresh token stands for.
    struct Grant: Sendable {
        let address: String
        let scopes: [String]
        let client: String
        /// The place in the order of issue.
        let serial: Int
        /// When it ends by itself; nil for never.
        let expiresAt: Date?
        var lastUsed: Date
    }

    /// What an access token opens.
    struct Access: Sendable {
        let address: String
        let scopes: Set<String>
        let expiresAt: Date
        let client: String
    }

    /// A service account and what an administrator lets it do in the name of users.
    struct ServiceAccount: Sendable {
        let address: String
        let publicKeyPEM: String
        let delegatedScopes: Set<String>
    }

    /// A refresh token that nobody used for so long ends: six months.
    static let longestRest: Double = 183 * 86_400
    /// The life of a refresh token of an app that is still being tested: seven days.
    static let testingLife: Double = 7 * 86_400
    /// An account has at most so many refresh tokens of one client; the oldest ends without a word.
    static let refreshTokenLimit = 100

    /// The clients of the project; the first one is there from the start.
    var clients: [OAuthClient]
    var codes: [String: Code] = [:]
    var refreshTokens: [String: Grant] = [:]
    var accessTokens: [String: Access] = [:]
    var serviceAccounts: [ServiceAccount] = []
    /// What each account ever granted to the project; it is not asked again unless the request says so or wants more.
    var consented: [String: Set<String>] = [:]
    /// Whether the app's publishing status is "Testing".
    var isTesting = false
    var refusal: GoogleSignInRefusal?
    private var lastSerial = 0

    init(client: OAuthClient) {
        clients = [client]
    }

    /// The client with an id.
    func client(_ id: String?) -> OAuthClient? {
        clients.first { $0.id == id }
    }

    /// Keeps a refresh token and drops the oldest one of the same account and client when there are too many.
    mutating func keep(_ token: String, for address: String, scopes: [String], client: String, now: Date) {
        lastSerial += 1
        let isIdentityOnly = scopes.allSatisfy(GoogleScopes.isIdentity)
        refreshTokens[token] = Grant(
            address: address,
            scopes: scopes,
            client: client,
            serial: lastSerial,
            expiresAt: isTesting && !isIdentityOnly ? now.addingTimeInterval(Self.testingLife) : nil,
            lastUsed: now
        )
        let siblings = refreshTokens.filter { $0.value.address == address && $0.value.client == client }
        guard siblings.count > Self.refreshTokenLimit else { return }
        if let oldest = siblings.min(by: { $0.value.serial < $1.value.serial }) { refreshTokens[oldest.key] = nil }
    }

    /// The grant behind a refresh token that still lives.
    func grant(_ token: String, now: Date) -> Grant? {
        guard let grant = refreshTokens[token], grant.expiresAt.map({ $0 > now }) ?? true,
            grant.lastUsed.addingTimeInterval(Self.longestRest) > now
        else { return nil }
        return grant
    }

    /// Ends everything that an account granted, for all clients of the project.
    mutating func revoke(_ address: String) {
        refreshTokens = refreshTokens.filter { $0.value.address != address }
        accessTokens = accessTokens.filter { $0.value.address != address }
        codes = codes.filter { $0.value.address != address }
        consented[address] = nil
    }
}

extension GoogleService {
    /// The account and the access of a bearer token (RFC 6750).
    func authenticate(
        _ headers: HTTPHeaders
    ) throws(GoogleRefusal) -> (account: Int, access: GoogleAuthorizationState.Access) {
        guard let header = headers["Authorization"] else { throw .loginRequired }
        let parts = header.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "bearer",
            let access = authorization.accessTokens[String(parts[1])], access.expiresAt > now,
            let account = accountIndex(access.address)
        else { throw .invalidCredentials }
        return (account, access)
    }
}
