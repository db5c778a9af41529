import Foundation

/// Obtains access tokens: for codes and refresh tokens (RFC 6749 sections 4.1.3 and 6), and for the host's own keys.
///
/// One call is one request: nothing is repeated here. No part of an answer except its short error codes reaches an
/// error.
package struct TokenEndpoint: Sendable {
    private let provider: ProviderID
    private let server: AuthorizationServer
    private let client: OAuthClient?
    private let transport: any HTTPTransport
    private let clock: any WallClock

    /// Creates the endpoint of a registration for one of its clients; an application grant brings its own credentials.
    package init(_ registration: ProviderRegistration, client: OAuthClient?, clock: any WallClock) {
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
        do {
            return try await post(fields, operation: "oauth.exchange", requestedScopes: requestedScopes)
        } catch var error as CalendarError where error.code == .reconnectRequired && isGrantRefusal(error) {
            // The code is used, too old or another attempt's: no grant has ended, since none was made.
            error.code = .attemptInvalid
            throw error
        }
    }

    /// Exchanges a refresh token.
    ///
    /// - Parameters:
    ///   - refreshToken: The refresh token.
    ///   - scopes: The scopes granted so far, which stay granted when the answer names none.
    ///   - demandedClaims: The claims (JSON) that the service demands of the next token.
    /// - Returns: What was granted.
    /// - Throws: The error the service's description makes of a refusal, or the transport's failure.
    package func refresh(
        _ refreshToken: Secret,
        scopes: [String],
        demandedClaims: String? = nil
    ) async throws -> TokenGrant {
        let fields = [("grant_type", "refresh_token"), ("refresh_token", refreshToken.reveal())]
        return try await post(fields, operation: "oauth.refresh", requestedScopes: scopes, claims: demandedClaims)
    }

    /// Obtains a token for a mailbox with the host's own key.
    ///
    /// - Parameters:
    ///   - grant: The key and what may be done with it.
    ///   - mailbox: The mailbox.
    ///   - scopes: The scopes.
    ///   - identifier: A text never used before.
    /// - Returns: What was granted.
    /// - Throws: `CalendarError.permissionDenied` for a mailbox that is not on the list, before anything is signed;
    ///   `configuration` with the reason `delegationMissing`; the failures of the other ways.
    package func token(
        _ grant: ApplicationGrant,
        mailbox: String,
        scopes: [String],
        identifier: String
    ) async throws -> TokenGrant {
        let query = ApplicationTokenQuery(
            mailbox: try grant.listed(mailbox),
            scopes: scopes,
            endpoint: server.tokenEndpoint,
            now: clock.now,
            identifier: identifier
        )
        let request = try await grant.tokenRequest(query)
        do {
            return try await post(
                request.fields.map { ($0.name, $0.value.reveal()) },
                to: request.endpoint,
                operation: "oauth.application",
                requestedScopes: scopes
            )
        } catch let error as CalendarError {
            throw grant.explaining(error).adding(provider: provider)
        }
    }

    private func isGrantRefusal(_ error: CalendarError) -> Bool {
        error.reason?.hasPrefix("invalid_grant") ?? false
    }

    private func post(
        _ fields: [(String, String)],
        to endpoint: URL? = nil,
        operation: String,
        requestedScopes: [String],
        claims: String? = nil
    ) async throws -> TokenGrant {
        var form = FormFields(fields)
        if let client {
            form.add("client_id", client.id)
            form.add("client_secret", client.secret?.reveal())
            form.add("claims", ClaimsRequest.merged(server.claims, claims))
        }
        let request = HTTPRequest(
            .post,
            endpoint ?? server.tokenEndpoint,
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
