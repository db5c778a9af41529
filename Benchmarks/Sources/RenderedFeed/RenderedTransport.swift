import CalendarCore
import Foundation

/// Hands out the pages of a rendered calendar, and does nothing else.
struct RenderedTransport: HTTPTransport {
    let calendar: RenderedCalendar

    func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        HTTPResponse(status: 200, headers: ["Content-Type": "application/json"], body: body(for: request))
    }

    private func body(for request: HTTPRequest) -> Data {
        if let token = value("syncToken", in: request) {
            return token < calendar.increments.count ? calendar.increments[token] : calendar.quiet
        }
        return calendar.pages[value("pageToken", in: request) ?? 0]
    }

    private func value(_ name: String, in request: HTTPRequest) -> Int? {
        URLComponents(url: request.url, resolvingAgainstBaseURL: false)?
            .queryItems?.first { $0.name == name }?.value.flatMap { Int($0) }
    }
}
