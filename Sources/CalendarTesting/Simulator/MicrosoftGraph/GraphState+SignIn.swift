import CalendarCore
import Foundation

/// The addresses of the sign-in service.
extension GraphState {
    /// Answers the pages, the token endpoint and the discovery document; nil for anything else.
    mutating func answerSignIn(_ request: HTTPRequest, _ segments: [String]) -> HTTPResponse? {
        let words = segments.map { $0.lowercased() }
        if words.suffix(3) == ["oauth2", "v2.0", "token"] {
            return token(request, tenant: segments.dropLast(3).last ?? "")
        }
        guard words.count > 1 else { return nil }
        switch Array(words.dropFirst()) {
        case ["oauth2", "v2.0", "authorize"]:
            return page(request) { state throws(CalendarError) in
                try state.consentPage(request.url)
            }
        case ["v2.0", "adminconsent"], ["adminconsent"]:
            return page(request) { state throws(CalendarError) in
                try state.administratorPage(request.url)
            }
        case ["v2.0", ".well-known", "openid-configuration"]: return discovery(segments[0])
        case ["discovery", "v2.0", "keys"]: return Self.json(["keys": []])
        default: return nil
        }
    }

    private mutating func page(
        _ request: HTTPRequest,
        _ answer: (inout GraphState) throws(CalendarError) -> HTTPResponse
    ) -> HTTPResponse {
        guard request.method == .get else { return HTTPResponse(status: 405) }
        do throws(CalendarError) {
            return try answer(&self)
        } catch {
            return Self.page(error.message, status: 400)
        }
    }

    /// The consent page for a caller without a browser: the account that `as` or `login_hint` names agrees at once.
    ///
    /// `granting` leaves only some scopes, and `refuse=true` says no.
    private mutating func consentPage(_ url: URL) throws(CalendarError) -> HTTPResponse {
        let query = FormFields(parsing: url.query(percentEncoded: true) ?? "")
        let request = try GraphAuthorizeRequest(url, self)
        var answer: (fields: FormFields, extra: KeyValuePairs<String, String>) = (Self.refused, [:])
        if query["refuse"] != "true" {
            let name = query["as"] ?? query["login_hint"] ?? ""
            guard !name.isEmpty else {
                throw .page("address", 50_058, "Say with as= or login_hint= which account agrees.")
            }
            let address = accounts.first { $0.id == name }?.address ?? name
            let chosen = query["granting"].map { Set(Self.scopes($0)) }
            answer = try self.answer(to: request, as: address, granting: chosen)
        }
        guard request.mode == .formPost else {
            let callback = try request.callback(answer.fields, answer.extra)
            return HTTPResponse(status: 302, headers: ["Location": callback.absoluteString])
        }
        let inputs = request.answer(answer.fields, answer.extra).pairs.map { field in
            #"<input type="hidden" name="\#(Self.escaped(field.name))" value="\#(Self.escaped(field.value))">"#
        }
        let form = #"<form method="POST" action="\#(Self.escaped(request.redirectURI))">\#(inputs.joined())</form>"#
        return Self.page(html: form + "<script>document.forms[0].submit()</script>", status: 200)
    }

    /// The page for administrators, where one agrees at once unless `refuse=true` stands in the address.
    private mutating func administratorPage(_ url: URL) throws(CalendarError) -> HTTPResponse {
        let query = FormFields(parsing: url.query(percentEncoded: true) ?? "")
        let callback = try consentAsAdministrator(to: url, isRefused: query["refuse"] == "true")
        return HTTPResponse(status: 302, headers: ["Location": callback.absoluteString])
    }

    /// The discovery document (OpenID Connect Discovery 1.0, section 4).
    private func discovery(_ segment: String) -> HTTPResponse {
        guard let directory = directory(segment) else {
            return Self.json(["error": "invalid_tenant"], status: 400)
        }
        let root = authorization.loginRoot
        let issuer =
            switch directory {
            case .own: tenant
            case .consumers: GraphAuthorizationState.consumerDirectory
            case .common, .organizations: "{tenantid}"
            }
        return Self.json([
            "issuer": .string("\(root)/\(issuer)/v2.0"),
            "authorization_endpoint": .string("\(root)/\(segment)/oauth2/v2.0/authorize"),
            "token_endpoint": .string("\(root)/\(segment)/oauth2/v2.0/token"),
            "jwks_uri": .string("\(root)/\(segment)/discovery/v2.0/keys"),
            "response_types_supported": ["code"], "response_modes_supported": ["query", "fragment", "form_post"],
            "scopes_supported": ["openid", "profile", "email", "offline_access"],
            "subject_types_supported": ["pairwise"], "id_token_signing_alg_values_supported": ["RS256"],
            "token_endpoint_auth_methods_supported": [
                "client_secret_post", "client_secret_basic", "private_key_jwt",
            ],
        ])
    }

    private static func json(_ node: JSONNode, status: Int = 200) -> HTTPResponse {
        HTTPResponse(status: status, headers: ["Content-Type": "application/json; charset=utf-8"], body: node.data)
    }

    private static func page(_ text: String, status: Int) -> HTTPResponse {
        page(html: "<p>\(escaped(text))</p>", status: status)
    }

    private static func page(html: String, status: Int) -> HTTPResponse {
        let body = "<!DOCTYPE html><html><head><title>Sign in</title></head><body>\(html)</body></html>"
        return HTTPResponse(
            status: status,
            headers: ["Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store"],
            body: Data(body.utf8)
        )
    }

    private static func escaped(_ text: String) -> String {
        var result = ""
        for character in text {
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            default: result.append(character)
            }
        }
        return result
    }
}
