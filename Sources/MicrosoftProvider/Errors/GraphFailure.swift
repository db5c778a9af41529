import CalendarCore
import Foundation

/// Turns a refusal of Graph into the SDK's error: the one place that knows statuses and codes.
///
/// Branches on the status and the codes, never on the message (https://learn.microsoft.com/graph/errors).
enum GraphFailure {
    /// What the refused request was about, where that changes the meaning.
    enum Subject {
        /// The change feed, by a link or at its beginning.
        case feed
        /// Anything that may be repeated.
        case read
        /// A write whose effect is unknown after a server fault.
        case write
        /// The opening of a channel, which is a write too and has refusals of its own.
        case channel
    }

    /// The error for an answer that is no success.
    static func error(for response: HTTPResponse, of subject: Subject) -> CalendarError {
        let codes = GraphErrorCodes(response.body)
        let (code, message) = classify(response.status, codes, subject)
        let isServerFault = response.status >= 500 && code == .unavailable
        return CalendarError(
            code,
            message,
            field: code == .rejected ? faultyField(codes)?.rawValue : nil,
            provider: .microsoft,
            reason: codes.first ?? "HTTP \(response.status)",
            retryAfter: response.retryAfter,
            isOutcomeUnknown: [.write, .channel].contains(subject) && isServerFault
        )
    }

    /// Whether an answer to the first page of a feed means that the window holds more than Graph can list in time.
    ///
    /// Long windows with many endless series answer so again and again, mostly with 504 and `UnknownError`
    /// (https://github.com/microsoftgraph/msgraph-sdk-dotnet/issues/1568). A 503 that names a time to come back is an
    /// overload of the service, whatever the window.
    static func suggestsSmallerWindow(_ response: HTTPResponse) -> Bool {
        let codes = GraphErrorCodes(response.body)
        return switch response.status {
        case 502, 504: true
        case 503: response.retryAfter == nil
        case 500: codes.areAny(of: timeout) || codes.areAny(of: ["unknownerror"])
        case 400, 408: codes.areAny(of: timeout)
        default: false
        }
    }

    private static func classify(
        _ status: Int,
        _ codes: GraphErrorCodes,
        _ subject: Subject
    ) -> (CalendarError.Code, String) {
        if subject == .feed, status == 410 || ([400, 404].contains(status) && codes.areAny(of: voidFeed)) {
            return (.cursorExpired, "The position in the change feed is no longer valid.")
        }
        if (400..<500).contains(status), codes.areAny(of: unusableMailbox) {
            return (.reconnectRequired, "The account has no mailbox that Graph can reach.")
        }
        // Some mailboxes answer 400 or 403 instead of 507.
        if status == 507 || ([400, 403].contains(status) && codes.areAny(of: fullMailbox)) {
            return (.rejected, "The mailbox is full.")
        }
        switch status {
        case 400 where subject == .channel: return refusedChannel(codes)
        case 400: return badRequest(codes)
        case 401: return (.unauthenticated, "The access token was refused.")
        case 403: return (.forbidden, "The service forbids this.")
        case 404, 410: return (.notFound, "The thing does not exist, or is not visible any more.")
        case 405, 415, 501: return (.unsupported, "The service cannot do this.")
        case 408, 423, 424: return (.unavailable, "The service cannot answer at the moment.")
        case 409: return (.duplicate, "The thing exists already.")
        case 412: return (.conflict, "The thing changed since it was last read.")
        case 413: return (.rejected, "The request is too large.")
        case 429, 509: return (.rateLimited, "Too many requests.")
        case 500...: return (.unavailable, "The service cannot answer at the moment.")
        case 402..<500: return (.rejected, "The service refused the request.")
        default: return (.invalidResponse, "The service answered with an unexpected status.")
        }
    }

    private static func badRequest(_ codes: GraphErrorCodes) -> (CalendarError.Code, String) {
        if codes.areAny(of: noSuchThing) { return (.notFound, "The identifier names nothing.") }
        if codes.areAny(of: faultyQuery) { return (.unsupported, "The service does not support the query.") }
        return (.rejected, "The service refused the content.")
    }

    /// Why a channel was not opened: the address did not answer, or this calendar or mailbox cannot be watched.
    private static func refusedChannel(_ codes: GraphErrorCodes) -> (CalendarError.Code, String) {
        guard codes.areAny(of: unansweredAddress) else {
            return (.unsupported, "The service does not report changes of this calendar.")
        }
        return (.configuration, "The address for notifications did not answer the service's question.")
    }

    /// The field that a calendar rule is about, where the code alone tells it.
    private static func faultyField(_ codes: GraphErrorCodes) -> EventField? {
        if codes.areAny(of: faultyTime) { return .time }
        return codes.areAny(of: faultyRecurrence) ? .recurrence : nil
    }

    /// Codes that void a feed position; 410 does so by itself (https://learn.microsoft.com/graph/delta-query-overview).
    private static let voidFeed: Set<String> = [
        "syncstatenotfound", "syncstateinvalid", "resyncrequired", "resyncchangesapplydifferences",
        "resyncchangesuploaddifferences", "gone",
    ]
    private static let timeout: Set<String> = ["errortimeoutexpired"]
    private static let unusableMailbox: Set<String> = [
        "mailboxnotenabledforrestapi", "mailboxnotsupportedforrestapi", "mailboxnothostedinexchangeonline",
        "mailboxnotfound",
    ]
    private static let fullMailbox: Set<String> = ["errorquotaexceeded", "quotalimitreached"]
    private static let unansweredAddress: Set<String> = ["validationerror", "invalidrequest"]
    private static let faultyTime: Set<String> = [
        "timezonenotsupportedexception", "erroroccurrencecrossingboundary",
        "errorcalendarenddateisearlierthanstartdate", "errorcalendardurationistoolong",
    ]
    private static let faultyRecurrence: Set<String> = [
        "errorcalendarinvalidrecurrence", "errorrecurrencehasnooccurrence",
        "errorcalendaroccurrenceindexisoutofrecurrencerange",
    ]
    private static let noSuchThing: Set<String> = [
        "errorinvalididmalformed", "errorinvalidid", "errorcalendaroccurrenceisdeletedfromrecurrence",
    ]
    private static let faultyQuery: Set<String> = [
        "unsupportedentityexpression", "errorinvalidurlquery", "errorinvalidurlqueryfilter", "navigationnotsupported",
    ]
}
