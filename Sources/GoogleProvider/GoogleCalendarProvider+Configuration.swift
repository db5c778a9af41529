public import Foundation

extension GoogleCalendarProvider {
    /// Where the service is found and how this SDK's own marks are named.
    public struct Configuration: Sendable, Hashable {
        /// The address below which the API's paths lie.
        public var root: URL
        /// The prefix of private extended properties: the mark of created events and the host's tags.
        ///
        /// Google drops keys beyond 44 characters, so a long name leaves little room for the keys of tags.
        public var namespace: String
        /// Where accounts are connected.
        public var authorization: AuthorizationEndpoints

        /// Creates a configuration; the defaults mean the real service.
        public init(
            root: URL = Self.serviceRoot,
            namespace: String = "swift-calendar",
            authorization: AuthorizationEndpoints = AuthorizationEndpoints()
        ) {
            self.root = root
            self.namespace = namespace
            self.authorization = authorization
        }

        /// The root of the real service (discovery document of Calendar v3, `rootUrl` and `servicePath`).
        public static let serviceRoot = Self.https("www.googleapis.com", "/calendar/v3")

        var markers: MarkerNames { MarkerNames(namespace: namespace) }

        static func https(_ host: String, _ path: String) -> URL {
            var components = URLComponents()
            components.scheme = "https"
            components.host = host
            components.path = path
            guard let url = components.url else { preconditionFailure("a constant address is malformed") }
            return url
        }
    }

    /// The addresses of an OAuth server that behaves like Google's.
    public struct AuthorizationEndpoints: Sendable, Hashable {
        /// Where the user's browser is sent.
        public var authorization: URL
        /// Where codes and refresh tokens are exchanged.
        public var token: URL
        /// Where tokens are revoked.
        public var revocation: URL
        /// The names under which the server issues id tokens.
        public var issuers: [String]
        /// Whether a grant also covers what the account granted to other clients of the same Cloud project.
        ///
        /// Off by default: it brings scopes nobody asked for here, and a revocation ends all of them.
        public var includesGrantedScopes: Bool

        /// Creates endpoints; the defaults mean the real service.
        public init(
            authorization: URL = Self.authorizationEndpoint,
            token: URL = Self.tokenEndpoint,
            revocation: URL = Self.revocationEndpoint,
            issuers: [String] = ["https://accounts.google.com", "accounts.google.com"],
            includesGrantedScopes: Bool = false
        ) {
            self.authorization = authorization
            self.token = token
            self.revocation = revocation
            self.issuers = issuers
            self.includesGrantedScopes = includesGrantedScopes
        }

        /// Google's consent page.
        public static let authorizationEndpoint = Configuration.https("accounts.google.com", "/o/oauth2/v2/auth")
        /// Google's token endpoint.
        public static let tokenEndpoint = Configuration.https("oauth2.googleapis.com", "/token")
        /// Google's revocation endpoint (RFC 7009).
        public static let revocationEndpoint = Configuration.https("oauth2.googleapis.com", "/revoke")
    }
}
