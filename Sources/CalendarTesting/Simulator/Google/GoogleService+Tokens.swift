import CalendarCore
import Foundation

extension GoogleService {
    /// Answers the token endpoint (RFC 6749 sections 4.1.3 and 6, RFC 7636 section 4.5, RFC 7523 section 2.1).
    mutating func answerToken(_ form: FormFields, headers: HTTPHeaders) -> HTTPResponse {
        if form["grant_type"] == Self.assertionGrant { return exchangeAssertion(form) }
        guard let client = client(form, headers: headers) else {
            return Self.refuseToken("invalid_client", "Unauthorized", status: 401)
        }
        if authorization.refusal == .deletedClient {
            return Self.refuseToken("deleted_client", "The OAuth client was deleted.", status: 401)
        }
        switch form["grant_type"] {
        case "authorization_code": return exchange(form, client)
        case "refresh_token": return refresh(form, client)
        case nil: return Self.refuseToken("invalid_request", "Missing required parameter: grant_type")
        default: return Self.refuseToken("unsupported_grant_type", "Invalid grant_type.")
        }
    }

    /// Answers the revocation endpoint: the whole grant of the account ends.
    mutating func answerRevocation(_ form: FormFields) -> HTTPResponse {
        let token = form["token"] ?? ""
        let address =
            authorization.grant(token, now: now)?.address
            ?? authorization.accessTokens[token].flatMap { $0.expiresAt > now ? $0.address : nil }
        guard let address else { return Self.refuseToken("invalid_token", "Token expired or revoked") }
        authorization.revoke(address)
        return .google(.object(JSONObject()))
    }

    /// The client that a request proves to be; a public one has nothing to prove.
    private func client(_ form: FormFields, headers: HTTPHeaders) -> OAuthClient? {
        var id = form["client_id"]
        var secret = form["client_secret"]
        if let basic = headers["Authorization"], basic.hasPrefix("Basic "),
            let data = Data(base64Encoded: String(basic.dropFirst(6)))
        {
            let parts = String(decoding: data, as: UTF8.self).split(separator: ":", maxSplits: 1)
            id = parts.first.map { PercentEncoding.decodeForm($0) }
            secret = parts.count == 2 ? PercentEncoding.decodeForm(parts[1]) : nil
        }
        guard let client = authorization.client(id) else { return nil }
        return client.secret == nil || client.secret?.reveal() == secret ? client : nil
    }

    private mutating func exchange(_ form: FormFields, _ client: OAuthClient) -> HTTPResponse {
        // A code is good for one attempt, whatever comes of it.
        guard let code = authorization.codes.removeValue(forKey: form["code"] ?? ""), code.expiresAt > now,
            code.client == client.id
        else { return Self.refuseToken("invalid_grant", "Malformed auth code.") }
        guard form["redirect_uri"] == code.redirectURI else {
            return Self.refuseToken("redirect_uri_mismatch", "Bad Request")
        }
        if let challenge = code.challenge {
            guard let verifier = form["code_verifier"] else {
                return Self.refuseToken("invalid_grant", "Missing code verifier.")
            }
            guard Base64URL.encode(crypto.sha256(Data(verifier.utf8))) == challenge else {
                return Self.refuseToken("invalid_grant", "Invalid code verifier.")
            }
        }
        var answer = grantAccess(code.address, scopes: code.scopes, client: client.id)
        if code.isOffline {
            let token = grantRefresh(code.address, scopes: code.scopes, client: client.id)
            answer["refresh_token"] = .string(token)
            answer["refresh_token_expires_in"] = refreshLife(token).map { .int($0) }
        }
        answer["scope"] = .string(code.scopes.joined(separator: " "))
        answer["token_type"] = "Bearer"
        if code.scopes.contains("openid") {
            answer["id_token"] = .string(idToken(for: code))
        }
        return .google(answer)
    }

