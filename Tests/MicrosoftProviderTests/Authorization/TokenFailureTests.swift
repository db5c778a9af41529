import CalendarCore
import MicrosoftProvider
import Testing

@Suite("Microsoft: refusals of the token endpoint")
struct TokenFailureTests {
    /// One row of Microsoft's list of codes, with the `error` under which its numbers travel.
    struct Row: Sendable, CustomTestStringConvertible {
        let codes: [Int]
        let error: String
        var suberror: String?
        let expected: CalendarError.Code
        /// A word of the message that says who has to do what.
        let word: String
        var testDescription: String { "\(codes[0]) \(error)" }
    }

    static let rows: [Row] = [
        Row(codes: [50173], error: "invalid_grant", expected: .reconnectRequired, word: "revoked"),
        Row(codes: [70008, 700_082], error: "invalid_grant", expected: .reconnectRequired, word: "expired"),
        Row(
            codes: [700_084], error: "invalid_grant", expected: .reconnectRequired, word: "single-page application"
        ),
        Row(codes: [70043], error: "invalid_grant", expected: .reconnectRequired, word: "frequency"),
        Row(codes: [70000], error: "invalid_grant", expected: .reconnectRequired, word: "grant"),
        Row(codes: [50089, 50132, 50133], error: "invalid_grant", expected: .reconnectRequired, word: "grant"),
        Row(codes: [54005], error: "invalid_grant", expected: .reconnectRequired, word: "used already"),
        Row(codes: [501_481, 50147, 501_491], error: "invalid_grant", expected: .reconnectRequired, word: "verifier"),
        Row(
            codes: [50076, 50079, 50074, 50072, 50078, 50158], error: "interaction_required",
            suberror: "basic_action", expected: .reconnectRequired, word: "sign-in step"
        ),
        Row(
            codes: [50097, 53000, 53001, 53002, 53003, 530_032, 53011], error: "interaction_required",
            suberror: "message_only", expected: .reconnectRequired, word: "conditional access"
        ),
        Row(
            codes: [65001], error: "invalid_grant", suberror: "consent_required", expected: .reconnectRequired,
            word: "consented"
        ),
        Row(codes: [65004], error: "access_denied", expected: .accessDenied, word: "declined"),
        Row(
            codes: [90094, 90095, 90093, 90008, 90099], error: "access_denied", expected: .accessDenied,
            word: "administrator"
        ),
        Row(codes: [50105], error: "interaction_required", expected: .reconnectRequired, word: "administrator"),
        Row(
            codes: [50020, 50034, 16000, 90072, 500_208], error: "interaction_required",
            expected: .reconnectRequired, word: "another one"
        ),
        Row(codes: [50057, 50053, 50055, 50144], error: "invalid_grant", expected: .reconnectRequired, word: "locked"),
        Row(codes: [50011, 900_971], error: "invalid_request", expected: .configuration, word: "redirect URI"),
        Row(codes: [7_000_215, 70002], error: "invalid_client", expected: .configuration, word: "not its id"),
        Row(codes: [7_000_222], error: "invalid_client", expected: .configuration, word: "secret has expired"),
        Row(codes: [7_000_218], error: "invalid_client", expected: .configuration, word: "confidential"),
        Row(codes: [700_025], error: "invalid_client", expected: .configuration, word: "public"),
        Row(codes: [700_027, 50012], error: "invalid_client", expected: .configuration, word: "certificate"),
        Row(
            codes: [700_016, 700_011, 70001, 7_000_112], error: "unauthorized_client", expected: .configuration,
            word: "unknown or disabled"
        ),
        Row(
            codes: [50194, 9_001_023, 90130], error: "invalid_request", expected: .configuration, word: "address"
        ),
        Row(
            codes: [70011, 28002, 28003, 700_022, 700_023], error: "invalid_scope", expected: .configuration,
            word: "scope"
        ),
        Row(codes: [900_144, 9_002_313, 90014], error: "invalid_request", expected: .configuration, word: "malformed"),
        Row(codes: [50196], error: "invalid_grant", expected: .unavailable, word: "equal requests"),
        Row(
            codes: [90033, 90024, 50033, 50087, 90006, 90012, 90090, 70012], error: "temporarily_unavailable",
            expected: .unavailable, word: "moment"
        ),
        Row(codes: [90055], error: "temporarily_unavailable", expected: .unavailable, word: "moment"),
    ]

    private func mapped(
        _ status: Int = 400,
        _ error: String?,
        _ suberror: String? = nil,
        _ codes: [Int] = []
    ) -> CalendarError {
        MicrosoftCalendarProvider().authorizationServer.failure(
            TokenEndpointFailure(status: status, error: error, suberror: suberror, codes: codes, retryAfter: 7)
        )
    }

    @Test("R-12: every row of the table has its class, and a message that says who has to act", arguments: rows)
    func table(row: Row) {
        for code in row.codes {
            let error = mapped(400, row.error, row.suberror, [code])

            #expect(error.code == row.expected, "\(code)")
            #expect(error.message.contains(row.word), "\(code): \(error.message)")
            #expect(error.reason == [row.error, row.suberror].compactMap(\.self).joined(separator: "/"))
            #expect(error.provider == .microsoft && error.retryAfter == 7)
        }
    }

    @Test(
        "an error alone, without any number, has its class",
        arguments: [
            (400, "invalid_grant", CalendarError.Code.reconnectRequired), (400, "interaction_required", .reconnectRequired),
            (400, "consent_required", .reconnectRequired), (400, "login_required", .reconnectRequired),
            (401, "invalid_client", .configuration), (400, "unauthorized_client", .configuration),
            (400, "invalid_resource", .configuration), (400, "invalid_scope", .configuration),
            (400, "invalid_request", .configuration), (400, "access_denied", .accessDenied),
            (400, "temporarily_unavailable", .unavailable), (400, "server_error", .unavailable),
            (503, "invalid_grant", .unavailable), (429, "invalid_grant", .rateLimited), (408, "", .unavailable),
            (400, "", .unavailable),
        ]
    )
    func errorAlone(status: Int, error: String, expected: CalendarError.Code) {
        #expect(mapped(status, error.isEmpty ? nil : error).code == expected)
    }

    @Test("a number of the client's faults never turns an ended grant into a fault of the client")
    func numbersDoNotDecide() {
        #expect(mapped(400, "invalid_grant", nil, [7_000_222]).code == .reconnectRequired)
        #expect(mapped(400, "invalid_client", nil, [70008]).code == .configuration)
        #expect(mapped(400, "invalid_grant", nil, [999_999]).code == .reconnectRequired)
    }
}
