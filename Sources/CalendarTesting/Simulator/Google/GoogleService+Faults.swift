import CalendarCore
import Foundation

extension GoogleService {
    /// Answers a request, or does what a fault says, and logs it; nil when the connection is cut.
    mutating func serve(_ request: HTTPRequest) -> HTTPResponse? {
        let effect = faults.strike(request)
        let response = reply(to: request, under: effect)
        let path = request.url.path(percentEncoded: false)
        requests.append(SimulatedRequest(method: request.method, path: path, status: response?.status))
        return response
    }

    private mutating func reply(to request: HTTPRequest, under effect: SimulatedFault.Effect?) -> HTTPResponse? {
        switch effect {
        case nil: return answer(request)
        case .loseRequest: return nil
        case .answer(let response): return response
        case .status(let status, let reason, let seconds): return Self.failure(status, reason, retryAfter: seconds)
        case .expireSyncTokens: syncEpoch += 1
        case .expireAccessTokens: authorization.accessTokens = [:]
        case .loseReply, .statusAfterEffect, .malformedBody, .unknownField, .unknownValue: break
        }
        let response = answer(request)
        guard case .statusAfterEffect(let status)? = effect else { return effect?.reply(response) }
        return Self.failure(status, nil, retryAfter: nil)
    }

    /// A refusal that a fault asks for, with the usual reason of its status.
    private static func failure(_ status: Int, _ reason: String?, retryAfter: Int?) -> HTTPResponse {
        var response: HTTPResponse
        if reason == nil, (502...504).contains(status) {
            // The front ends answer in HTML.
            response = .googlePage(status: status, "\(status). That’s an error.")
        } else {
            let usual: (reason: String, message: String) =
                switch status {
                case 401: ("authError", "Invalid Credentials")
                case 403: ("rateLimitExceeded", "Rate Limit Exceeded")
                case 404: ("notFound", "Not Found")
                case 409: ("conflict", "Conflict")
                case 410: ("fullSyncRequired", "Sync token is no longer valid, a full sync is required.")
                case 412: ("conditionNotMet", "Precondition Failed")
                case 429: ("rateLimitExceeded", "Rate Limit Exceeded")
                case 500...: ("backendError", "Backend Error")
                default: ("badRequest", "Bad Request")
                }
            let reason = reason ?? usual.reason
            let message = reason == usual.reason ? usual.message : reason
            response = GoogleRefusal(status, reason, message, domain: GoogleRefusal.usualDomain(of: reason)).response
        }
        if let retryAfter { response.headers["Retry-After"] = String(retryAfter) }
        return response
    }
}

extension GoogleRefusal {
    /// The domain that the service names with a reason.
    static func usualDomain(of reason: String) -> String {
        switch reason {
        case "rateLimitExceeded", "userRateLimitExceeded", "quotaExceeded", "dailyLimitExceeded",
            "dailyLimitExceededUnreg", "accessNotConfigured":
            "usageLimits"
        case "fullSyncRequired", "updatedMinTooLongAgo": "calendar"
        default: "global"
        }
    }
}

extension HTTPResponse {
    /// A page for a person.
    static func googlePage(status: Int, _ text: String) -> HTTPResponse {
        HTTPResponse(
            status: status,
            headers: ["Content-Type": "text/html; charset=UTF-8"],
            body: Data("<!DOCTYPE html>\n<html lang=en><title>Error</title><p>\(text)</p></html>\n".utf8)
        )
    }
}
