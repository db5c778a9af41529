import CalendarCore
import Foundation

/// An authorization code that was given out.
struct GraphCode: Sendable {
    let address: String
    let tenant: String
    let client: String
    let redirectURI: String
    let scopes: [String]
    /// The PKCE challenge; nil for a request without one.
    let challenge: String?
    let nonce: String?
    let claims: JSONNode
    let expires: Date
    var isUsed = false
}

/// A grant behind a refresh token; using the token leaves it valid.
struct GraphRefresh: Sendable {
    let address: String
    let client: String
    let scopes: [String]
    let claims: JSONNode
    /// When it ends by itself.
    var expires: Date
    /// Whether it ends then whatever happens, because it is a single-page application's.
    let isFixed: Bool
    var isRevoked = false
}

/// An error of the token endpoint (https://learn.microsoft.com/entra/identity-platform/reference-error-codes).
struct GraphTokenFailure: Error {
    var status = 400
    let error: String
    let number: Int
    let text: String
    var suberror: String?
    var claims: String?
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
            if let refusal = authorization.refusal {
                throw GraphTokenFailure(
                    status: refusal.status,
                    error: refusal.error,
                    number: refusal.code,
                    text: "The sign-in is refused.",
                    suberror: refusal.suberror,
                    claims: refusal.claims
                )
            }
            let application = try authenticate(form, request.headers, tenant: tenant)
            switch form["grant_type"] {
            case "authorization_code": return try redeem(form, application, tenant: tenant)
            case "refresh_token": return try refresh(form, application)
            case "client_credentials": return try grant(form, application, tenant: tenant)
            case nil:
                throw GraphTokenFailure(
                    error: "invalid_request",
                    number: 900_144,
                    text: "The request body must contain the parameter 'grant_type'."
                )
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

    private mutating func redeem(
        _ form: FormFields,
        _ application: GraphApplication,
        tenant: String
    ) throws(GraphTokenFailure) -> HTTPResponse {
        func refused(_ number: Int, _ text: String) -> GraphTokenFailure {
            GraphTokenFailure(error: "invalid_grant", number: number, text: text)
        }
        guard let text = form["code"], var code = codes[text], code.client == application.client.id else {
            throw refused(70_000, "The authorization code is not valid.")
        }
        guard !code.isUsed else { throw refused(54_005, "The authorization code was already redeemed.") }
        guard code.expires > now else { throw refused(70_008, "The authorization code has expired.") }
        guard code.tenant == tenant else { throw refused(700_005, "The code belongs to another tenant path.") }
        guard form["redirect_uri"] == code.redirectURI else {
            let text = "The redirect URI does not match."
            throw GraphTokenFailure(error: "invalid_request", number: 50_011, text: text)
        }
        if let challenge = code.challenge {
            let digest = Base64URL.encode(crypto.sha256(Data((form["code_verifier"] ?? "").utf8)))
            guard digest == challenge else { throw refused(501_481, "The code verifier does not fit.") }
        }
        code.isUsed = true
        codes[text] = code
        // The claims of the sign-in are met by it; those the client repeats here add its capabilities.
        let claims = code.claims.merging(GraphClaims.read(form["claims"]) ?? [:])
        let grant = GraphRefresh(
            address: code.address,
            client: application.client.id,
            scopes: code.scopes,
            claims: claims,
            expires: now.addingTimeInterval(Self.life(of: application)),
            isFixed: application.isSinglePage
        )
        return tokens(grant, code.scopes, claims: claims, nonce: code.nonce)
    }

    private static func life(of application: GraphApplication) -> Double {
        application.isSinglePage ? GraphAuthorizationState.singlePageLife : GraphAuthorizationState.longestRest
    }

    private mutating func refresh(_ form: FormFields, _ application: GraphApplication) throws(GraphTokenFailure)
        -> HTTPResponse
    {
        func refused(_ number: Int, _ text: String) -> GraphTokenFailure {
            GraphTokenFailure(error: "invalid_grant", number: number, text: text)
        }
        guard let text = form["refresh_token"], var grant = refreshTokens[text],
            grant.client == application.client.id
        else { throw refused(70_000, "The refresh token is not valid.") }
        guard !grant.isRevoked else { throw refused(50_173, "The grant has been revoked.") }
        guard grant.expires > now else {
            throw grant.isFixed
                ? refused(700_084, "The refresh token of a single-page application has ended.")
                : refused(700_082, "The refresh token has expired due to inactivity.")
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
        guard let asked = GraphClaims.read(form["claims"]) else {
            throw GraphTokenFailure(error: "invalid_request", number: 90_014, text: "The claims are no JSON object.")
        }
        let demand = authorization.demands[grant.address.lowercased()]
        if let demand, !demand.isRefreshEnough, !GraphClaims.cover(grant.claims, demand.claims),
            GraphClaims.cover(asked, demand.claims)
        {
            throw GraphTokenFailure(
                error: "interaction_required",
                number: 50_076,
                text: "A further step of signing in is needed to get this token.",
                suberror: "basic_action",
                claims: demand.text
            )
        }
        let claims = grant.claims.merging(asked)
        if !grant.isFixed { grant.expires = now.addingTimeInterval(GraphAuthorizationState.longestRest) }
        return tokens(grant, scopes, claims: claims, nonce: nil)
    }

    /// The scopes of a request by their short names, in order.
    static func scopes(_ text: String) -> [String] {
        text.split(separator: " ").map { scope in
            let prefix = graphRoots.first { scope.hasPrefix($0) } ?? ""
            return String(scope.dropFirst(prefix.count))
        }
    }

    /// The resource in the clouds (https://learn.microsoft.com/graph/deployments), as scopes name it.
    private static let graphRoots = [
        "graph.microsoft.com", "graph.microsoft.us", "dod-graph.microsoft.us", "microsoftgraph.chinacloudapi.cn",
    ].map { "https://\($0)/" }

    /// The answer with fresh tokens; the life is random, and `offline_access` is never echoed.
    private mutating func tokens(
        _ grant: GraphRefresh,
        _ scopes: [String],
        claims: JSONNode,
        nonce: String?
    ) -> HTTPResponse {
        // Whoever can answer challenges gets tokens for a day and more: they can be ended at any time.
        let isLong = GraphClaims.declaresChallenges(claims)
        let life = isLong ? 86_400 + Int(identifiers.next() % 14_400) : 3600 + Int(identifiers.next() % 1800)
        let access = "EwB" + identifiers.text(60)
        accessTokens[access] = GraphAccess(
            address: grant.address,
            scopes: scopes,
            expires: now.addingTimeInterval(Double(life)),
            claims: claims
        )
        var body: JSONNode = [
            "token_type": "Bearer",
            "scope": .string(scopes.filter { $0 != "offline_access" }.joined(separator: " ")),
            "expires_in": .int(life), "ext_expires_in": .int(life), "access_token": .string(access),
        ]
        if grant.scopes.contains("offline_access") {
            let refresh = "0.A" + identifiers.text(60)
            refreshTokens[refresh] = grant
            body["refresh_token"] = .string(refresh)
        }
        if scopes.contains("openid") {
            body["id_token"] = idToken(grant.address, grant.client, nonce: nonce).map { .string($0) }
        }
        return Self.answer(body)
    }

    /// An answer that nobody may keep.
    static func answer(_ body: JSONNode) -> HTTPResponse {
        let headers: HTTPHeaders = ["Content-Type": "application/json; charset=utf-8", "Cache-Control": "no-store"]
        return HTTPResponse(status: 200, headers: headers, body: body.data)
    }

    /// An id token whose signature is no signature.
    private mutating func idToken(_ address: String, _ audience: String, nonce: String?) -> String? {
        guard let index = index(of: address) else { return nil }
        let account = accounts[index]
        let directory = directoryID(of: account)
        let issued = Int(now.secondsSinceEpoch)
        var claims: JSONNode = [
            "iss": .string("\(authorization.loginRoot)/\(directory)/v2.0"), "aud": .string(audience),
            "sub": .string("sub-" + account.id), "oid": .string(account.id), "tid": .string(directory),
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
        let stamp = time.description.split(separator: "T").joined(separator: " ") + "Z"
        let (trace, correlation) = (identifiers.guid(), identifiers.guid())
        let places = "Trace ID: \(trace) Correlation ID: \(correlation) Timestamp: \(stamp)"
        var body: JSONNode = [
            "error": .string(failure.error),
            "error_description": .string("AADSTS\(failure.number): \(failure.text) \(places)"),
            "error_codes": [.int(failure.number)], "timestamp": .string(stamp), "trace_id": .string(trace),
            "correlation_id": .string(correlation),
            "error_uri": .string("https://login.microsoftonline.com/error?code=\(failure.number)"),
        ]
        body["suberror"] = failure.suberror.map { .string($0) }
        body["claims"] = failure.claims.map { .string($0) }
        let headers: HTTPHeaders = ["Content-Type": "application/json; charset=utf-8"]
        return HTTPResponse(status: failure.status, headers: headers, body: body.data)
    }
}

extension GraphState {
    /// Tokens as if an account had agreed, without the consent page.
    mutating func issueTokens(for address: String, scopes: [String]) -> (access: String, refresh: String) {
        let key = GraphAuthorizationState.grant(address, client.id)
        authorization.consented[key, default: []].formUnion(scopes)
        let grant = GraphRefresh(
            address: address,
            client: client.id,
            scopes: scopes.contains("offline_access") ? scopes : scopes + ["offline_access"],
            claims: [:],
            expires: now.addingTimeInterval(GraphAuthorizationState.longestRest),
            isFixed: false
        )
        let answer = (try? JSONNode([UInt8](tokens(grant, scopes, claims: [:], nonce: nil).body))) ?? .null
        return (answer["access_token"]?.string ?? "", answer["refresh_token"]?.string ?? "")
    }
}
