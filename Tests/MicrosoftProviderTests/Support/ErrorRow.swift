import CalendarCore
import MicrosoftProvider
import Testing

/// One documented refusal and what it means (https://learn.microsoft.com/graph/errors).
struct ErrorRow: Sendable, CustomTestStringConvertible {
    /// The call that is refused.
    enum Call: Sendable {
        case event, feed, create, channel

        var operation: String {
            switch self {
            case .event: "events.get"
            case .feed: "events.delta"
            case .create: "events.create"
            case .channel: "subscriptions.create"
            }
        }

        var identifier: String { self == .event ? "e1" : ScriptedGraph.calendar.rawValue }
    }

    /// What to do about it, without the parts that the answer brings.
    enum Kind: Sendable {
        case retry, reconnect, configuration, poison, resync, fatal

        func failureClass(reason: String) -> FailureClass {
            switch self {
            case .retry: .retry(after: 2.128)
            case .reconnect: .reconnect(reason: reason)
            case .configuration: .configuration(reason: reason)
            case .poison: .poison
            case .resync: .resync
            case .fatal: .fatal
            }
        }
    }

    let call: Call
    let status: Int
    let code: String
    let expected: CalendarError.Code
    let kind: Kind
    let field: EventField?

    var testDescription: String { "Error row: \(status) \(code) of \(call) is \(expected)" }

    static let all = contentRows + accountRows + stateRows + limitRows + callRows

    /// 400: the request or the event is at fault.
    private static let contentRows: [ErrorRow] =
        rows(400, .notFound, .fatal, "ErrorInvalidIdMalformed", "ErrorInvalidId")
        + rows(400, .notFound, .fatal, "ErrorCalendarOccurrenceIsDeletedFromRecurrence")
        + rows(400, .rejected, .poison, "ErrorInvalidRequest", "BadRequest", "RequestBodyRead", "InvalidRequest")
        + rows(400, .rejected, .poison, "ErrorPropertyValidationFailure", "ErrorInvalidProperty")
        + rows(400, .rejected, .poison, "ErrorInvalidParameter", "ErrorInvalidPropertyRequest")
        + rows(400, .rejected, .poison, "UnableToDeserializePostBody", "", "UnknownError", "ErrorOfTomorrow")
        + rows(400, .rejected, .poison, field: .time, "TimeZoneNotSupportedException")
        + rows(400, .rejected, .poison, field: .time, "ErrorOccurrenceCrossingBoundary")
        + rows(400, .rejected, .poison, field: .time, "ErrorCalendarEndDateIsEarlierThanStartDate")
        + rows(400, .rejected, .poison, field: .time, "ErrorCalendarDurationIsTooLong")
        + rows(400, .rejected, .poison, field: .recurrence, "ErrorCalendarInvalidRecurrence")
        + rows(400, .rejected, .poison, field: .recurrence, "ErrorRecurrenceHasNoOccurrence")
        + rows(400, .rejected, .poison, field: .recurrence, "ErrorCalendarOccurrenceIndexIsOutOfRecurrenceRange")
        + rows(400, .rejected, .poison, "ErrorCalendarIsOrganizerForAccept", "ErrorCalendarIsOrganizerForDecline")
        + rows(400, .rejected, .poison, "ErrorCalendarIsOrganizerForTentative", "ErrorCalendarIsCancelledForAccept")
        + rows(400, .rejected, .poison, "ErrorCalendarIsCancelledForDecline", "ErrorCalendarIsCancelledForTentative")
        + rows(400, .rejected, .poison, "ErrorCalendarMeetingRequestIsOutOfDate", "ErrorCalendarIsNotOrganizer")
        + rows(400, .unsupported, .fatal, "UnsupportedEntityExpression", "ErrorInvalidUrlQuery")
        + rows(400, .unsupported, .fatal, "ErrorInvalidUrlQueryFilter", "NavigationNotSupported")

