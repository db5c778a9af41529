import Foundation

/// An OAuth client as registered with a service (RFC 6749 section 2).
///
/// A public client (native app) has no secret. The secret can be set and never read back through the service.
public struct OAuthClient: Sendable, Equatable {
    /// The client identifier.
    public let id: String
    /// The client secret; nil for a public client.
    public let secret: Secret?
    /// The redirect URI, sent unchanged in the authorization and the token request.
    public let redirectURI: String
    /// Who the client belongs to, as shown to users, such as `Your organization`.
    public let label: String

    /// Creates a client.
    public init(id: String, secret: Secret?, redirectURI: String, label: String = "Platform default") {
        self.id = id
        self.secret = secret
        self.redirectURI = redirectURI
        self.label = label
    }
}

/// Where a provider's OAuth client comes from.
public struct OAuthClientSource: Sendable {
    private let resolve: @Sendable (_ prefixes: [String]) throws -> OAuthClient

    /// A fixed client.
    public static func value(_ client: OAuthClient) -> OAuthClientSource {
        OAuthClientSource { _ in client }
    }

    /// The client named by environment variables `<PREFIX>_CLIENT_ID`, `_CLIENT_SECRET` and `_REDIRECT_URI`.
    ///
    /// Each provider names its prefixes, the preferred one first (`GOOGLE_CALENDAR`; `MICROSOFT_CALENDAR`, `OUTLOOK`).
    /// Nothing is read until a client is needed; then a missing variable is an error that names it.
    public static let environment = environment(ProcessInfo.processInfo.environment)

    /// The client named by the given variables instead of the process's.
    public static func environment(_ variables: [String: String]) -> OAuthClientSource {
        OAuthClientSource { prefixes in
            func value(_ suffix: String) -> String? {
                for prefix in prefixes {
                    if let text = variables["\(prefix)_\(suffix)"], !text.isEmpty { return text }
                }
                return nil
            }
            func required(_ suffix: String) throws -> String {
                guard let text = value(suffix) else {
                    let name = "\(prefixes.first ?? "CALENDAR")_\(suffix)"
                    throw CalendarError(.configuration, "The environment variable \(name) is not set.", field: name)
                }
                return text
            }
            return OAuthClient(
                id: try required("CLIENT_ID"),
                secret: Secret(try required("CLIENT_SECRET")),
                redirectURI: try required("REDIRECT_URI")
            )
        }
    }

    /// The client.
    ///
    /// - Throws: `CalendarError.configuration` naming the variable that is missing.
    package func client(prefixes: [String]) throws -> OAuthClient {
        try resolve(prefixes)
    }
}
