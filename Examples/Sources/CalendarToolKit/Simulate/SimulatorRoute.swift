/// Who answers a request that came over the wire.
package enum SimulatorRoute: Equatable, Sendable {
    /// The control API, with the path below `/_control/`.
    case control(String)
    case google
    case microsoft
    /// The page where a Microsoft account agrees, which is for a browser and no part of Graph.
    case microsoftConsent

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
        } else if segments.count == 4, segments[1] == "oauth2", segments[2] == "v2.0" {
            self = segments[3] == "authorize" ? .microsoftConsent : .microsoft
        } else if segments.count > 2, segments[1] == "v2.0" || segments[1] == "discovery" {
            // The page for administrators, the discovery document and the keys.
            self = .microsoft
        } else {
            self = .google
        }
    }
}
