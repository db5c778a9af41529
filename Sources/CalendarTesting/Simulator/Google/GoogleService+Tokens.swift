import CalendarCore
import Foundation

extension GoogleService {
    /// Answers the token endpoint (RFC 6749 sections 4.1.3 and 6, RFC 7636 section 4.5).
    mutating func answerToken(_ form: FormFields, headers: HTTPHeaders) -> HTTPResponse {
        guard isClient(form, headers: headers) else {
            return Self.refuseToken("invalid_client", "Unauthorized", status: 401)
        }
        switch form["grant_type"] {
        case "authorization_code": return exchange(form)
        case "refresh_token": return refresh(form)
        case nil: return Self.refuseToken("invalid_request", "Missing required parameter: grant_type")
        default: return Self.refuseToken("unsupported_grant_type", "Invalid grant_type.")
        }
    }

    /// Answers the revocation endpoint: the whole grant of the account ends.
    mutating func answerRevocation(_ form: FormFields) -> HTTPResponse {
        let token = form["token"] ?? ""
        let address = authorization.refreshTokens[token]?.address ?? authorization.accessTokens[token]?.address
        guard let address else { return Self.refuseToken("invalid_token", "Token expired or revoked") }
        authorization.revoke(address)
        return .google(.object(JSONObject()))
    }

    private func isClient(_ form: FormFields, headers: HTTPHeaders) -> Bool {
        var id = form["client_id"]
        var secret = form["client_secret"]
        if let basic = headers["Authorization"], basic.hasPrefix("Basic "),
            let data = Data(base64Encoded: String(basic.dropFirst(6)))
        {
            let parts = String(decoding: data, as: UTF8.self).split(separator: ":", maxSplits: 1)
            id = parts.first.map { PercentEncoding.decodeForm($0) }
            secret = parts.count == 2 ? PercentEncoding.decodeForm(parts[1]) : nil
        }
        return id == client.id && secret == client.secret?.reveal()
    }

    private mutating func exchange(_ form: FormFields) -> HTTPResponse {
        // A code is good for one attempt, whatever comes of it.
        guard let code = authorization.codes.removeValue(forKey: form["code"] ?? ""), code.expiresAt > now else {
            return Self.refuseToken("invalid_grant", "Malformed auth code.")
        }
        guard form["redirect_uri"] == client.redirectURI else {
            return Self.refuseToken("redirect_uri_mismatch", "Bad Request")
        }
        guard let verifier = form["code_verifier"] else {
            return Self.refuseToken("invalid_grant", "Missing code verifier.")
        }
        guard Base64URL.encode(crypto.sha256(Data(verifier.utf8))) == code.challenge else {
            return Self.refuseToken("invalid_grant", "Invalid code verifier.")
        }
        var answer = grantAccess(code.address, scopes: code.scopes)
        if code.isOffline {
            let token = "1//0" + nextText(60)
            authorization.refreshTokens[token] = .init(address: code.address, scopes: code.scopes)
            answer["refresh_token"] = .string(token)
        }
        answer["scope"] = .string(code.scopes.joined(separator: " "))
        answer["token_type"] = "Bearer"
        if code.scopes.contains("openid") {
            answer["id_token"] = .string(idToken(for: code))
        }
        return .google(answer)
    }

    /// A refresh gives no new refresh token: the old one stays good.
    private mutating func refresh(_ form: FormFields) -> HTTPResponse {
        guard let grant = authorization.refreshTokens[form["refresh_token"] ?? ""] else {
            return Self.refuseToken("invalid_grant", "Token has been expired or revoked.")
        }
        var answer = grantAccess(grant.address, scopes: grant.scopes)
        answer["scope"] = .string(grant.scopes.joined(separator: " "))
        answer["token_type"] = "Bearer"
        return .google(answer)
    }

    private mutating func grantAccess(_ address: String, scopes: [String]) -> JSONNode {
        let token = "ya29." + nextText(60)
        authorization.accessTokens[token] = .init(
            address: address,
            scopes: Set(scopes),
            expiresAt: now.addingTimeInterval(3600)
        )
        return ["access_token": .string(token), "expires_in": 3599]
    }

    private func idToken(for code: GoogleAuthorizationState.Code) -> String {
        let account = accounts.first { $0.address == code.address }
        let issued = Int(now.secondsSinceEpoch)
        var claims: JSONNode = [
            "iss": "https://accounts.google.com",
            "azp": .string(client.id),
            "aud": .string(client.id),
            "sub": .string(account?.subject ?? ""),
        ]
        if code.scopes.contains(GoogleScopes.reported("email")) {
            claims["email"] = .string(code.address)
            claims["email_verified"] = true
        }
        if let nonce = code.nonce { claims["nonce"] = .string(nonce) }
        if code.scopes.contains(GoogleScopes.reported("profile")) { claims["name"] = .string(account?.name ?? "") }
        claims["iat"] = .int(issued)
        claims["exp"] = .int(issued + 3600)
        let header: JSONNode = ["alg": "RS256", "kid": "simulated", "typ": "JWT"]
        return [header.data, claims.data, Data("not a signature".utf8)].map(Base64URL.encode).joined(separator: ".")
    }

    private static func refuseToken(_ error: String, _ description: String, status: Int = 400) -> HTTPResponse {
        .google(["error": .string(error), "error_description": .string(description)], status: status)
    }
}
