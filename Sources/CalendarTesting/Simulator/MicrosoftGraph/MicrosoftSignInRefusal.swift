/// Why the simulated sign-in service refuses, by the number that stands behind `AADSTS`.
///
/// See https://learn.microsoft.com/entra/identity-platform/reference-error-codes.
public struct MicrosoftSignInRefusal: Hashable, Sendable {
    /// The number.
    public let code: Int
    /// What the token endpoint answers as `error`.
    public let error: String
    /// What it answers as `suberror`; nil for most.
    public let suberror: String?
    /// The claims that a sign-in must ask for, as JSON, for refusals that a further step of signing in answers.
    public var claims: String?
    /// The status of the token endpoint's answer.
    let status: Int
    /// Whether the page shows it to the person; a page never goes back to the host.
    let isShownOnPage: Bool
    /// Whether the page goes back to the host with it.
    let isSentBack: Bool

    /// The refusal with a number; nil for one that the service's table does not have here.
    public init?(_ code: Int, claims: String? = nil) {
        guard let row = Self.rows.first(where: { $0.codes.contains(code) }) else { return nil }
        self.code = code
        error = row.error
        suberror = row.suberror
        status = row.status
        isShownOnPage = row.isShownOnPage
        isSentBack = row.isSentBack
        self.claims = claims
    }

    /// Every number that there is a refusal for, in ascending order.
    public static let codes = rows.flatMap(\.codes).sorted()

    private struct Row {
        let codes: [Int]
        let error: String
        var suberror: String?
        var status = 400
        var isShownOnPage = false
        var isSentBack = false
    }

    private static let rows = [
        // The grant is over.
        Row(
            codes: [50173, 70008, 700_082, 700_084, 70043, 70000, 50089, 50132, 50133],
            error: "invalid_grant"
        ),
        // The code or its proof is wrong.
        Row(codes: [54005, 501_481, 50147], error: "invalid_grant"),
        Row(codes: [501_491], error: "invalid_request", isShownOnPage: true),
        // A further step of signing in.
        Row(
            codes: [50076, 50079, 50074, 50072, 50078, 50158],
            error: "interaction_required",
            suberror: "basic_action"
        ),
        // Policies.
        Row(
            codes: [50097, 53000, 53001, 53002, 53003, 530_032, 53011],
            error: "invalid_grant",
            suberror: "message_only",
            isShownOnPage: true
        ),
        // Consent.
        Row(codes: [65001], error: "invalid_grant", suberror: "consent_required"),
        Row(codes: [65004], error: "access_denied", isSentBack: true),
        Row(
            codes: [90094, 90095, 90093, 90008, 90099],
            error: "invalid_grant",
            suberror: "consent_required",
            isShownOnPage: true
        ),
        Row(codes: [50105], error: "invalid_grant", isShownOnPage: true),
        // The account.
        Row(codes: [50020, 50034, 16000, 90072, 500_208], error: "invalid_grant", isShownOnPage: true),
        Row(codes: [50057, 50053, 50055, 50144], error: "invalid_grant", isShownOnPage: true),
        // The application's registration.
        Row(codes: [50011, 900_971], error: "invalid_request", isShownOnPage: true),
        Row(codes: [7_000_215, 70002, 7_000_222, 700_027, 50012], error: "invalid_client", status: 401),
        Row(codes: [700_016, 700_011, 70001, 7_000_112], error: "unauthorized_client", isShownOnPage: true),
        Row(codes: [50194, 9_001_023, 90130], error: "invalid_request", isShownOnPage: true),
        // The request.
        Row(codes: [70011, 28002, 28003, 700_022, 700_023], error: "invalid_scope", isSentBack: true),
        Row(codes: [900_144, 9_002_313, 90014], error: "invalid_request"),
        Row(codes: [50196], error: "invalid_grant"),
        // The service.
        Row(
            codes: [90033, 90024, 50033, 50087, 90006, 90012, 90090, 70012, 90055],
            error: "temporarily_unavailable",
            status: 503,
            isSentBack: true
        ),
    ]
}
