import CalendarCore
import GoogleProvider
import Testing

@Suite("Google: refusals of the token endpoint")
struct TokenFailureTests {
    /// One row of Google's list of errors, as it arrives at the token endpoint.
    struct Row: Sendable, CustomTestStringConvertible {
        let status: Int
        let error: String
        var subtype: String?
        let expected: CalendarError.Code
        var testDescription: String { "\(status) \(error)" }

        init(_ status: Int, _ error: String, _ expected: CalendarError.Code, subtype: String? = nil) {
            self.status = status
            self.error = error
            self.subtype = subtype
            self.expected = expected
        }
    }

    static let rows: [Row] = [
        Row(400, "access_denied", .accessDenied), Row(400, "admin_policy_enforced", .reconnectRequired),
        Row(403, "org_internal", .configuration), Row(403, "disallowed_useragent", .configuration),
        Row(401, "deleted_client", .configuration), Row(400, "redirect_uri_mismatch", .configuration),
        Row(400, "origin_mismatch", .configuration), Row(400, "invalid_request", .configuration),
        Row(401, "invalid_client", .configuration), Row(401, "unauthorized_client", .configuration),
        Row(400, "unauthorized_client", .configuration), Row(400, "invalid_grant", .reconnectRequired),
        Row(400, "invalid_grant", .reconnectRequired, subtype: "invalid_rapt"),
        Row(400, "invalid_scope", .configuration), Row(400, "unsupported_grant_type", .configuration),
        Row(403, "rateLimitExceeded", .rateLimited), Row(429, "", .rateLimited),
        Row(429, "invalid_grant", .rateLimited),
        Row(408, "", .unavailable), Row(500, "internal_failure", .unavailable), Row(503, "invalid_grant", .unavailable),
        Row(400, "temporarily_unavailable", .unavailable), Row(400, "something_new", .invalidResponse),
        Row(404, "", .invalidResponse),
    ]

    @Test("R-12: every row of the table has its class", arguments: rows)
    func table(row: Row) {
        let error = row.error.isEmpty ? nil : row.error
        let failure = TokenEndpointFailure(status: row.status, error: error, suberror: row.subtype, retryAfter: 3)

        let mapped = GoogleCalendarProvider().authorizationServer.failure(failure)

        #expect(mapped.code == row.expected)
        #expect(mapped.provider == .google)
        #expect(mapped.reason == row.subtype ?? error)
        #expect(mapped.retryAfter == 3)
    }

    @Test("only an ended grant and an administrator's policy ask for a reconnect; the client's faults end nothing")
    func classes() {
        let server = GoogleCalendarProvider().authorizationServer
        let ending = Self.rows.filter { row in
            let failure = TokenEndpointFailure(status: row.status, error: row.error, suberror: row.subtype)
            if case .reconnect = server.failure(failure).failureClass { return true }
            return false
        }

        #expect(Set(ending.map(\.error)) == ["invalid_grant", "admin_policy_enforced"])
    }
}
