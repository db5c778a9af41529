import CalendarCore
import Foundation

/// Service accounts (https://developers.google.com/identity/protocols/oauth2/service-account).
extension GoogleService {
    /// The grant type of RFC 7523.
    static let assertionGrant = "urn:ietf:params:oauth:grant-type:jwt-bearer"

    /// Answers a signed assertion with an access token, for the service account itself or for a user of its domain.
    mutating func exchangeAssertion(_ form: FormFields) -> HTTPResponse {
        guard let assertion = form["assertion"] else {
            return Self.refuseToken("invalid_request", "Missing required parameter: assertion")
        }
        let parts = assertion.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, let header = Self.object(parts[0]), let claims = Self.object(parts[1]),
            let signature = Base64URL.decode(parts[2]), header["alg"] == "RS256"
        else { return Self.refuseToken("invalid_grant", "Invalid JWT: the assertion cannot be read.") }
        let issuer = claims["iss"]?.string
        guard let account = authorization.serviceAccounts.first(where: { $0.address == issuer }) else {
            return Self.refuseToken("invalid_grant", "Invalid grant: account not found")
        }
        let signed = Data("\(parts[0]).\(parts[1])".utf8)
        let key = account.publicKeyPEM
        guard (try? crypto.isValid(signature, for: signed, using: .rs256, publicKeyPEM: key)) == true else {
            return Self.refuseToken("invalid_grant", "Invalid JWT Signature.")
        }
        guard let audience = claims["aud"]?.string, Self.isTokenEndpoint(audience) else {
            return Self.refuseToken("invalid_grant", "Invalid JWT: Failed audience check.")
        }
        guard let issued = claims["iat"]?.double, let end = claims["exp"]?.double, isTimely(issued, end) else {
            return Self.refuseToken(
                "invalid_grant",
                "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe."
            )
        }
        let scopes = (claims["scope"]?.string ?? "").split(separator: " ").map { GoogleScopes.reported(String($0)) }
        guard !scopes.isEmpty else {
            return Self.refuseToken("invalid_scope", "Empty or missing scope not allowed.")
        }
        guard scopes.allSatisfy(GoogleScopes.exists) else {
            return Self.refuseToken("invalid_scope", "Invalid OAuth scope or ID token audience provided.")
        }
        return grant(scopes, to: account, for: claims["sub"]?.string)
    }

    /// A service account that acts in its own name cannot invite anybody.
    func checkInvitations(_ call: GoogleCall) throws(GoogleRefusal) {
        let address = accounts[call.account].address
        guard [.post, .put, .patch].contains(call.method), call.path.count >= 3, call.path[2] == "events",
            call.path.last != "import", authorization.serviceAccounts.contains(where: { $0.address == address }),
            let body = try? call.resource(), !(body["attendees"]?.elements ?? []).isEmpty
        else { return }
        throw GoogleRefusal(
            403,
            "forbiddenForServiceAccounts",
            "Service accounts cannot invite attendees without Domain-Wide Delegation of Authority.",
            domain: "calendar"
        )
    }

    private mutating func grant(
        _ scopes: [String],
        to account: GoogleAuthorizationState.ServiceAccount,
        for subject: String?
    ) -> HTTPResponse {
        var holder = account.address
        if let subject, subject.lowercased() != account.address.lowercased() {
            // One scope outside the list fails the whole request.
            guard account.delegatedScopes.isSuperset(of: scopes) else {
                return Self.refuseToken(
                    "unauthorized_client",
                    "Client is unauthorized to retrieve access tokens using this method, "
                        + "or client not authorized for any of the scopes requested.",
                    status: 401
                )
            }
            guard let user = accountIndex(subject) else {
                return Self.refuseToken("invalid_grant", "Invalid email or User ID")
            }
            holder = accounts[user].address
        }
        var answer = grantAccess(holder, scopes: scopes, client: account.address)
        answer["token_type"] = "Bearer"
        return .google(answer)
    }

    /// Issued already, not over, and for an hour at most.
    private func isTimely(_ issued: Double, _ end: Double) -> Bool {
        let now = Double(now.millisecondsSinceEpoch) / 1000
        return issued <= now && end > now && end - issued <= 3600
    }

    /// The service's own endpoint, or that of a simulator on this machine.
    private static func isTokenEndpoint(_ text: String) -> Bool {
        if ["https://oauth2.googleapis.com/token", "https://accounts.google.com/o/oauth2/token"].contains(text) {
            return true
        }
        guard let url = URL(string: text), let host = url.host() else { return false }
        return ["127.0.0.1", "localhost", "::1", "[::1]"].contains(host) && url.path().hasSuffix("/token")
    }

    private static func object(_ part: String) -> JSONNode? {
        guard let data = Base64URL.decode(part), let document = try? JSONDocument(data) else { return nil }
        let node = JSONNode(document.root)
        return node.object == nil ? nil : node
    }
}
