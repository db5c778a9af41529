package import Foundation

extension IDTokenClaims {
    /// How far two clocks may differ, in seconds.
    private static let leeway: Double = 300

    /// Reads the claims of an id token.
    ///
    /// The signature is not checked: the token came from the token endpoint over TLS, which OpenID Connect Core section
    /// 3.1.3.7 accepts instead. Never use it for a token from anywhere else.
    ///
    /// - Throws: `CalendarError.invalidResponse` when it is not a JWT with an object as its payload.
    package init(tokenFromEndpoint token: Secret) throws {
        let parts = token.reveal().split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let payload = Base64URL.decode(String(parts[1])),
            let root = (try? JSONDocument(payload))?.root, root.kind == .object
        else {
            throw Self.invalid("is not a JSON Web Token")
        }
        var strings: [String: String] = [:]
        for (name, value) in root.members {
            if let text = value.string { strings[name] = text }
        }
        let audience = root["aud"]
        self.init(
            strings: strings,
            expiresAt: root["exp"]?.double.map { Date(timeIntervalSince1970: $0) },
            audiences: audience?.string.map { [$0] } ?? audience?.elements.compactMap(\.string) ?? []
        )
    }

    /// Checks that the token is for this client, this attempt and this moment (OpenID Connect Core 3.1.3.7).
    ///
    /// - Throws: `CalendarError.invalidResponse` naming the claim at fault, without its value.
    package func check(clientID: String, nonce: String, now: Date, server: AuthorizationServer) throws {
        guard audiences.contains(clientID) else { throw Self.invalid("is for another client", claim: "aud") }
        if audiences.count > 1 || self["azp"] != nil {
            guard self["azp"] == clientID else { throw Self.invalid("was asked for by another client", claim: "azp") }
        }
        guard let expiresAt, expiresAt.addingTimeInterval(Self.leeway) > now else {
            throw Self.invalid("has expired", claim: "exp")
        }
        guard let found = self["nonce"], constantTimeEquals(Array(found.utf8), Array(nonce.utf8)) else {
            throw Self.invalid("belongs to another attempt", claim: "nonce")
        }
        guard let issuer = self["iss"], server.isIssuer(issuer, self) else {
            throw Self.invalid("comes from another issuer", claim: "iss")
        }
    }

    private static func invalid(_ what: String, claim: String = "id_token") -> CalendarError {
        CalendarError(.invalidResponse, "The id token \(what).", field: claim)
    }
}

extension IDTokenClaims: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The names of the text claims only: values name a person.
    public var description: String { "claims: \(strings.keys.sorted().joined(separator: ", "))" }

    /// The names of the text claims only.
    public var debugDescription: String { description }

    /// A mirror of the description alone.
    public var customMirror: Mirror { Mirror(self, children: ["claims": description]) }
}