    /// The token, the grant or the mailbox is at fault.
    private static let accountRows: [ErrorRow] =
        rows(401, .unauthenticated, .reconnect, "InvalidAuthenticationToken", "unauthenticated", "Unauthorized", "")
        + rows(403, .forbidden, .fatal, "ErrorAccessDenied", "accessDenied", "Forbidden", "")
        + rows(403, .forbidden, .fatal, "Authorization_RequestDenied", "ErrorCalendarViewDenied")
        + rows(403, .forbidden, .fatal, "ErrorSendAsDenied", "ErrorMessageSubmissionBlocked", "extensionError")
        + rows(404, .reconnectRequired, .reconnect, "MailboxNotEnabledForRESTAPI", "MailboxNotSupportedForRESTAPI")
        + rows(404, .reconnectRequired, .reconnect, "MailboxNotHostedInExchangeOnline", "MailboxNotFound")
        + rows(507, .rejected, .poison, "ErrorQuotaExceeded", "quotaLimitReached", "")
        + rows(403, .rejected, .poison, "ErrorQuotaExceeded", "quotaLimitReached")
        + rows(400, .rejected, .poison, "ErrorQuotaExceeded")

    /// The thing is not, or no longer, as the request takes it.
    private static let stateRows: [ErrorRow] =
        rows(404, .notFound, .fatal, "ErrorItemNotFound", "itemNotFound", "ErrorFolderNotFound", "ResourceNotFound")
        + rows(404, .notFound, .fatal, "Request_ResourceNotFound", "ErrorNonExistentMailbox", "ErrorInvalidUser", "")
        + rows(405, .unsupported, .fatal, "ErrorMethodNotAllowed", "")
        + rows(409, .duplicate, .fatal, "ErrorFolderExists", "nameAlreadyExists", "Conflict")
        + rows(412, .conflict, .fatal, "ErrorIrresolvableConflict", "resourceModified", "PreconditionFailed", "")
        + rows(413, .rejected, .poison, "")
        + rows(415, .unsupported, .fatal, "")
        + rows(501, .unsupported, .fatal, "NotImplemented")

    /// The service has no room or time at the moment.
    private static let limitRows: [ErrorRow] =
        rows(423, .unavailable, .retry, "ErrorMailboxMoveInProgress")
        + rows(424, .unavailable, .retry, "")
        + rows(429, .rateLimited, .retry, "TooManyRequests", "ApplicationThrottled", "activityLimitReached")
        + rows(429, .rateLimited, .retry, "ErrorTooManyObjectsOpened", "UnknownError", "")
        + rows(500, .unavailable, .retry, "ErrorInternalServerError", "ErrorInternalServerTransientError")
        + rows(500, .unavailable, .retry, "generalException", "UnknownError", "")
        + rows(502, .unavailable, .retry, "", "UnknownError")
        + rows(502, .unavailable, .retry, "serviceNotAvailable", "ErrorServerBusy")
        + rows(503, .unavailable, .retry, "UnknownError", "ErrorTimeoutExpired", "")
        + rows(503, .unavailable, .retry, "serviceNotAvailable", "ErrorServerBusy", "ErrorMailboxStoreUnavailable")
        + rows(504, .unavailable, .retry, "UnknownError", "ErrorTimeoutExpired")
        + rows(509, .rateLimited, .retry, "")

    /// Refusals whose meaning depends on the call.
    private static let callRows: [ErrorRow] =
        rows(410, .cursorExpired, .resync, of: .feed, "SyncStateNotFound", "resyncRequired", "Gone", "")
        + rows(400, .cursorExpired, .resync, of: .feed, "SyncStateNotFound", "SyncStateInvalid")
        + rows(404, .cursorExpired, .resync, of: .feed, "SyncStateNotFound", "resyncChangesApplyDifferences")
        + rows(404, .notFound, .fatal, of: .feed, "ErrorItemNotFound")
        + rows(410, .notFound, .fatal, "Gone")
        + rows(500, .unavailable, .retry, of: .create, "ErrorInternalServerError")
        + rows(503, .unavailable, .retry, of: .create, "ErrorServerBusy")
        + rows(507, .rejected, .poison, of: .create, "ErrorQuotaExceeded")
        + rows(400, .unsupported, .fatal, of: .feed, "ErrorInvalidUrlQuery")
        + rows(400, .configuration, .configuration, of: .channel, "ValidationError", "InvalidRequest")
        + rows(409, .duplicate, .fatal, of: .channel, "ResourceConflict")
        + rows(403, .forbidden, .fatal, of: .channel, "ExtensionError")

    private static func rows(
        _ status: Int,
        _ expected: CalendarError.Code,
        _ kind: Kind,
        of call: Call = .event,
        field: EventField? = nil,
        _ codes: String...
    ) -> [ErrorRow] {
        codes.map { ErrorRow(call: call, status: status, code: $0, expected: expected, kind: kind, field: field) }
    }
}
