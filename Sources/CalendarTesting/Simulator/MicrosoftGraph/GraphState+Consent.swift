import CalendarCore
import Foundation

/// The consent pages, played without a browser.
extension GraphState {
    /// Grants what an authorization address asks for.
    mutating func consent(
        to url: URL,
        as address: String,
        granting chosen: Set<String>?
    ) throws(CalendarError) -> URL {
        let request = try GraphAuthorizeRequest(url, self)
        guard request.mode != .formPost else {
            throw .page("response_mode", 70_007, "A form that is posted makes no address; ask the page itself.")
        }
        let answer = try answer(to: request, as: address, granting: chosen)
        return try request.callback(answer.fields, answer.extra)
    }

    /// The fields that go back to the host when a person agrees.
    mutating func answer(
        to request: GraphAuthorizeRequest,
        as address: String,
        granting chosen: Set<String>?
    ) throws(CalendarError) -> (fields: FormFields, extra: KeyValuePairs<String, String>) {
        if let refusal = authorization.refusal {
            let text = "The sign-in is refused."
            if refusal.isShownOnPage { throw .page("address", refusal.code, text) }
            if refusal.isSentBack { return (Self.error(refusal.error, refusal.code, text), [:]) }
        }
        if index(of: address) == nil, authorization.welcomesStrangers, address.contains("@") {
            let name = address.split(separator: "@").first.map { String($0) } ?? address
            makeAccount(address, name: name, zone: .utc)
        }
        guard let index = index(of: address) else { throw .page("address", 50_034, "There is no such account.") }
        let account = accounts[index]
        guard request.directory.admits(account), request.application.audience.admits(account) else {
            let number = account.isPersonal ? 50_020 : 500_208
            throw .page("address", number, "The account does not belong to this directory.")
        }
        let key = GraphAuthorizationState.grant(account.address, request.application.client.id)
        let earlier = authorization.consented[key] ?? []
        if request.prompt == "none" {
            guard authorization.sessions.contains(account.address.lowercased()) else {
                return (Self.error("login_required", 50_058, "Nobody is signed in."), [:])
            }
            guard earlier.isSuperset(of: request.scopes) else {
                return (Self.error("consent_required", 65_001, "The user has not consented."), [:])
            }
        }
        authorization.sessions.insert(account.address.lowercased())
        let scopes = request.scopes.filter { scope in
            let isAllowed = chosen?.contains(scope) ?? true || Self.identityScopes.contains(scope)
            // Personal accounts share no calendars by this interface.
            return isAllowed && !(account.isPersonal && scope.hasSuffix(".Shared"))
        }
        authorization.consented[key] = earlier.union(scopes)
        let code = "0.AXk" + identifiers.text(60)
        codes[code] = GraphCode(
            address: account.address,
            tenant: request.tenant,
            client: request.application.client.id,
            redirectURI: request.redirectURI,
            scopes: scopes,
            challenge: request.challenge,
            nonce: request.nonce,
            claims: request.claims,
            expires: now.addingTimeInterval(600)
        )
        return (FormFields([("code", code)]), ["session_state": identifiers.guid()])
    }

    /// What a person grants whenever it is asked for.
    private static let identityScopes = ["openid", "profile", "email", "offline_access"]

    private static func error(_ error: String, _ number: Int, _ text: String) -> FormFields {
        FormFields([("error", error), ("error_description", "AADSTS\(number): \(text)")])
    }

    /// The fields that go back to the host when a person refuses.
    static let refused = error("access_denied", 65_004, "User declined to consent to access the app.")

    /// Refuses what an authorization address asks for.
    func refuse(_ url: URL) throws(CalendarError) -> URL {
        try GraphAuthorizeRequest(url, self).callback(Self.refused)
    }

    /// Allows an application for the whole directory, as an administrator.
    ///
    /// Application permissions are granted by `.default` only, and are those that the application is registered with.
    mutating func consentAsAdministrator(to url: URL, isRefused: Bool) throws(CalendarError) -> URL {
        let query = FormFields(parsing: url.query(percentEncoded: true) ?? "")
        let path = GraphCall.segments(of: url)
        let page = path.dropFirst().map { $0.lowercased() }
        guard page == ["v2.0", "adminconsent"] || page == ["adminconsent"] else {
            throw .page("url", 900_144, "This is not the address of the page for administrators.")
        }
        guard let application = authorization.application(query["client_id"]) else {
            throw .page("client_id", 700_016, "The application was not found in the directory.")
        }
        let directory = directory(path[0])
        guard directory == .organizations || directory == .own else {
            throw .page("tenant", 90_130, "Administrators consent for organisations or one directory.")
        }
        if let failure = refusal(of: application, at: directory) {
            throw .page("tenant", failure.number, failure.text)
        }
        let redirect = query["redirect_uri"] ?? ""
        guard application.client.accepts(redirectURI: redirect) else {
            throw .page("redirect_uri", 50_011, "The redirect URI is not the registered one.")
        }
        // The older page knows no scopes: it asks for all that the application is registered with.
        let scopes = Self.scopes(query["scope"] ?? (page.count == 1 ? ".default" : ""))
        guard !scopes.isEmpty else { throw .page("scope", 900_144, "The scope is missing.") }
        var fields = FormFields([("admin_consent", "True"), ("tenant", tenant)])
        if isRefused {
            fields.add("error", "access_denied")
            fields.add("error_description", "AADSTS65004: The administrator declined to consent.")
        } else {
            for index in authorization.applications.indices
            where authorization.applications[index].client.id == application.client.id && scopes.contains(".default") {
                authorization.applications[index].granted = application.permissions
            }
            for account in accounts where !account.isPersonal {
                let key = GraphAuthorizationState.grant(account.address, application.client.id)
                authorization.consented[key, default: []].formUnion(scopes)
            }
            fields.add("scope", query["scope"])
        }
        fields.add("state", query["state"])
        guard let url = URL(string: redirect + (redirect.contains("?") ? "&" : "?") + fields.encoded) else {
            throw .page("redirect_uri", 50_011, "The redirect URI makes no address.")
        }
        return url
    }
}