    /// A refresh gives no new refresh token: the old one stays good.
    private mutating func refresh(_ form: FormFields, _ client: OAuthClient) -> HTTPResponse {
        let token = form["refresh_token"] ?? ""
        guard let grant = authorization.grant(token, now: now), grant.client == client.id else {
            return Self.refuseToken("invalid_grant", "Token has been expired or revoked.")
        }
        switch authorization.refusal {
        case .adminPolicyEnforced:
            return Self.refuseToken("admin_policy_enforced", "Access to a requested service is restricted.")
        case .invalidRapt:
            return Self.refuseToken("invalid_grant", "reauth related error (invalid_rapt)", subtype: "invalid_rapt")
        case .orgInternal, .disallowedUserAgent, .deletedClient, .accessDenied, nil: break
        }
        var scopes = grant.scopes
        if let asked = form["scope"] {
            scopes = asked.split(separator: " ").map { GoogleScopes.reported(String($0)) }
            guard !scopes.isEmpty, Set(scopes).isSubset(of: grant.scopes) else {
                return Self.refuseToken("invalid_scope", "Bad Request")
            }
        }
        authorization.refreshTokens[token]?.lastUsed = now
        var answer = grantAccess(grant.address, scopes: scopes, client: client.id)
        answer["scope"] = .string(scopes.joined(separator: " "))
        answer["token_type"] = "Bearer"
        answer["refresh_token_expires_in"] = refreshLife(token).map { .int($0) }
        return .google(answer)
    }

    /// Makes an access token, which lives for an hour, and the beginning of the answer with it.
    mutating func grantAccess(_ address: String, scopes: [String], client: String) -> JSONNode {
        let token = "ya29." + nextText(60)
        authorization.accessTokens[token] = .init(
            address: address,
            scopes: Set(scopes),
            expiresAt: now.addingTimeInterval(3600),
            client: client
        )
        return ["access_token": .string(token), "expires_in": 3599]
    }

    /// Makes a refresh token.
    mutating func grantRefresh(_ address: String, scopes: [String], client: String) -> String {
        let token = "1//0" + nextText(60)
        authorization.keep(token, for: address, scopes: scopes, client: client, now: now)
        return token
    }

    /// The seconds that a refresh token still lives; nil when it does not end by itself.
    private func refreshLife(_ token: String) -> Int? {
        authorization.refreshTokens[token]?.expiresAt.map { max(0, Int($0.timeIntervalSince(now)) - 1) }
    }

    private func idToken(for code: GoogleAuthorizationState.Code) -> String {
        let account = accounts.first { $0.address == code.address }
        let issued = Int(now.secondsSinceEpoch)
        var claims: JSONNode = [
            "iss": "https://accounts.google.com",
            "azp": .string(code.client),
            "aud": .string(code.client),
            "sub": .string(account?.subject ?? ""),
        ]
        if let account { claims.merge(Self.identity(of: account, for: Set(code.scopes))) }
        if let nonce = code.nonce { claims["nonce"] = .string(nonce) }
        claims["iat"] = .int(issued)
        claims["exp"] = .int(issued + 3600)
        let header: JSONNode = ["alg": "RS256", "kid": "simulated", "typ": "JWT"]
        return [header.data, claims.data, Data("not a signature".utf8)].map(Base64URL.encode).joined(separator: ".")
    }

    /// What scopes tell about a person beyond the subject.
    static func identity(of account: GoogleAccount, for scopes: Set<String>) -> JSONNode {
        var claims: JSONNode = .object(JSONObject())
        claims["hd"] = account.hostedDomain.map { .string($0) }
        if scopes.contains(GoogleScopes.reported("email")) {
            claims["email"] = .string(account.address)
            claims["email_verified"] = true
        }
        if scopes.contains(GoogleScopes.reported("profile")) { claims["name"] = .string(account.name) }
        return claims
    }

    /// An error of the token endpoint (RFC 6749 section 5.2).
    static func refuseToken(
        _ error: String,
        _ description: String,
        status: Int = 400,
        subtype: String? = nil
    ) -> HTTPResponse {
        var body: JSONNode = ["error": .string(error), "error_description": .string(description)]
        body["error_subtype"] = subtype.map { .string($0) }
        return .google(body, status: status)
    }
}
