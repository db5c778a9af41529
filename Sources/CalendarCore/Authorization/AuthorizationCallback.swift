package import Foundation

/// What a service sent back with the browser (RFC 6749 section 4.1.2, RFC 9207).
///
/// Parameters that are not known are ignored, as section 4.1.2 demands.
package struct AuthorizationCallback: Sendable {
    /// The state, as sent with the request.
    package let state: Secret
    /// The authorization code.
    package let code: Secret?
    /// The service's error code, if it is a well-formed one.
    package let error: String?
    /// Whether the answer is an error, well-formed or not.
    package let isError: Bool
    /// The issuer, from `iss`.
    package let issuer: String?

    /// Reads the query of a callback address.
    ///
    /// - Throws: `CalendarError.attemptInvalid` when there is no state, or a parameter occurs twice (RFC 6749 section
    ///   3.1).
    package init(_ url: URL) throws {
        let fields = FormFields(parsing: String(Self.query(of: url.absoluteString)))
        func single(_ name: String) throws -> String? {
            let values = fields.values(name)
            guard values.count <= 1 else {
                throw CalendarError(.attemptInvalid, "The callback names the parameter \(name) twice.", field: name)
            }
            return values.first.flatMap { $0.isEmpty ? nil : $0 }
        }
        guard let state = try single("state") else {
            throw CalendarError(.attemptInvalid, "The callback carries no state.", field: "state")
        }
        self.state = Secret(state)
        code = try single("code").map { Secret($0) }
        let error = try single("error")
        self.error = error.flatMap(OAuthErrorCode.wellFormed)
        isError = error != nil
        issuer = try single("iss")
    }

    private static func query(of address: String) -> Substring {
        let address = address.prefix { $0 != "#" }
        guard let mark = address.firstIndex(of: "?") else { return "" }
        return address[address.index(after: mark)...]
    }
}
