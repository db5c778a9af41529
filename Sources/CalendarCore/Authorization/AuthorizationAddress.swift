package import Foundation

/// The address of a service's consent page for one attempt (RFC 6749 section 4.1.1, RFC 7636 section 4.3).
package struct AuthorizationAddress: Sendable {
    /// The service.
    package let server: AuthorizationServer
    /// The client.
    package let client: OAuthClient
    /// The scopes asked for.
    package let scopes: [String]
    /// The state.
    package let state: Secret
    /// The OpenID nonce.
    package let nonce: String
    /// The PKCE challenge.
    package let challenge: String
    /// The service's own fields of this attempt.
    package var parameters: [String: String] = [:]
    /// The claims that the service demanded of the next token.
    package var demandedClaims: String?

    /// The address; the service's further parameters come last, by name, and replace none of ours.
    ///
    /// - Throws: `CalendarError.configuration` when the server's endpoint is not usable.
    package var url: URL {
        get throws {
            var fields = FormFields([
                ("response_type", "code"), ("client_id", client.id), ("redirect_uri", client.redirectURI),
                ("scope", scopes.joined(separator: " ")), ("state", state.reveal()), ("nonce", nonce),
                ("code_challenge", challenge), ("code_challenge_method", "S256"),
            ])
            fields.add("claims", ClaimsRequest.merged(server.claims, demandedClaims))
            let further = server.authorizationParameters.merging(parameters) { $1 }.sorted { $0.key < $1.key }
            for (name, value) in further where fields[name] == nil { fields.add(name, value) }
            let endpoint = server.authorizationEndpoint.absoluteString
            let separator = endpoint.contains("?") ? "&" : "?"
            guard let url = URL(string: endpoint + separator + fields.encoded) else {
                throw CalendarError(.configuration, "The authorization endpoint is not a usable address.")
            }
            return url
        }
    }
}
