import CalendarCore
import CalendarTesting
import Foundation
import MicrosoftProvider
import Synchronization

/// A host's address for notifications, which reads every request with the adapter.
final class ChannelHost: HTTPTransport {
    private let provider = MicrosoftCalendarProvider()
    private let received = Mutex<[ChannelNotification]>([])
    private let status = Mutex<Int?>(nil)

    /// Answers every request with this status in place of the adapter's answer.
    func fail(with status: Int?) {
        self.status.withLock { $0 = status }
    }

    /// The notifications since the last look.
    func take() -> [ChannelNotification] {
        received.withLock { received in
            defer { received = [] }
            return received
        }
    }

    func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        if let status = status.withLock({ $0 }) { return HTTPResponse(status: status) }
        let received = WebhookRequest(
            method: request.method,
            query: request.url.query(percentEncoded: true) ?? "",
            headers: request.headers,
            body: request.body ?? Data()
        )
        switch try provider.webhookContents(of: received) {
        case .handshake(let answer): return answer
        case .notifications(let found):
            self.received.withLock { $0 += found }
            return HTTPResponse(status: 202)
        }
    }
}
