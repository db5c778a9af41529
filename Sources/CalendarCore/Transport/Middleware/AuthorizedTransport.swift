/// Adds the access token of a connection to each request, and renews a refused token once.
///
/// The token is asked for with every request; put this inside ``RetryingTransport``, so that a token that expires while
/// waiting is replaced. A request answered 401 was not carried out, so repeating it is safe.
public struct AuthorizedTransport: HTTPTransport {
    private let next: any HTTPTransport
    private let source: AccessTokenSource
    private let connection: Connection
    private let registration: ProviderRegistration

    /// Wraps a transport for one connection.
    public init(
        _ next: any HTTPTransport,
        source: AccessTokenSource,
        connection: Connection,
        registration: ProviderRegistration
    ) {
        self.next = next
        self.source = source
        self.connection = connection
        self.registration = registration
    }

    /// Sends a request with a token.
    ///
    /// - Throws: `CalendarError.unauthenticated` when the service refuses a renewed token too; `reconnectRequired` when it
    ///   demands claims that a renewed token does not have; the failures of ``AccessTokenSource``.
    public func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        let request = try await addressed(request)
        let token = try await source.token(for: connection, using: registration)
        let first = try await next.send(authorized(request, token))
        guard first.status == 401 else { return first }
        let renewed = try await source.refreshed(
            token,
            for: connection,
            using: registration,
            demanding: ClaimsRequest.demanded(by: first.headers["WWW-Authenticate"])
        )
        let second = try await next.send(authorized(request, renewed))
        guard second.status == 401 else { return second }
        if let claims = ClaimsRequest.demanded(by: second.headers["WWW-Authenticate"]) {
            try await source.requireReconnect(connection, refused: renewed, demanding: claims)
        }
        throw CalendarError(
            .unauthenticated,
            "The service refused the access token, also after it was renewed.",
            provider: connection.provider,
            operation: request.operation,
            identifier: connection.key.connection.rawValue
        )
    }

    /// The request for the mailbox, where nobody is signed in whom the service would take it to be about.
    private func addressed(_ request: HTTPRequest) async throws -> HTTPRequest {
        guard case .application(let mailbox) = connection.grant else { return request }
        var request = request
        let grant = try await registration.applications.grant(of: connection.key.tenant)
        request.url = try grant.address(request.url, mailbox)
        return request
    }

    /// The request with the token in its header (RFC 6750 section 2.1).
    private func authorized(_ request: HTTPRequest, _ token: Secret) -> HTTPRequest {
        var request = request
        request.headers["Authorization"] = "Bearer \(token.reveal())"
        return request
    }
}

extension AuthorizedTransport: CustomStringConvertible {
    /// The connection's id.
    public var description: String { "transport of connection \(connection.key.connection)" }
}
