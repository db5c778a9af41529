import CalendarCore
import CalendarTesting
import Foundation

/// The control API.
extension SimulatedServices {
    /// Carries out a control request, or says which field of it is wrong.
    func control(method: String, path: String, body: Data) async throws -> SimulatedAnswer {
        do {
            return try await carryOut(try ControlRequest(method: method, path: path, body: body))
        } catch let refusal as ControlRefusal {
            return try .json(Refused(refusal), status: refusal.status)
        } catch let error as CalendarError {
            return try .json(Refused(ControlRefusal(error)), status: 400)
        }
    }

    private func carryOut(_ request: ControlRequest) async throws -> SimulatedAnswer {
        let stage = stage
        switch request {
        case .reset: reset()
        case .addAccount(let account): return try .json(try await add(account))
        case .readClock: return try .json(ClockReading(now: clock.now))
        case .advanceClock(let seconds):
            clock.advance(by: seconds)
            return try .json(ClockReading(now: clock.now))
        case .addFault(let order):
            let fault = try order.simulated
            if order.provider == .google { stage.google.add(fault) } else { stage.microsoft.add(fault) }
        case .expireSyncTokens(let service):
            if service != .microsoft { stage.google.expireSyncTokens() }
            if service != .google { stage.microsoft.expireSyncTokens() }
        case .expireAccessTokens(let service):
            if service != .microsoft { stage.google.expireAccessTokens() }
            if service != .google { stage.microsoft.expireAccessTokens() }
        case .consent(let order):
            let isGoogle = order.service == .google
            let callback =
                try isGoogle
                ? stage.google.consent(to: order.url, as: order.email, granting: order.scopes)
                : stage.microsoft.consent(to: order.url, as: order.email, granting: order.scopes)
            return try .json(["redirect": callback.absoluteString])
        case .mail:
            let google = stage.google.mail.map { MailLine($0, .google) }
            return try .json(["mail": google + stage.microsoft.mail.map { MailLine($0, .microsoft) }])
        case .requests:
            let google = stage.google.requests.map { RequestLine($0, .google) }
            return try .json(["requests": google + stage.microsoft.requests.map { RequestLine($0, .microsoft) }])
        }
        return try .json([String: String]())
    }
}

/// The body of a refused control request.
struct Refused: Encodable {
    let error: String
    let field: String?

    init(_ refusal: ControlRefusal) {
        field = refusal.field
        error = (refusal.field.map { $0 + ": " } ?? "") + refusal.message
    }
}

private struct ClockReading: Encodable {
    let now: String

    init(now: Date) { self.now = now.formatted(.iso8601) }
}

private struct MailLine: Encodable {
    let provider: SimulatedService
    let kind: String
    let from: String
    let to: String
    let iCalUID: String
    let title: String?

    init(_ mail: SimulatedMail, _ provider: SimulatedService) {
        self.provider = provider
        kind = mail.kind.rawValue
        from = mail.from
        to = mail.to
        iCalUID = mail.iCalUID
        title = mail.content.title
    }
}

private struct RequestLine: Encodable {
    let provider: SimulatedService
    let method: String
    let path: String
    let status: Int?

    init(_ request: SimulatedRequest, _ provider: SimulatedService) {
        self.provider = provider
        method = request.method.rawValue
        path = request.path
        status = request.status
    }
}
