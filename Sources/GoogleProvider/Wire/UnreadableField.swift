/// A field that an event cannot do without and that is missing or cannot be read.
struct UnreadableField: Error, Hashable {
    let field: String
    let message: String

    static func missing(_ field: String) -> UnreadableField {
        UnreadableField(field: field, message: "A field that an event needs is missing.")
    }

    static func malformed(_ field: String) -> UnreadableField {
        UnreadableField(field: field, message: "A field that an event needs cannot be read.")
    }
}
