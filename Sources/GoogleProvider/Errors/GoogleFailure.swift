import CalendarCore
import Foundation

/// An answer that reports a failure: the status and the first reason.
///
/// The decision rests on these two. Messages are unstable and may hold addresses, so they are never read; HTML and
/// empty bodies leave the status alone (guide "Handle API errors").
struct GoogleFailure {
    let status: Int
    let reason: String?
    let retryAfter: Double?

    /// Reads an answer in either of the service's two error shapes.
    init(_ response: HTTPResponse) {
        status = response.status
        retryAfter = response.retryAfter
        reason = Self.reason(response.body).flatMap(ShortCode.init)?.text
    }

    private static func reason(_ body: Data) -> String? {
        guard let error = (try? JSONDocument(body))?.root["error"] else { return nil }
        if let reason = error["errors"]?.elements.first?["reason"]?.string { return reason }
        let details = error["details"].map { Array($0.elements) } ?? []
        return details.lazy.compactMap { $0["reason"]?.string }.first ?? error["status"]?.string
    }

    /// What the caller can act on.
    ///
    /// - Parameters:
    ///   - isContinued: Whether the request carried a sync or page token.
    ///   - isRepeatable: Whether it does no harm that a failed request may have taken effect.
    /// - Returns: The error, without provider, operation and id.
    func error(isContinued: Bool, isRepeatable: Bool) -> CalendarError {
        let (code, message) = situation(isContinued: isContinued)
        var error = CalendarError(code, message, reason: reason, retryAfter: retryAfter)
        error.isOutcomeUnknown = !isRepeatable && (status >= 500 || status == 408)
        if reason == "timeRangeEmpty" { error.field = "end" }
        return error
    }

    private func situation(isContinued: Bool) -> (CalendarError.Code, String) {
        switch status {
        case 400: badRequest(isContinued: isContinued)
        case 401 where reason == "push.webhookUrlUnauthorized":
            (.configuration, "The domain of the address for notifications is not verified in the Google Cloud project.")
        case 401: (.unauthenticated, "Google refused the access token.")
        case 403: forbidden
        case 404: (.notFound, "Google has no such event or calendar, or does not show it to this account.")
        case 409 where reason == "duplicate": (.duplicate, "The id is taken, possibly by a deleted event.")
        // Parts of a batch that collide: nothing is decided, and trying again is what the guide asks for.
        case 409: (.unavailable, "The change collided with another one that was under way.")
        case 410 where isContinued || reason == "fullSyncRequired" || reason == "updatedMinTooLongAgo":
            (.cursorExpired, "Google no longer knows the position in the change feed.")
        case 410: (.notFound, "The event was deleted.")
        case 412: (.conflict, "The event changed since it was last read.")
        case 429 where reason == "quotaExceeded":
            (.writesPaused, "Google limits the changes of this account for hours.")
        case 429: (.rateLimited, "Google limits the rate of requests.")
        case 413, 414: (.rejected, "The request is larger than Google allows.")
        case 408, 500...: (.unavailable, "Google cannot answer at the moment.")
        case 300..<400: (.invalidResponse, "Google redirected the request.")
        default: (.rejected, "Google refused the request.")
        }
    }

    private func badRequest(isContinued: Bool) -> (CalendarError.Code, String) {
        switch reason {
        case "fullSyncRequired", "updatedMinTooLongAgo":
            (.cursorExpired, "Google no longer knows the position in the change feed.")
        case _ where isContinued:
            (.cursorExpired, "Google does not accept the position in the change feed.")
        case "timeRangeEmpty": (.rejected, "The end does not lie after the start.")
        case "timeRangeTooLong": (.rejected, "The asked time range is too long.")
        case "eventDurationExceedsLimit": (.rejected, "The event lasts longer than Google allows.")
        case "required": (.rejected, "A required field is missing.")
        case "cannotChangeOrganizer", "cannotChangeOrganizerOfInstance":
            (.rejected, "The organizer of this event cannot change, so it stays in its calendar.")
        case "participantIsNeitherOrganizerNorAttendee":
            (.rejected, "The calendar's owner takes no part in this event.")
        case "eventTypeRestriction", "invalidEventType":
            (.rejected, "Google does not allow this for an event of this kind.")
        case let reason? where reason.hasPrefix("malformed") && reason.hasSuffix("Event"):
            (.rejected, "Google does not allow these fields for an event of this kind.")
        case "channelIdNotUnique": (.duplicate, "The id of the channel was used before.")
        case "pushNotSupportedForRequestedResource":
            (.unsupported, "Google sends no notifications for this calendar.")
        case let reason? where reason.hasPrefix("push."):
            (.configuration, "Google does not accept the address for notifications.")
        default: (.rejected, "Google refused a value of the request.")
        }
    }

    private var forbidden: (CalendarError.Code, String) {
        switch reason {
        case "rateLimitExceeded", "userRateLimitExceeded", "RATE_LIMIT_EXCEEDED":
            (.rateLimited, "Google limits the rate of requests.")
        case "quotaExceeded": (.writesPaused, "Google limits the changes of this account for hours.")
        case "dailyLimitExceeded", "dailyLimitExceededUnreg":
            (.configuration, "The daily limit of the Google Cloud project is used up.")
        case "accessNotConfigured", "SERVICE_DISABLED":
            (.configuration, "The Calendar API is not enabled in the Google Cloud project.")
        case "insufficientPermissions", "ACCESS_TOKEN_SCOPE_INSUFFICIENT":
            (.scopeMissing, "The grant does not cover this operation.")
        case "forbiddenForNonOrganizer":
            (.forbidden, "Only the organizer may change these fields.")
        case "forbiddenForServiceAccounts":
            (.configuration, "A service account needs domain-wide delegation to invite guests.")
        case "notACalendarUser": (.forbidden, "The account has no Google Calendar.")
        case "domainPolicy": (.forbidden, "A policy of the account's organisation forbids this.")
        case "requiredAccessLevel": (.forbidden, "The account's role in this calendar does not allow this.")
        default: (.forbidden, "Google does not allow this account to do this.")
        }
    }
}
