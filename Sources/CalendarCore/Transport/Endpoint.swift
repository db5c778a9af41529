package import Foundation

/// The address of an operation below a service's root, built from unencoded parts.
package struct Endpoint: Sendable {
    private let root: URL
    private let segments: [String]
    private var query: FormFields

    /// Creates an address from path segments; each is encoded as one segment whatever it contains.
    package init(_ root: URL, _ segments: String..., query: FormFields = FormFields()) {
        self.root = root
        self.segments = segments
        self.query = query
    }

    /// The encoded address.
    ///
    /// - Throws: `CalendarError.invalidArgument` when a segment is empty or a dot segment, which would address something
    ///   else than was meant.
    package var url: URL {
        get throws {
            var text = root.absoluteString
            while text.hasSuffix("/") { text.removeLast() }
            for segment in segments {
                guard !segment.isEmpty, segment != ".", segment != ".." else {
                    throw CalendarError.invalidArgument("id", "An identifier in the address is empty or a dot segment.")
                }
                text += "/" + PercentEncoding.encode(segment)
            }
            if !query.pairs.isEmpty { text += "?" + query.encoded }
            guard let url = URL(string: text) else {
                throw CalendarError(.configuration, "The service root is not a usable address.", field: "root")
            }
            return url
        }
    }
}
