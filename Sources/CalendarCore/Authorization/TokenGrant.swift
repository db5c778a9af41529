package import Foundation

/// What a token endpoint granted (RFC 6749 section 5.1).
package struct TokenGrant: Sendable {
    /// The access token.
    package let accessToken: Secret
    /// The refresh token; services often leave it out when refreshing.
    package let refreshToken: Secret?
    /// When the access token stops working, counted from when the request was sent.
    package let expiresAt: Date
    /// When the refresh token stops working, for access that was given for a limited time.
    package let refreshExpiresAt: Date?
    /// The scopes granted, in the spelling in which they are asked for.
    package let scopes: [String]
    /// The id token, when the `openid` scope was asked for.
    package let idToken: Secret?

    /// The lifetime assumed when the service states none, in seconds.
    private static let assumedLifetime: Double = 3600

    /// Reads a successful answer.
    ///
    /// - Parameters:
    ///   - answer: The answer's body.
    ///   - sentAt: When the request was sent.
    ///   - requestedScopes: The scopes asked for, which were granted when the answer names none.
    ///   - aliases: Other spellings of scopes.
    /// - Throws: `CalendarError.invalidResponse` when there is no usable bearer token; never with any of the content.
    package init(
        _ answer: JSONValue,
        sentAt: Date,
        requestedScopes: [String],
        aliases: [String: String]
    ) throws {
        guard let token = answer["access_token"]?.string, !token.isEmpty else {
            throw CalendarError(.invalidResponse, "The token endpoint's answer holds no token.", field: "access_token")
        }
        if let type = answer["token_type"]?.string, type.lowercased() != "bearer" {
            throw CalendarError(.invalidResponse, "The token is not a bearer token.", field: "token_type")
        }
        let lifetime = Self.seconds(answer["expires_in"])
        accessToken = Secret(token)
        refreshToken = Self.secret(answer["refresh_token"])
        expiresAt = sentAt.addingTimeInterval(lifetime ?? Self.assumedLifetime)
        refreshExpiresAt = Self.seconds(answer["refresh_token_expires_in"]).map { sentAt.addingTimeInterval($0) }
        scopes = answer["scope"]?.string.map { Self.scopes(in: $0, aliases: aliases) } ?? requestedScopes
        idToken = Self.secret(answer["id_token"])
    }

    /// A lifetime in seconds: a number or its text, from nothing to a year.
    private static func seconds(_ value: JSONValue?) -> Double? {
        value.flatMap { $0.lenientInt.map(Double.init) ?? $0.double }.map { min(max($0, 0), 366 * 86400) }
    }

    private static func secret(_ value: JSONValue?) -> Secret? {
        value?.string.flatMap { $0.isEmpty ? nil : Secret($0) }
    }

    private static func scopes(in text: String, aliases: [String: String]) -> [String] {
        text.split(whereSeparator: \.isWhitespace).map { aliases[String($0)] ?? String($0) }.withoutRepeats
    }
}

extension [String] {
    /// The elements in order, each once.
    var withoutRepeats: [String] {
        var seen: Set<String> = []
        return filter { seen.insert($0).inserted }
    }
}
