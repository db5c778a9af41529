import CalendarCore
import MicrosoftProvider
import Testing

@Suite("Microsoft: refusals of the token endpoint")
struct TokenFailureTests {
    /// One row of Microsoft's list of codes, with the `error` under which its numbers travel.
    struct Row: Sendable, CustomTestStringConvertible {
        let codes: [Int]
        let error: String
        let suberror: String?
        let expected: CalendarError.Code
        /// A word of the message that says who has to do what.
        let word: String
        var testDescription: String { "\(codes[0]) \(error)" }

        init(
            _ codes: [Int],
            _ error: String,
            suberror: String? = nil,
            _ expected: CalendarError.Code,
            _ word: String
        ) {
            self.codes = codes
            self.error = error
            self.suberror = suberror
            self.expected = expected
            self.word = word
        }
    }

    static let rows: [Row] = [
        Row([50173], "invalid_grant", .reconnectRequired, "revoked"),
        Row([70008, 700_082], "invalid_grant", .reconnectRequired, "expired"),
        Row([700_084], "invalid_grant", .reconnectRequired, "single-page application"),
        Row([70043], "invalid_grant", .reconnectRequired, "frequency"),
        Row([70000], "invalid_grant", .reconnectRequired, "grant"),
        Row([50089, 50132, 50133], "invalid_grant", .reconnectRequired, "grant"),
        Row([54005], "invalid_grant", .reconnectRequired, "used already"),
        Row([501_481, 50147, 501_491], "invalid_grant", .reconnectRequired, "verifier"),
        Row(
            [50076, 50079, 50074, 50072, 50078, 50158],
            "interaction_required",
            suberror: "basic_action",
            .reconnectRequired,
            "sign-in step"
        ),
        Row(
            [50097, 53000, 53001, 53002, 53003, 530_032, 53011],
            "interaction_required",
            suberror: "message_only",
            .reconnectRequired,
            "conditional access"
        ),
        Row([65001], "invalid_grant", suberror: "consent_required", .reconnectRequired, "consented"),
        Row([65004], "access_denied", .accessDenied, "declined"),
        Row([90094, 90095, 90093, 90008, 90099], "access_denied", .accessDenied, "administrator"),
        Row([50105], "interaction_required", .reconnectRequired, "administrator"),
        Row([50020, 50034, 16000, 90072, 500_208], "interaction_required", .reconnectRequired, "another one"),
        Row([50057, 50053, 50055, 50144], "invalid_grant", .reconnectRequired, "locked"),
        Row([50011, 900_971], "invalid_request", .configuration, "redirect URI"),
        Row([7_000_215, 70002], "invalid_client", .configuration, "not its id"),
        Row([7_000_222], "invalid_client", .configuration, "secret has expired"),
        Row([7_000_218], "invalid_client", .configuration, "confidential"),
        Row([700_025], "invalid_client", .configuration, "public"),
        Row([700_027, 50012], "invalid_client", .configuration, "certificate"),
        Row([700_016, 700_011, 70001, 7_000_112], "unauthorized_client", .configuration, "unknown or disabled"),
        Row([50194, 9_001_023, 90130], "invalid_request", .configuration, "address"),
        Row([70011, 28002, 28003, 700_022, 700_023], "invalid_scope", .configuration, "scope"),
        Row([900_144, 9_002_313, 90014], "invalid_request", .configuration, "malformed"),
        Row([50196], "invalid_grant", .unavailable, "equal requests"),
        Row(
            [90033, 90024, 50033, 50087, 90006, 90012, 90090, 70012],
            "temporarily_unavailable",
            .unavailable,
            "moment"
        ),
        Row([90055], "temporarily_unavailable", .unavailable, "moment"),
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
            (400, "invalid_grant", CalendarError.Code.reconnectRequired),
            (400, "interaction_required", .reconnectRequired),
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
