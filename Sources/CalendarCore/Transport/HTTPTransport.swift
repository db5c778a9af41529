/// Sends one request and returns its answer; everything else is middleware around it.
///
/// - A host implements it to use its own HTTP client: honour `timeout` and `responseLimit`, follow no redirect (an
///   API client needs none, and following one would send credentials elsewhere), return every status as an answer,
///   and throw only when there is no answer. ``URLSessionTransport`` is the implementation used by default.
/// - A middleware is a transport that holds the next one, such as ``RetryingTransport``.
/// - A test uses `ScriptedTransport` or a simulator from CalendarTesting.
///
/// Cancelling the calling task ends the request and throws `CancellationError`. Other failures are `CalendarError` with
/// code `connectionFailed`, `timedOut` or `responseTooLarge`; `isOutcomeUnknown` is set unless the request certainly
/// never reached the service.
public protocol HTTPTransport: Sendable {
    /// Sends a request and waits for the whole answer.
    func send(_ request: HTTPRequest) async throws -> HTTPResponse
}
