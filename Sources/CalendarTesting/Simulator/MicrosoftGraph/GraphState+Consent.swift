import CalendarCore
import Foundation

/// The consent page, played without a browser.
extension GraphState {
    /// Grants what an authorization address asks for.
    mutating func consent(to url: URL, as address: String, granting chosen: Set<String>?) throws -> URL {
        let query = FormFields(parsing: url.query(percentEncoded: true) ?? "")
        let path = GraphCall.segments(of: url)
        guard path.count == 4, path.dropFirst().map({ $0.lowercased() }) == ["oauth2", "v2.0", "authorize"] else {
            throw Self.page("url", "This is not the address of the consent page.")
        }
        guard query["client_id"] == client.id else { throw Self.page("client_id", "AADSTS700016: unknown client.") }
        guard query["redirect_uri"] == client.redirectURI else {
            throw Self.page("redirect_uri", "AADSTS50011: the redirect URI is not the registered one.")
        }
        guard query["response_type"] == "code" else {
            throw Self.page("response_type", "AADSTS700054: the response type is not enabled.")
        }
        guard let challenge = query["code_challenge"], !challenge.isEmpty, query["code_challenge_method"] == "S256"
        else {
            throw Self.page("code_challenge", "AADSTS501491: a code challenge of method S256 is missing.")
        }
        guard query["response_mode"] ?? "query" == "query" else {
            throw Self.page("response_mode", "Only the response mode query reaches this page.")
        }
        let asked = Self.scopes(query["scope"] ?? "")
        guard !asked.isEmpty else { throw Self.page("scope", "AADSTS900144: the scope is missing.") }
        guard index(of: address) != nil else { throw Self.page("address", "There is no such account.") }
        let openID = ["openid", "profile", "email", "offline_access"]
        let scopes = asked.filter { chosen?.contains($0) ?? true || openID.contains($0) }
        let code = "0.AXk" + identifiers.text(60)
        codes[code] = GraphCode(
            address: address,
            tenant: path[0],
            scopes: scopes,
            challenge: challenge,
            nonce: query["nonce"],
            expires: now.addingTimeInterval(600)
        )
        return callback(query, [("code", code)], ["session_state": identifiers.guid()], fallback: url)
    }

    /// Refuses what an authorization address asks for.
    func refuse(_ url: URL) -> URL {
        let query = FormFields(parsing: url.query(percentEncoded: true) ?? "")
        let text = "AADSTS65004: User declined to consent to access the app."
        let parts = [("error", "access_denied"), ("error_description", text)]
        return callback(query, parts, [:], fallback: url)
    }

    private func callback(
        _ query: FormFields,
        _ parts: [(String, String)],
        _ extra: KeyValuePairs<String, String>,
        fallback: URL
    ) -> URL {
        var fields = FormFields(parts)
        fields.add("state", query["state"])
        for (name, value) in extra { fields.add(name, value) }
        let separator = client.redirectURI.contains("?") ? "&" : "?"
        return URL(string: client.redirectURI + separator + fields.encoded) ?? fallback
    }

    private static func page(_ field: String, _ message: String) -> CalendarError {
        CalendarError(.invalidArgument, message, field: field)
    }
}
