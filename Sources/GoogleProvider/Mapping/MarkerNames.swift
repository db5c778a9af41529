/// The names of this SDK's own private extended properties.
struct MarkerNames: Sendable, Hashable {
    /// Google silently drops longer keys (guide "Extended properties").
    static let keyLimit = 44
    /// Google silently cuts longer values (guide "Extended properties").
    static let valueLimit = 1024

    let namespace: String

    /// The key under which a created event carries its operation.
    var operation: String { namespace + ":operation" }

    /// The prefix of the host's tags.
    var tagPrefix: String { namespace + "." }

    /// The host's key behind a property, when the property is one of its tags.
    func tag(_ key: String) -> String? {
        key.hasPrefix(tagPrefix) ? String(key.dropFirst(tagPrefix.count)) : nil
    }

    /// Whether a tag survives at the service as it is.
    func fits(key: String, value: String) -> Bool {
        (tagPrefix + key).count <= Self.keyLimit && value.count <= Self.valueLimit
    }
}
