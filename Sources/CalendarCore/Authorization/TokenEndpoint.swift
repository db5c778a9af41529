import Foundation

/// Exchanges codes and refresh tokens for access tokens (RFC 6749 sections 4.1.3 and 6).
///
/// One call is one request: nothing is repeated here. No part of an answer except its short error codes reaches an
/// error.
package struct TokenEndpoint: Sendable {
    private let provider: ProviderID
    private let server: AuthorizationServer
    private let client: OAuthClient
    private let transport: any HTTPTransport
    private let clock: any WallClock

    /// Creates the endpoint of a registration for one of its clients.
    package init(_ registration: ProviderRegistration, client: OAuthClient, clock: any WallClock) {
        provider = registration.provider.descriptor.id
        server = registration.provider.authorizationServer
        transport = registration.transport
        self.client = client
        self.clock = clock
    }

    /// Exchanges an authorization code.
    ///
    /// - Parameters:
    ///   - code: The code from the callback.
    ///   - verifier: The PKCE verifier of the attempt.
    ///   - redirectURI: The redirect URI of the attempt.
    ///   - requestedScopes: The scopes of the attempt.
    /// - Returns: What was granted.
    /// - Throws: The error the service's description makes of a refusal, or the transport's failure.
    package func exchange(
        code: Secret,
        verifier: Secret,
        redirectURI: String,
        requestedScopes: [String]
    ) async throws -> TokenGrant {
        let fields = [
            ("grant_type", "authorization_code"), ("code", code.reveal()), ("redirect_uri", redirectURI),
            ("code_verifier", verifier.reveal()),
        ]
        return try await post(fields, operation: "oauth.exchange", requestedScopes: requestedScopes)
    }

    /// Exchanges a refresh token.
    ///
    /// - Parameters:
    ///   - refreshToken: The refresh token.
    ///   - scopes: The scopes granted so far, which stay granted when the answer names none.
    /// - Returns: What was granted.
    /// - Throws: The error the service's description makes of a refusal, or the transport's failure.
    package func refresh(_ refreshToken: Secret, scopes: [String]) async throws -> TokenGrant {
        let fields = [("grant_type", "refresh_token"), ("refresh_token", refreshToken.reveal())]
        return try await post(fields, operation: "oauth.refresh", requestedScopes: scopes)
    }

    private func post(
        _ fields: [(String, String)],
        operation: String,
        requestedScopes: [String]
    ) async throws -> TokenGrant {
        var form = FormFields(fields)
        form.add("client_id", client.id)
        form.add("client_secret", client.secret?.reveal())
        let request = HTTPRequest(
            .post,
            server.tokenEndpoint,
            operation: operation,
            headers: ["Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"],
            body: Data(form.encoded.utf8),
            timeout: .seconds(20),
            responseLimit: 1024 * 1024
        )
        let sentAt = clock.now
        do {
            let response = try await transport.send(request)
            let answer = (try? JSONDocument(response.body))?.root
            guard response.isSuccess, let answer, answer["error"]?.string == nil else {
                throw failure(response, answer)
            }
            return try TokenGrant(
                answer,
                sentAt: sentAt,
                requestedScopes: requestedScopes,
                aliases: server.scopeAliases
            )
        } catch let error as CalendarError {
            throw error.adding(provider: provider, operation: operation)
        }
    }

    private func failure(_ response: HTTPResponse, _ answer: JSONValue?) -> CalendarError {
        let suberror = answer?["suberror"]?.string ?? answer?["error_subtype"]?.string
        let error = answer?["error"]?.string
        guard !response.isSuccess || error != nil else {
            return CalendarError(.invalidResponse, "The token endpoint's answer is not JSON.")
        }
        return server.failure(
            TokenEndpointFailure(
                status: response.status,
                error: error.flatMap(OAuthErrorCode.wellFormed),
                suberror: suberror.flatMap(OAuthErrorCode.wellFormed),
                codes: answer?["error_codes"]?.elements.compactMap(\.int) ?? [],
                retryAfter: response.retryAfter
            )
        )
    }
}
