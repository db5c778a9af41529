import CalendarCore
import CalendarTesting
import Foundation

/// What a client needs to act for an account.
struct AccountKeys: Encodable {
    let accessToken: String
    /// Nil when the scopes leave out what asks for it.
    let refreshToken: String?
    let clientId: String
    let clientSecret: String?
    let redirectUri: String
    let authUri: String
    let tokenUri: String
}

extension SimulatedServices {
    /// Makes an account and gives it tokens; one that exists already gets further tokens.
    func add(_ account: NewAccount) async throws -> AccountKeys {
        let stage = stage
        switch account.provider {
        case .google:
            stage.google.addAccount(account.email, name: account.name, zone: account.zone)
            return try await grant(
                account,
                client: stage.google.client,
                authorize: "/o/oauth2/v2/auth",
                token: "/token",
                scopes: account.scopes ?? Self.googleScopes,
                from: stage.google
            ) { try stage.google.consent(to: $0, as: account.email) }
        case .microsoft:
            stage.microsoft.addAccount(account.email, name: account.name, zone: account.zone)
            return try await grant(
                account,
                client: stage.microsoft.client,
                authorize: "/common/oauth2/v2.0/authorize",
                token: "/common/oauth2/v2.0/token",
                scopes: account.scopes ?? Self.microsoftScopes,
                from: stage.microsoft
            ) { try stage.microsoft.consent(to: $0, as: account.email) }
        }
    }

    /// Goes through the authorization code flow (RFC 6749 section 4.1, RFC 7636) as a client and its user would.
    private func grant(
        _ account: NewAccount,
        client: OAuthClient,
        authorize: String,
        token: String,
        scopes: [String],
        from service: any HTTPTransport,
        consent: (URL) throws -> URL
    ) async throws -> AccountKeys {
        let verifier = String(repeating: "loopback", count: 6)
        let challenge = crypto.sha256(Data(verifier.utf8)).base64EncodedString()
            .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
        let callback = try consent(
            try address(
                authorize,
                [
                    ("client_id", client.id), ("redirect_uri", client.redirectURI), ("response_type", "code"),
                    ("scope", scopes.joined(separator: " ")), ("code_challenge", challenge),
                    ("code_challenge_method", "S256"), ("access_type", "offline"), ("prompt", "consent"),
                ]
            )
        )
        let code = URLComponents(url: callback, resolvingAgainstBaseURL: false)?.queryItems?
            .first { $0.name == "code" }?.value
        let form = try address(
            token,
            [
                ("grant_type", "authorization_code"), ("code", code ?? ""), ("redirect_uri", client.redirectURI),
                ("code_verifier", verifier), ("client_id", client.id),
                ("client_secret", client.secret?.reveal() ?? ""),
            ]
        )
        let response = try await service.send(
            HTTPRequest(
                .post,
                try address(token, []),
                operation: "simulate",
                headers: ["Content-Type": "application/x-www-form-urlencoded"],
                body: Data((form.query(percentEncoded: true) ?? "").utf8)
            )
        )
        guard let tokens = try? JSONDecoder().decode(Tokens.self, from: response.body) else {
            throw ControlRefusal("scopes", "cannot be granted")
        }
        return AccountKeys(
            accessToken: tokens.access_token,
            refreshToken: tokens.refresh_token,
            clientId: client.id,
            clientSecret: client.secret?.reveal(),
            redirectUri: client.redirectURI,
            authUri: root + authorize,
            tokenUri: root + token
        )
    }

    private struct Tokens: Decodable {
        let access_token: String
        let refresh_token: String?
    }

    /// An address with a query; a plus sign is encoded, because forms read it as a space.
    private func address(_ path: String, _ query: [(String, String)]) throws -> URL {
        var parts = URLComponents(string: root + path)
        if !query.isEmpty {
            parts?.queryItems = query.map { URLQueryItem(name: $0.0, value: $0.1) }
            let encoded = parts?.percentEncodedQuery
            parts?.percentEncodedQuery = encoded?.replacing("+", with: "%2B")
        }
        guard let url = parts?.url else { throw ControlRefusal("scopes", "cannot be part of an address") }
        return url
    }

    // https://developers.google.com/workspace/calendar/api/auth
    private static let googleScopes =
        ["openid", "email", "profile"]
        + [
            "calendar", "calendar.acls", "calendar.acls.readonly", "calendar.app.created", "calendar.calendarlist",
            "calendar.calendarlist.readonly", "calendar.calendars", "calendar.calendars.readonly", "calendar.events",
            "calendar.events.freebusy", "calendar.events.owned", "calendar.events.owned.readonly",
            "calendar.events.public.readonly", "calendar.events.readonly", "calendar.freebusy", "calendar.readonly",
            "calendar.settings.readonly",
        ].map { "https://www.googleapis.com/auth/\($0)" }

    private static let microsoftScopes = [
        "openid", "profile", "email", "offline_access", "User.Read", "MailboxSettings.ReadWrite", "Calendars.ReadWrite",
        "Calendars.ReadWrite.Shared",
    ]
}
