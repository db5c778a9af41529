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

        init(_ status: Int, _ reason: String, _ code: CalendarError.Code) {
            (self.status, self.reason, self.code) = (status, reason, code)
        }

        var testDescription: String { "\(status) \(reason)" }
    }

    static let rows: [Row] = [
        Row(400, "badRequest", .rejected), Row(400, "invalid", .rejected), Row(400, "invalidParameter", .rejected),
        Row(400, "parseError", .rejected), Row(400, "required", .rejected), Row(400, "timeRangeEmpty", .rejected),
        Row(400, "timeRangeTooLong", .rejected), Row(400, "eventDurationExceedsLimit", .rejected),
        Row(400, "malformedFocusTimeEvent", .rejected), Row(400, "eventTypeRestriction", .rejected),
        Row(400, "cannotChangeOrganizer", .rejected), Row(400, "cannotChangeOrganizerOfInstance", .rejected),
        Row(400, "participantIsNeitherOrganizerNorAttendee", .rejected), Row(400, "channelIdNotUnique", .rejected),
        Row(400, "pushNotSupportedForRequestedResource", .unsupported),
        Row(400, "push.webhookUrlNotHttps", .configuration),
        Row(401, "authError", .unauthenticated), Row(401, "required", .unauthenticated),
        Row(403, "rateLimitExceeded", .rateLimited), Row(403, "userRateLimitExceeded", .rateLimited),
        Row(403, "quotaExceeded", .writesPaused), Row(403, "dailyLimitExceeded", .configuration),
        Row(403, "dailyLimitExceededUnreg", .configuration), Row(403, "accessNotConfigured", .configuration),
        Row(403, "insufficientPermissions", .scopeMissing),
        Row(403, "ACCESS_TOKEN_SCOPE_INSUFFICIENT", .scopeMissing),
        Row(403, "forbidden", .forbidden), Row(403, "requiredAccessLevel", .forbidden),
        Row(403, "forbiddenForNonOrganizer", .forbidden), Row(403, "notACalendarUser", .forbidden),
        Row(403, "domainPolicy", .forbidden), Row(403, "aNewReason", .forbidden),
        Row(404, "notFound", .notFound), Row(409, "conflict", .conflict), Row(410, "deleted", .notFound),
        Row(412, "conditionNotMet", .conflict), Row(413, "uploadTooLarge", .rejected), Row(414, "", .rejected),
        Row(429, "rateLimitExceeded", .rateLimited), Row(500, "backendError", .unavailable),
        Row(502, "internalError", .unavailable), Row(503, "backendError", .unavailable), Row(504, "", .unavailable),
        Row(302, "", .invalidResponse), Row(418, "teapot", .rejected),
    ]

    @Test("each documented failure has its code, and none carries the service's message", arguments: rows)
    func table(_ row: Row) async throws {
        let google = ScriptedGoogle([.googleError(row.status, row.reason)])

        let error = try #require(
            await calendarError {
                try await GoogleCalendarProvider().event("e1", in: "ada@example.com", session: google.session)
            }
        )

        #expect(error.code == row.code)
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
            (503, "<html><body>Service Unavailable</body></html>", .unavailable),
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
