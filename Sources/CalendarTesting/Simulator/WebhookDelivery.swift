public import CalendarCore
public import Foundation

/// A notification on its way from a simulated service to the address of a channel.
///
/// It is a value that waits to be pulled: the simulator starts no work and opens no connection on its own. Printing one
/// shows neither the address nor the headers.
public struct WebhookDelivery: Sendable, Identifiable {
    /// Tells deliveries of one simulator apart, in the order they were made.
    public let id: Int
    /// The method.
    public let method: HTTPMethod
    /// Where it goes.
    public let url: URL
    /// The header fields.
    public let headers: HTTPHeaders
    /// The body; Google sends none, Microsoft a list of notifications.
    public let body: Data
    /// How often it was tried before.
    public let failedAttempts: Int

    /// Creates a delivery.
    public init(
        id: Int,
        method: HTTPMethod = .post,
        url: URL,
        headers: HTTPHeaders,
        body: Data = Data(),
        failedAttempts: Int = 0
    ) {
        self.id = id
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.failedAttempts = failedAttempts
    }

    /// The delivery as a request that a transport can send.
    ///
    /// It waits five seconds only: a receiver that cannot be reached holds up the deliveries behind it.
    public var request: HTTPRequest {
        HTTPRequest(method, url, operation: "webhook.deliver", headers: headers, body: body, timeout: .seconds(5))
    }

    /// The same delivery after one more attempt failed.
    func afterFailure() -> WebhookDelivery {
        WebhookDelivery(
            id: id,
            method: method,
            url: url,
            headers: headers,
            body: body,
            failedAttempts: failedAttempts + 1
        )
    }
}

extension WebhookDelivery: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The number only: the address and the headers may hold secrets.
    public var description: String { "delivery \(id)" }

    /// The number only.
    public var debugDescription: String { description }

    /// A mirror without the address and the headers.
    public var customMirror: Mirror { Mirror(self, children: ["id": id]) }
}

extension [WebhookDelivery] {
    /// Sends deliveries one after the other, and tells how each was answered.
    ///
    /// - Parameters:
    ///   - transport: Takes them to their addresses.
    ///   - settle: Gets each delivery with the status answered; nil when there was no answer.
    /// - Returns: How many were sent.
    /// - Throws: `CancellationError`, after all that were not answered have been settled.
    func send(
        through transport: any HTTPTransport,
        settling settle: (WebhookDelivery, Int?) -> Void
    ) async throws -> Int {
        for (position, delivery) in enumerated() {
            do {
                settle(delivery, try await transport.send(delivery.request).status)
            } catch let error as CancellationError {
                for rest in self[position...] { settle(rest, nil) }
                throw error
            } catch {
                settle(delivery, nil)
            }
        }
        return count
    }
}
