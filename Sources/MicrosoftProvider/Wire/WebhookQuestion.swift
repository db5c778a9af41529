import CalendarCore
import Foundation

/// The question by which the service checks an address
/// (https://learn.microsoft.com/graph/change-notifications-delivery-webhooks).
enum WebhookQuestion {
    /// The answer: the decoded token as plain text, in a form that no browser takes for a page.
    ///
    /// - Throws: `CalendarError.invalidArgument` for a token that the service would not send.
    static func answer(to token: String, body: Data) throws -> HTTPResponse {
        guard body.isEmpty else {
            throw CalendarError.invalidArgument("body", "The service's question has no body.")
        }
        let isText = token.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) }
        guard isText, (1...2048).contains(token.utf8.count) else {
            throw CalendarError.invalidArgument("validationToken", "The token is empty, too long or no text.")
        }
        return HTTPResponse(
            status: 200,
            headers: ["Content-Type": "text/plain; charset=utf-8", "X-Content-Type-Options": "nosniff"],
            body: Data(token.utf8)
        )
    }
}
