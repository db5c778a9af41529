import CalendarCore
import Foundation
import GoogleProvider
import Testing

@Suite("Google: errors")
struct ErrorTableTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let status: Int
        let reason: String
        let code: CalendarError.Code
        let failureClass: FailureClass

        init(_ status: Int, _ reason: String, _ code: CalendarError.Code, _ failureClass: FailureClass) {
            (self.status, self.reason, self.code, self.failureClass) = (status, reason, code, failureClass)
        }

        var testDescription: String { "Error row: \(status) \(reason) is \(code)" }
    }

    static let rows: [Row] =
        refusedRows + accountRows + [
            Row(404, "notFound", .notFound, .fatal), Row(409, "duplicate", .duplicate, .fatal),
            Row(409, "conflict", .unavailable, .retry(after: nil)), Row(410, "deleted", .notFound, .fatal),
            Row(410, "fullSyncRequired", .cursorExpired, .resync),
            Row(410, "updatedMinTooLongAgo", .cursorExpired, .resync),
            Row(412, "conditionNotMet", .conflict, .fatal), Row(413, "uploadTooLarge", .rejected, .poison),
            Row(414, "", .rejected, .poison), Row(429, "rateLimitExceeded", .rateLimited, .retry(after: nil)),
            Row(429, "RESOURCE_EXHAUSTED", .rateLimited, .retry(after: nil)),
            Row(429, "quotaExceeded", .writesPaused, .pauseWrites(after: nil)),
            Row(500, "backendError", .unavailable, .retry(after: nil)),
            Row(500, "internalError", .unavailable, .retry(after: nil)),
            Row(502, "", .unavailable, .retry(after: nil)), Row(503, "backendError", .unavailable, .retry(after: nil)),
            Row(504, "", .unavailable, .retry(after: nil)), Row(302, "", .invalidResponse, .poison),
            Row(418, "teapot", .rejected, .poison),
        ]

    /// 400: the request or the event is at fault, and sending it again does not help.
    private static let refusedRows: [Row] =
        [
            "badRequest", "invalid", "invalidParameter", "parseError", "required", "timeRangeEmpty", "timeRangeTooLong",
            "eventDurationExceedsLimit", "malformedFocusTimeEvent", "malformedOutOfOfficeEvent",
            "malformedWorkingLocationEvent", "eventTypeRestriction", "invalidEventType", "cannotChangeOrganizer",
            "cannotChangeOrganizerOfInstance", "participantIsNeitherOrganizerNorAttendee", "aNewReason",
        ].map { Row(400, $0, .rejected, .poison) } + [
            Row(400, "channelIdNotUnique", .duplicate, .fatal),
            Row(400, "pushNotSupportedForRequestedResource", .unsupported, .fatal),
            Row(
                400,
                "push.webhookUrlNotHttps",
                .configuration,
                .configuration(reason: "push.webhookUrlNotHttps")
            ),
        ]

    /// 401 and 403: the account, its grant or the project is at fault, or the pace.
    private static let accountRows: [Row] =
        ["authError", "required"].map { Row(401, $0, .unauthenticated, .reconnect(reason: $0)) }
        + [
            Row(
                401,
                "push.webhookUrlUnauthorized",
                .configuration,
                .configuration(reason: "push.webhookUrlUnauthorized")
            )
        ]
        + ["rateLimitExceeded", "userRateLimitExceeded", "RATE_LIMIT_EXCEEDED"].map {
            Row(403, $0, .rateLimited, .retry(after: nil))
        }
        + [Row(403, "quotaExceeded", .writesPaused, .pauseWrites(after: nil))]
        + [
            "dailyLimitExceeded", "dailyLimitExceededUnreg", "accessNotConfigured", "SERVICE_DISABLED",
            "forbiddenForServiceAccounts",
        ].map { Row(403, $0, .configuration, .configuration(reason: $0)) }
        + ["insufficientPermissions", "ACCESS_TOKEN_SCOPE_INSUFFICIENT"].map {
            Row(403, $0, .scopeMissing, .reconnect(reason: $0))
        }
        + [
            "forbidden", "requiredAccessLevel", "forbiddenForNonOrganizer", "notACalendarUser", "domainPolicy",
            "cannotDeletePrimaryCalendar", "cannotChangeOwnAcl", "aNewReason",
        ].map { Row(403, $0, .forbidden, .fatal) }

    @Test("each documented failure has its code and class, and none carries the service's message", arguments: rows)
    func table(_ row: Row) async throws {
        let google = ScriptedGoogle([.googleError(row.status, row.reason)])

        let error = try #require(
            await calendarError {
                try await GoogleCalendarProvider().event("e1", in: "ada@example.com", session: google.session)
            }
        )

        #expect(error.code == row.code)
        #expect(error.failureClass == row.failureClass)
        #expect(error.provider == .google)
        #expect(error.operation == "events.get")
        #expect(error.identifier == "e1")
        #expect(error.reason == (row.reason.isEmpty ? nil : row.reason))
        #expect(!error.isOutcomeUnknown)
        var dumped = ""
        dump(error, to: &dumped)
        #expect(!"\(error) \(dumped)".contains("ada@example.com"))
    }

    @Test("a limit says how long to wait when the service did")
    func retryAfter() async throws {
        var response = HTTPResponse.googleError(429, "rateLimitExceeded")
        response.headers["Retry-After"] = "17"
        let google = ScriptedGoogle([response])

        let error = await calendarError {
            try await GoogleCalendarProvider().event("e1", in: "cal", session: google.session)
        }

        #expect(error?.failureClass == .retry(after: 17))
    }

    @Test(
        "an error body of the newer shape, of HTML or of nothing is still classified",
        arguments: [
            (
                403,
                #"{"error":{"code":403,"status":"PERMISSION_DENIED","details":[{"@type":"x","reason":"#
                    + #""ACCESS_TOKEN_SCOPE_INSUFFICIENT"}]}}"#, CalendarError.Code.scopeMissing
            ),
            (403, #"{"error":{"code":403,"status":"PERMISSION_DENIED"}}"#, .forbidden),
            (
                429,
                #"{"error":{"code":429,"status":"RESOURCE_EXHAUSTED","details":[{"reason":"RATE_LIMIT_EXCEEDED"}]}}"#,
                .rateLimited
            ),
            (401, #"{"error":{"code":401,"status":"UNAUTHENTICATED"}}"#, .unauthenticated),
            (503, "<html><body>Service Unavailable</body></html>", .unavailable), (500, "", .unavailable),
            (403, "<html>", .forbidden), (409, "", .unavailable), (410, "", .notFound), (412, "", .conflict),
            (404, "", .notFound),
            (400, #"{"error":"invalid_request","error_description":"x"}"#, .rejected),
        ]
    )
    func otherShapes(_ status: Int, _ body: String, _ code: CalendarError.Code) async throws {
        let google = ScriptedGoogle([HTTPResponse(status: status, body: Data(body.utf8))])

        let error = await calendarError {
            try await GoogleCalendarProvider().event("e1", in: "cal", session: google.session)
        }

        #expect(error?.code == code)
    }

    @Test("a reason that is no short code is dropped, because it may hold an address")
    func longReason() async throws {
        let google = ScriptedGoogle([.googleError(403, "ada@example.com may not")])

        let error = await calendarError {
            try await GoogleCalendarProvider().event("e1", in: "cal", session: google.session)
        }

        #expect(error?.code == .forbidden)
        #expect(error?.reason == nil)
    }

    @Test("the transport's own error gains its context and stays what it was")
    func transportError() async throws {
        let google = ScriptedGoogle { _, _ in throw CalendarError(.timedOut, "Too late.", isOutcomeUnknown: true) }

        let error = await calendarError {
            try await GoogleCalendarProvider().event("e1", in: "cal", session: google.session)
        }

        #expect(error?.code == .timedOut)
        #expect(error?.operation == "events.get")
        #expect(error?.isOutcomeUnknown == true)
    }

    @Test("cancellation passes untouched")
    func cancellation() async throws {
        let google = ScriptedGoogle { _, _ in throw CancellationError() }

        await #expect(throws: CancellationError.self) {
            try await GoogleCalendarProvider().event("e1", in: "cal", session: google.session)
        }
    }
}
