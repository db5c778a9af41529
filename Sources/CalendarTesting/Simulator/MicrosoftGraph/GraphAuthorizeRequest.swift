import CalendarCore
import Foundation

/// The parameters of the consent page, checked as the page checks them.
///
/// See https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow. Parameters that only help the
/// person choose (`login_hint`, `domain_hint`) refuse nothing.
struct GraphAuthorizeRequest {
    /// How the answer travels to the host.
    enum ResponseMode: String {
        case query, fragment
        case formPost = "form_post"
    }

    let application: GraphApplication
    let directory: GraphDirectory
    /// The path segment, which the code is redeemed at.
    let tenant: String
    let redirectURI: String
    let mode: ResponseMode
    let scopes: [String]
    let prompt: String?
    let state: String?
    let nonce: String?
    let challenge: String?
    /// What the tokens must bring, such as a capability of the client.
    let claims: JSONNode

    init(_ url: URL, _ service: GraphState) throws(CalendarError) {
        let query = FormFields(parsing: url.query(percentEncoded: true) ?? "")
        let path = GraphCall.segments(of: url)
        guard path.count == 4, path.dropFirst().map({ $0.lowercased() }) == ["oauth2", "v2.0", "authorize"] else {
            throw .page("url", 900_144, "This is not the address of the consent page.")
        }
        tenant = path[0]
        guard let id = query["client_id"] else { throw .page("client_id", 900_144, "The client id is missing.") }
        guard let known = service.authorization.application(id) else {
            throw .page("client_id", 700_016, "The application was not found in the directory.")
        }
        application = known
        let directory = service.directory(tenant)
        if let failure = service.refusal(of: known, at: directory) {
            throw .page("tenant", failure.number, failure.text)
        }
        self.directory = directory ?? .common
        redirectURI = query["redirect_uri"] ?? ""
        guard known.client.accepts(redirectURI: redirectURI) else {
            throw .page("redirect_uri", 50_011, "The redirect URI is not the registered one.")
        }
        guard query["response_type"] == "code" else {
            throw .page("response_type", 700_054, "The response type is not enabled.")
        }
        guard let mode = ResponseMode(rawValue: query["response_mode"] ?? "query") else {
            throw .page("response_mode", 70_007, "The response mode is not known.")
        }
        self.mode = mode
        scopes = GraphState.scopes(query["scope"] ?? "").flatMap { $0 == ".default" ? Self.registered : [$0] }
        guard !scopes.isEmpty else { throw .page("scope", 900_144, "The scope is missing.") }
        guard scopes.allSatisfy({ !$0.contains("://") }) else {
            throw .page("scope", 28_003, "All scopes must belong to one resource.")
        }
        prompt = query["prompt"]
        guard ["login", "none", "consent", "select_account", "create", nil].contains(prompt) else {
            throw .page("prompt", 90_023, "The prompt is not known.")
        }
        challenge = query["code_challenge"]
        if challenge != nil || query["code_challenge_method"] != nil {
            // Without a method the service assumes `plain`, which nobody should send.
            guard let challenge, challenge.utf8.count == 43, query["code_challenge_method"] == "S256" else {
                throw .page("code_challenge", 501_491, "The code challenge is not one of method S256.")
            }
        } else if known.isSinglePage {
            throw .page("code_challenge", 9_002_325, "Single-page applications need a code challenge.")
        }
        guard let claims = GraphClaims.read(query["claims"]) else {
            throw .page("claims", 90_014, "The claims are no JSON object.")
        }
        self.claims = claims
        state = query["state"]
        nonce = query["nonce"]
    }

    /// The delegated permissions that every application is registered with, which `.default` stands for.
    private static let registered = [
        "User.Read", "Calendars.ReadWrite", "Calendars.ReadWrite.Shared", "MailboxSettings.ReadWrite",
    ]

    /// The fields of the callback, with the state behind them.
    func answer(_ fields: FormFields, _ extra: KeyValuePairs<String, String> = [:]) -> FormFields {
        var fields = fields
        fields.add("state", state)
        for (name, value) in extra { fields.add(name, value) }
        return fields
    }

    /// The callback's address; where the answer is posted, that of the form.
    func callback(_ fields: FormFields, _ extra: KeyValuePairs<String, String> = [:]) throws(CalendarError) -> URL {
        let text = answer(fields, extra).encoded
        let separator = mode == .fragment ? "#" : redirectURI.contains("?") ? "&" : "?"
        guard let url = URL(string: redirectURI + separator + text) else {
            throw .page("redirect_uri", 50_011, "The redirect URI makes no address.")
        }
        return url
    }
}

/// The parameter `claims`, and what is demanded by it.
enum GraphClaims {
    /// Reads the parameter; nil when it is no JSON object.
    static func read(_ text: String?) -> JSONNode? {
        guard let text, !text.isEmpty else { return [:] }
        guard let node = try? JSONNode(Array(text.utf8)), node.object != nil else { return nil }
        return node
    }

    /// Whether claims have everything that is demanded.
    static func cover(_ claims: JSONNode, _ demanded: JSONNode) -> Bool {
        guard let members = demanded.object?.members else { return claims == demanded }
        return members.allSatisfy { member in
            claims[member.key].map { cover($0, member.value) } ?? false
        }
    }

    /// Whether the client says that it can answer challenges ("cp1").
    static func declaresChallenges(_ claims: JSONNode) -> Bool {
        (claims["access_token"]?["xms_cc"]?["values"]?.elements ?? []).contains("cp1")
    }
}

extension CalendarError {
    /// What the page shows instead of going back to the host; the reason is its number.
    static func page(_ field: String, _ number: Int, _ text: String) -> CalendarError {
        CalendarError(.invalidArgument, "AADSTS\(number): \(text)", field: field, reason: "AADSTS\(number)")
    }
}
