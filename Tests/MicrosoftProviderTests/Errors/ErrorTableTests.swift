import CalendarCore
import CalendarTesting
import Foundation
import MicrosoftProvider
import Testing

@Suite("Microsoft: errors")
struct ErrorTableTests {
    /// One row of the documented table.
    struct Row: Sendable, CustomTestStringConvertible {
        let status: Int
        let code: String
        let expected: CalendarError.Code
        var testDescription: String { "\(status) \(code)" }
    }

    static let rows: [Row] =
        rows(400, .notFound, "ErrorInvalidIdMalformed", "ErrorInvalidId")
        + rows(400, .notFound, "ErrorCalendarOccurrenceIsDeletedFromRecurrence")
        + rows(400, .rejected, "ErrorInvalidRequest", "BadRequest", "RequestBodyRead", "InvalidRequest")
        + rows(400, .rejected, "ErrorPropertyValidationFailure", "ErrorInvalidProperty", "ErrorInvalidParameter")
        + rows(400, .rejected, "ErrorInvalidPropertyRequest", "UnableToDeserializePostBody")
        + rows(400, .rejected, "TimeZoneNotSupportedException", "ErrorOccurrenceCrossingBoundary")
        + rows(400, .rejected, "ErrorCalendarEndDateIsEarlierThanStartDate", "ErrorCalendarDurationIsTooLong")
        + rows(400, .rejected, "ErrorCalendarInvalidRecurrence", "ErrorRecurrenceHasNoOccurrence")
        + rows(400, .rejected, "ErrorCalendarIsOrganizerForAccept", "ErrorCalendarIsNotOrganizer")
        + rows(400, .unsupported, "UnsupportedEntityExpression", "ErrorInvalidUrlQuery", "NavigationNotSupported")
        + rows(400, .unsupported, "ErrorInvalidUrlQueryFilter")
        + rows(401, .unauthenticated, "InvalidAuthenticationToken", "unauthenticated", "Unauthorized")
        + rows(403, .forbidden, "ErrorAccessDenied", "accessDenied", "Forbidden", "Authorization_RequestDenied")
        + rows(403, .forbidden, "ErrorCalendarViewDenied", "ErrorSendAsDenied", "extensionError")
        + rows(404, .notFound, "ErrorItemNotFound", "itemNotFound", "ErrorFolderNotFound", "ResourceNotFound")
        + rows(404, .notFound, "Request_ResourceNotFound", "ErrorNonExistentMailbox", "ErrorInvalidUser")
        + rows(404, .reconnectRequired, "MailboxNotEnabledForRESTAPI", "MailboxNotSupportedForRESTAPI")
        + rows(404, .reconnectRequired, "MailboxNotHostedInExchangeOnline", "MailboxNotFound")
        + rows(405, .unsupported, "ErrorMethodNotAllowed")
        + rows(409, .duplicate, "ErrorFolderExists", "nameAlreadyExists", "Conflict")
        + rows(412, .conflict, "ErrorIrresolvableConflict", "resourceModified", "PreconditionFailed")
        + rows(413, .rejected, "")
        + rows(415, .unsupported, "")
        + rows(423, .unavailable, "ErrorMailboxMoveInProgress")
        + rows(424, .unavailable, "")
        + rows(429, .rateLimited, "TooManyRequests", "ApplicationThrottled", "activityLimitReached", "UnknownError")
        + rows(500, .unavailable, "ErrorInternalServerError", "generalException", "UnknownError")
        + rows(501, .unsupported, "NotImplemented")
        + rows(502, .unavailable, "")
        + rows(503, .unavailable, "serviceNotAvailable", "ErrorServerBusy", "ErrorMailboxStoreUnavailable")
        + rows(504, .unavailable, "UnknownError", "ErrorTimeoutExpired")
        + rows(507, .rejected, "ErrorQuotaExceeded", "quotaLimitReached")
        + rows(509, .rateLimited, "")

    private static func rows(_ status: Int, _ expected: CalendarError.Code, _ codes: String...) -> [Row] {
        codes.map { Row(status: status, code: $0, expected: expected) }
    }

    private func error(_ body: String, status: Int) async throws -> CalendarError {
        let reply = ScriptedTransport.Reply.json(body, status: status, headers: ["Retry-After": "2.128"])
        let graph = ScriptedGraph(.expect(operation: "events.get", reply))
        do {
            _ = try await graph.event()
        } catch let error as CalendarError {
            return error
        }
        throw CalendarError(.invalidArgument, "The call succeeded.")
    }

    @Test("every documented refusal has its meaning, whatever its case", arguments: rows)
    func table(row: Row) async throws {
        for code in [row.code, row.code.lowercased(), row.code.uppercased()] {
            let error = try await error("{\"error\":{\"code\":\"\(code)\",\"message\":\"m\"}}", status: row.status)

            #expect(error.code == row.expected)
            #expect(error.provider == .microsoft && error.operation == "events.get" && error.identifier == "e1")
            #expect(error.retryAfter == 2.128)
        }
    }

    @Test("codes of inner objects count, in both spellings", arguments: ["innerError", "innererror"])
    func inner(name: String) async throws {
        let body = """
            {"error":{"code":"notFound","message":"m","\(name)":{"code":"MailboxNotEnabledForRESTAPI"}}}
            """

        #expect(try await error(body, status: 404).code == .reconnectRequired)
    }

    @Test("an error carries no message of the service, which may hold an address")
    func privacy() async throws {
        let body = "{\"error\":{\"code\":\"x grace@example.com\",\"message\":\"grace@example.com\"}}"

        let error = try await error(body, status: 403)

        #expect(!error.description.contains("grace") && !"\(error)".contains("@"))
    }
}
