/// One value of a document, or one key of an object, as a range of its bytes.
///
/// The nodes of a document lie in document order. The members of an object are pairs of nodes, key then value; the
/// elements of an array are nodes; both follow their container and end at its ``next``.
struct JSONTapeNode: Sendable {
    enum Kind: UInt8, Sendable {
        case object, array, string, escapedString, integer, decimal, `true`, `false`, null
    }

    /// The first byte of the value.
    var start: UInt32
    /// The byte after the value.
    var end: UInt32
    /// The index of the node after this value and everything inside it.
    var next: UInt32
    /// What the value is.
    ///
    /// A string without a backslash is told apart, since its contents need no copy, and so is a
    /// number without fraction and exponent.
    var kind: Kind
}
