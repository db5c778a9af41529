import CalendarCore
import Foundation

/// An authorization code that was given out.
struct GraphCode: Sendable {
    let address: String
    let tenant: String
    let scopes: [String]
    let challenge: String
    let nonce: String?
    let expires: Date
    var isUsed = false
}

/// What an access token stands for.
struct GraphAccess: Sendable {
    let address: String
    let scopes: [String]
    let expires: Date

    /// Whether the scopes allow a request.
    func check(_ method: HTTPMethod, _ segments: [String]) throws(GraphFailure) {
        let isSchedule = segments.last?.lowercased() == "getschedule"
        let wanted: [String]
        switch segments.first?.lowercased() {
        case nil: wanted = ["User.Read", "User.ReadWrite"]
        case "mailboxsettings": wanted = ["MailboxSettings.Read", "MailboxSettings.ReadWrite"]
        default:
            // Watching is reading.
            let isRead = method == .get || isSchedule || segments.first?.lowercased() == "subscriptions"
            let readers = ["Calendars.Read", "Calendars.ReadBasic", "Calendars.Read.Shared"]
            wanted = ["Calendars.ReadWrite", "Calendars.ReadWrite.Shared"] + (isRead ? readers : [])
        }
        let granted = scopes.map { $0.lowercased() }
        guard wanted.contains(where: { granted.contains($0.lowercased()) }) else { throw .denied }
    }
}

/// A grant behind a refresh token; using the token leaves it valid.
struct GraphRefresh: Sendable {
    let address: String
    let scopes: [String]
    var isRevoked = false
}

/// An error of the token endpoint (https://learn.microsoft.com/entra/identity-platform/reference-error-codes).
struct GraphTokenFailure: Error {
    var status = 400
    let error: String
    let number: Int
    let text: String
    var suberror: String?
}

/// The token endpoint of the identity platform, version 2.0.
extension GraphState {
    /// Answers a token request.
    mutating func token(_ request: HTTPRequest, tenant: String) -> HTTPResponse {
        do throws(GraphTokenFailure) {
            let form = FormFields(parsing: String(decoding: request.body ?? Data(), as: UTF8.self))
            guard request.method == .post else {
                throw GraphTokenFailure(error: "invalid_request", number: 900_561, text: "Only POST is accepted.")
            }
            try authenticate(form, request.headers["Authorization"])
            switch form["grant_type"] {
            case "authorization_code": return try redeem(form, tenant: tenant)
            case "refresh_token": return try refresh(form)
            default:
                throw GraphTokenFailure(
                    error: "unsupported_grant_type",
                    number: 70_003,
                    text: "The grant type is missing or not supported."
                )
            }
        } catch {
            return response(to: error)
        }
    }

    private func authenticate(_ form: FormFields, _ header: String?) throws(GraphTokenFailure) {
        var id = form["client_id"]
        var secret = form["client_secret"]
        if let header, header.lowercased().hasPrefix("basic "),
            let data = Data(base64Encoded: String(header.dropFirst(6)))
        {
            let sides = String(decoding: data, as: UTF8.self).split(separator: ":", maxSplits: 1)
            id = sides.first.map { PercentEncoding.decodeForm($0) }
            secret = sides.count == 2 ? PercentEncoding.decodeForm(sides[1]) : nil
        }
        guard id == client.id else {
            let text = "The application was not found in the directory."
            throw GraphTokenFailure(error: "unauthorized_client", number: 700_016, text: text)
        }
        guard let expected = client.secret?.reveal() else { return }
        guard let secret else {
            let text = "The request must contain client_assertion or client_secret."
            throw GraphTokenFailure(status: 401, error: "invalid_client", number: 7_000_218, text: text)
        }
        guard secret == expected else {
            let text = "The client secret is not valid."
            throw GraphTokenFailure(status: 401, error: "invalid_client", number: 7_000_215, text: text)
        }
    }

    private mutating func redeem(_ form: FormFields, tenant: String) throws(GraphTokenFailure) -> HTTPResponse {
        func refused(_ number: Int, _ text: String) -> GraphTokenFailure {
            GraphTokenFailure(error: "invalid_grant", number: number, text: text)
        }
        guard let text = form["code"], var code = codes[text] else {
            throw refused(70_000, "The authorization code is not valid.")
        }
        guard !code.isUsed else { throw refused(54_005, "The authorization code was already redeemed.") }
        guard code.expires > now else { throw refused(70_008, "The authorization code has expired.") }
        guard code.tenant == tenant else { throw refused(700_005, "The code belongs to another tenant path.") }
        guard form["redirect_uri"] == client.redirectURI else {
            let text = "The redirect URI does not match."
            throw GraphTokenFailure(error: "invalid_request", number: 50_011, text: text)
        }
        let digest = Base64URL.encode(crypto.sha256(Data((form["code_verifier"] ?? "").utf8)))
        guard digest == code.challenge else { throw refused(501_481, "The code verifier does not fit.") }
        code.isUsed = true
        codes[text] = code
        return tokens(code.address, code.scopes, all: code.scopes, nonce: code.nonce)
    }

