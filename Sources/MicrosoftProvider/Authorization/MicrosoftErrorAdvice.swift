/// What the numbers of a refusal add to it: who has to do what
/// (https://learn.microsoft.com/entra/identity-platform/reference-error-codes).
enum MicrosoftErrorAdvice {
    private static let rows: [(codes: Set<Int>, message: String)] = [
        ([50173, 70008, 700_082, 70000, 50089, 50132, 50133], "The grant has expired or was revoked."),
        ([700_084], "The grant ended after a day: the redirect URI is registered as a single-page application's."),
        ([70043], "The organisation's sign-in frequency policy asks for a new sign-in."),
        ([54005], "The authorization code was used already."),
        ([501_481, 50147, 501_491], "The code verifier does not fit the attempt."),
        ([50076, 50079, 50074, 50072, 50078, 50158], "The organisation asks for a further sign-in step."),
        (
            [50097, 53000, 53001, 53002, 53003, 530_032, 53011],
            "A conditional access policy of the organisation blocks the sign-in."
        ),
        ([65001], "The user or an administrator has not consented to the application."),
        ([65004], "The user declined the consent."),
        ([90094, 90095, 90093, 90008, 90099], "An administrator has to consent to the application."),
        ([50105], "An administrator has to assign the user to the application."),
        ([50020, 50034, 16000, 90072, 500_208], "The account does not belong to the directory; choose another one."),
        ([50057, 50053, 50055, 50144], "The account is disabled or locked, or its password has expired."),
        ([50011, 900_971], "The redirect URI is not registered for the application."),
        ([7_000_215, 70002], "The client secret is wrong; its value is needed, not its id."),
        ([7_000_222], "The client secret has expired."),
        ([7_000_218], "The application is registered as confidential and needs a secret or a certificate."),
        ([700_025], "The application is registered as public and must send no secret."),
        ([700_027, 50012], "The client assertion is not accepted; check the certificate."),
        (
            [700_016, 700_011, 70001, 7_000_112],
            "The application is unknown or disabled in the directory; an administrator has to add it."
        ),
        ([50194, 9_001_023, 90130], "The sign-in address does not serve this kind of application or account."),
        ([70011, 28002, 28003, 700_022, 700_023], "A scope is wrong."),
        ([900_144, 9_002_313, 90014], "The request is malformed."),
        ([50196], "The service sees too many equal requests; stop and look for the cause."),
    ]

    /// The message of the first number that has one; nil when none has.
    static func message(for codes: [Int]) -> String? {
        for code in codes {
            if let row = rows.first(where: { $0.codes.contains(code) }) { return row.message }
        }
        return nil
    }
}
