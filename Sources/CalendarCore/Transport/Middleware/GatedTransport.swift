/// Sends the requests of one account through a ``RequestGate``, where the service limits how many it serves at once.
///
/// It lies inside the retries, so a request that waits to be repeated takes nobody's place.
struct GatedTransport: HTTPTransport {
    let next: any HTTPTransport
    let gate: RequestGate
    /// The account whose requests count together.
    let account: String

    /// Sends a request when it is its turn.
    func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        try await gate.pass(account) { try await next.send(request) }
    }
}