    private mutating func refresh(_ form: FormFields) throws(GraphTokenFailure) -> HTTPResponse {
        guard let text = form["refresh_token"], let grant = refreshTokens[text] else {
            throw GraphTokenFailure(error: "invalid_grant", number: 70_000, text: "The refresh token is not valid.")
        }
        guard !grant.isRevoked else {
            throw GraphTokenFailure(error: "invalid_grant", number: 50_173, text: "The grant has been revoked.")
        }
        var scopes = grant.scopes
        if let asked = form["scope"] {
            scopes = Self.scopes(asked).filter { $0 != ".default" }
            guard scopes.allSatisfy({ grant.scopes.contains($0) }) else {
                throw GraphTokenFailure(
                    error: "invalid_grant",
                    number: 65_001,
                    text: "The user or administrator has not consented to use the application.",
                    suberror: "consent_required"
                )
            }
            if scopes.isEmpty { scopes = grant.scopes }
        }
        return tokens(grant.address, scopes, all: grant.scopes, nonce: nil)
    }

    /// The scopes of a request by their short names, in order.
    static func scopes(_ text: String) -> [String] {
        text.split(separator: " ").map { scope in
            let prefix = "https://graph.microsoft.com/"
            return scope.hasPrefix(prefix) ? String(scope.dropFirst(prefix.count)) : String(scope)
        }
    }

    /// The answer with fresh tokens; the life is random, and `offline_access` is never echoed.
    private mutating func tokens(_ address: String, _ scopes: [String], all: [String], nonce: String?) -> HTTPResponse {
        let life = 3600 + Int(identifiers.next() % 1800)
        let access = "EwB" + identifiers.text(60)
        accessTokens[access] = GraphAccess(
            address: address,
            scopes: scopes,
            expires: now.addingTimeInterval(Double(life))
        )
        var body: JSONNode = [
            "token_type": "Bearer",
            "scope": .string(scopes.filter { $0 != "offline_access" }.joined(separator: " ")),
            "expires_in": .int(life), "ext_expires_in": .int(life), "access_token": .string(access),
        ]
        if all.contains("offline_access") {
            let refresh = "0.A" + identifiers.text(60)
            refreshTokens[refresh] = GraphRefresh(address: address, scopes: all)
            body["refresh_token"] = .string(refresh)
        }
        if scopes.contains("openid") { body["id_token"] = idToken(address, nonce: nonce).map { .string($0) } }
        let headers: HTTPHeaders = ["Content-Type": "application/json; charset=utf-8", "Cache-Control": "no-store"]
        return HTTPResponse(status: 200, headers: headers, body: body.data)
    }

    /// An id token whose signature is no signature.
    private mutating func idToken(_ address: String, nonce: String?) -> String? {
        guard let index = index(of: address) else { return nil }
        let account = accounts[index]
        let issued = Int(now.secondsSinceEpoch)
        var claims: JSONNode = [
            "iss": .string("https://login.microsoftonline.com/\(tenant)/v2.0"), "aud": .string(client.id),
            "sub": .string("sub-" + account.id), "oid": .string(account.id), "tid": .string(tenant),
            "email": .string(account.address), "preferred_username": .string(account.address),
            "name": .string(account.name), "iat": .int(issued), "nbf": .int(issued), "exp": .int(issued + 3600),
            "ver": "2.0",
        ]
        claims["nonce"] = nonce.map { .string($0) }
        let header: JSONNode = ["typ": "JWT", "alg": "RS256", "kid": "simulated"]
        return [header.data, claims.data, Data(identifiers.text(32).utf8)].map { Base64URL.encode($0) }
            .joined(separator: ".")
    }

    private mutating func response(to failure: GraphTokenFailure) -> HTTPResponse {
        let time = CivilDateTime(secondsSinceEpoch: now.secondsSinceEpoch)
        var body: JSONNode = [
            "error": .string(failure.error),
            "error_description": .string("AADSTS\(failure.number): \(failure.text)"),
            "error_codes": [.int(failure.number)],
            "timestamp": .string(time.description.split(separator: "T").joined(separator: " ") + "Z"),
            "trace_id": .string(identifiers.guid()), "correlation_id": .string(identifiers.guid()),
            "error_uri": .string("https://login.microsoftonline.com/error?code=\(failure.number)"),
        ]
        body["suberror"] = failure.suberror.map { .string($0) }
        let headers: HTTPHeaders = ["Content-Type": "application/json; charset=utf-8"]
        return HTTPResponse(status: failure.status, headers: headers, body: body.data)
    }
}
