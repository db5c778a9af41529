import Foundation

/// The `claims` parameter of a request (OpenID Connect Core section 5.5), as JSON text.
package enum ClaimsRequest {
    /// What a server always asks for and what a service has just demanded, in one text; nil when there is neither.
    ///
    /// A member that both name is the demanded one.
    package static func merged(_ standing: String?, _ demanded: String?) -> String? {
        guard let standing, let base = object(standing) else { return demanded }
        guard let demanded, let patch = object(demanded) else { return standing }
        return String(decoding: base.merging(patch).bytes, as: UTF8.self)
    }

    /// The claims that an answer 401 demands of the next token, as JSON text; nil when it demands none.
    ///
    /// `WWW-Authenticate: Bearer error="insufficient_claims", claims="<base64>"`, with its fields in any order and other
    /// challenges around it, joined by commas when there were several header fields
    /// (https://learn.microsoft.com/entra/identity-platform/claims-challenge).
    package static func demanded(by header: String?) -> String? {
        guard let header else { return nil }
        let fields = ChallengeFields(header)
        guard fields.values("error").contains("insufficient_claims") else { return nil }
        return fields.values("claims").lazy
            .compactMap(Base64URL.decode)
            .first { object($0) != nil }
            .map { String(decoding: $0, as: UTF8.self) }
    }

    private static func object(_ text: String) -> JSONNode? { object(Data(text.utf8)) }

    private static func object(_ data: Data) -> JSONNode? {
        guard let root = (try? JSONDocument(data))?.root, root.kind == .object else { return nil }
        return JSONNode(root)
    }
}

/// The `name=value` fields of one or more challenges (RFC 9110 section 11.6.1), values unquoted.
private struct ChallengeFields {
    private var fields: [(name: String, value: String)] = []

    init(_ header: String) {
        var rest = Substring(header)
        while let mark = rest.firstIndex(of: "=") {
            let name = rest[..<mark].split(whereSeparator: { $0 == " " || $0 == "," || $0 == "\t" }).last
            rest = rest[rest.index(after: mark)...].drop { $0 == " " }
            let value = Self.takeValue(&rest)
            if let name { fields.append((name: name.lowercased(), value: value)) }
        }
    }

    func values(_ name: String) -> [String] { fields.filter { $0.name == name }.map(\.value) }

    private static func takeValue(_ rest: inout Substring) -> String {
        guard rest.first == "\"" else {
            let value = rest.prefix { $0 != "," && $0 != " " }
            rest = rest[value.endIndex...]
            return String(value)
        }
        rest.removeFirst()
        var value = ""
        while let next = rest.popFirst(), next != "\"" {
            value.append(next == "\\" ? rest.popFirst() ?? next : next)
        }
        return value
    }
}
