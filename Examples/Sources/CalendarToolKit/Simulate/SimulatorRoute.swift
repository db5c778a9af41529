/// Who answers a request that came over the wire.
package enum SimulatorRoute: Equatable, Sendable {
    /// The control API, with the path below `/_control/`.
    case control(String)
    case google
    case microsoft

    /// Decides by the target as it stands in the request line.
    ///
    /// The path is not decoded first: an id may hold `%2F` or `%23`, which would look like the end of a segment or of
    /// the path (RFC 3986 section 2.2).
    package init(target: String) {
        let path = target.prefix { $0 != "?" }
        let segments = path.split(separator: "/").map { $0.lowercased() }
        if segments.first == "_control" {
            self = .control(path.split(separator: "/").dropFirst().joined(separator: "/"))
        } else if segments.first == "v1.0" {
            self = .microsoft
        } else if segments.count > 2, segments[1...2].contains("v2.0") {
            // The sign-in below a tenant, with its discovery document and keys.
            self = .microsoft
        } else if segments.count == 2, segments[1] == "adminconsent" {
            self = .microsoft
        } else {
            self = .google
        }
    }
}
