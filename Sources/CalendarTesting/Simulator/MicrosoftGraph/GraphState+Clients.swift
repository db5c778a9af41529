import CalendarCore
import Foundation

/// How applications prove who they are, and what they get in their own name.
extension GraphState {
    /// The application that a token request proves to be.
    func authenticate(
        _ form: FormFields,
        _ headers: HTTPHeaders,
        tenant: String
    ) throws(GraphTokenFailure) -> GraphApplication {
        var id = form["client_id"]
        var secret = form["client_secret"]
        if let header = headers["Authorization"], header.lowercased().hasPrefix("basic "),
            let data = Data(base64Encoded: String(header.dropFirst(6)))
        {
            let sides = String(decoding: data, as: UTF8.self).split(separator: ":", maxSplits: 1)
            id = sides.first.map { PercentEncoding.decodeForm($0) }
            secret = sides.count == 2 ? PercentEncoding.decodeForm(sides[1]) : nil
        }
        guard let application = authorization.application(id) else {
            if let holder = holder(form) { return holder }
            guard id != nil else {
                let text = "The request body must contain the parameter 'client_id'."
                throw GraphTokenFailure(error: "invalid_request", number: 900_144, text: text)
            }
            let text = "The application was not found in the directory."
            throw GraphTokenFailure(error: "unauthorized_client", number: 700_016, text: text)
        }
        if let failure = refusal(of: application, at: directory(tenant)) { throw failure }
        // A browser says where its page comes from; only single-page applications redeem there.
        guard (headers["Origin"] != nil) == application.isSinglePage || form["grant_type"] == "client_credentials"
        else {
            let number = application.isSinglePage ? 9_002_327 : 9_002_326
            let text = "Tokens are redeemed from another origin by single-page applications, and by no others."
            throw GraphTokenFailure(error: "invalid_request", number: number, text: text)
        }
        func refused(_ number: Int, _ text: String) -> GraphTokenFailure {
            GraphTokenFailure(status: 401, error: "invalid_client", number: number, text: text)
        }
        let assertion = form["client_assertion"]
        guard application.isConfidential else {
            guard secret == nil, assertion == nil else {
                throw refused(700_025, "The client is public, so neither an assertion nor a secret should be sent.")
            }
            return application
        }
        if let assertion {
            guard form["client_assertion_type"] == "urn:ietf:params:oauth:client-assertion-type:jwt-bearer" else {
                let text = "The type of the client assertion is missing or not supported."
                throw GraphTokenFailure(error: "invalid_request", number: 900_144, text: text)
            }
            try check(assertion, of: application, tenant: tenant)
            return application
        }
        guard let secret else {
            throw refused(7_000_218, "The request must contain client_assertion or client_secret.")
        }
        guard secret == application.client.secret?.reveal() else {
            throw refused(7_000_215, "The client secret is not valid.")
        }
        return application
    }

    /// The application that a refresh token was issued to, for a client that is itself unknown.
    private func holder(_ form: FormFields) -> GraphApplication? {
        guard authorization.welcomesStrangers, form["grant_type"] == "refresh_token",
            let grant = refreshTokens[form["refresh_token"] ?? ""]
        else { return nil }
        return authorization.application(grant.client)
    }

    /// Checks an assertion (https://learn.microsoft.com/entra/identity-platform/certificate-credentials).
    private func check(
        _ assertion: String,
        of application: GraphApplication,
        tenant: String
    ) throws(GraphTokenFailure) {
        func refused(_ number: Int, _ text: String) -> GraphTokenFailure {
            GraphTokenFailure(status: 401, error: "invalid_client", number: number, text: text)
        }
        let parts = assertion.split(separator: ".", omittingEmptySubsequences: false).map { String($0) }
        guard parts.count == 3, let header = Self.object(parts[0]), let claims = Self.object(parts[1]),
            let signature = Base64URL.decode(parts[2])
        else { throw refused(50_027, "The client assertion is no signed token.") }
        guard let algorithm = RSASignatureAlgorithm(rawValue: header["alg"]?.string ?? "") else {
            throw refused(5_002_723, "The algorithm of the client assertion is not supported.")
        }
        let thumbprint = header["x5t#S256"]?.string
        guard let certificate = application.certificates.first(where: { $0.thumbprint == thumbprint }) else {
            throw refused(700_027, "The key that the client assertion names is not registered.")
        }
        let signed = Data("\(parts[0]).\(parts[1])".utf8)
        let key = certificate.publicKeyPEM
        guard (try? crypto.isValid(signature, for: signed, using: algorithm, publicKeyPEM: key)) == true else {
            throw refused(700_027, "The signature of the client assertion is not valid.")
        }
        guard let id = claims["iss"]?.string, id == claims["sub"]?.string, id == application.client.id else {
            throw refused(700_027, "Issuer and subject of the client assertion must be the client.")
        }
        guard isTokenEndpoint(claims["aud"]?.string ?? "", tenant: tenant) else {
            throw refused(50_012, "The audience of the client assertion is not this endpoint.")
        }
        // Clocks may differ by five minutes.
        let time = Double(now.millisecondsSinceEpoch) / 1000
        guard let end = claims["exp"]?.double, end > time - 300, claims["nbf"]?.double ?? 0 <= time + 300 else {
            throw refused(700_024, "The client assertion is not within its valid time range.")
        }
        guard claims["jti"]?.string?.isEmpty == false else {
            throw refused(700_027, "The client assertion has no identifier.")
        }
    }

    private func isTokenEndpoint(_ text: String, tenant segment: String) -> Bool {
        [segment, tenant].contains { text == "\(authorization.loginRoot)/\($0)/oauth2/v2.0/token" }
    }

    private static func object(_ part: String) -> JSONNode? {
        guard let data = Base64URL.decode(part), let node = try? JSONNode([UInt8](data)) else { return nil }
        return node.object == nil ? nil : node
    }

    /// Client credentials (https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow):
    /// of one directory only, for all permissions an administrator consented to, and without a refresh token.
    mutating func grant(
        _ form: FormFields,
        _ application: GraphApplication,
        tenant: String
    ) throws(GraphTokenFailure) -> HTTPResponse {
        guard directory(tenant) == .own else {
            let text = "The grant type is not supported over this endpoint; use that of one tenant."
            throw GraphTokenFailure(error: "invalid_request", number: 9_001_023, text: text)
        }
        guard application.isConfidential else {
            let text = "The request must contain client_assertion or client_secret."
            throw GraphTokenFailure(status: 401, error: "invalid_client", number: 7_000_218, text: text)
        }
        guard Self.scopes(form["scope"] ?? "") == [".default"] else {
            let text = "Client credentials need the scope of a resource with /.default behind it."
            throw GraphTokenFailure(error: "invalid_scope", number: 1_002_012, text: text)
        }
        let access = "EwA" + identifiers.text(60)
        accessTokens[access] = GraphAccess(
            address: "",
            scopes: application.granted.sorted(),
            expires: now.addingTimeInterval(3599),
            application: application.client.id
        )
        return Self.answer([
            "token_type": "Bearer", "expires_in": 3599, "ext_expires_in": 3599, "access_token": .string(access),
        ])
    }
}

extension GraphApplication {
    /// Whether it has something to prove who it is by.
    fileprivate var isConfidential: Bool { client.secret != nil || !certificates.isEmpty }
}
