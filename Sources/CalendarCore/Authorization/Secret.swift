/// A text that cannot be printed by accident: an access token, a refresh token, a client secret, a code verifier.
///
/// Every printed, reflected or dumped form reads `‹redacted›` (requirement F-13). It is not `Codable` on purpose: a store
/// that has to write it calls ``reveal()`` and seals the result. Swift strings are copied by the runtime, so no promise
/// is made that the memory is erased.
public struct Secret: Sendable {
    private let value: String

    /// Wraps a text.
    public init(_ value: String) {
        self.value = value
    }

    /// The text itself; call it where the secret is sent or sealed, and nowhere else.
    public func reveal() -> String { value }

    /// Whether the text is empty.
    public var isEmpty: Bool { value.isEmpty }
}

extension Secret: Equatable {
    /// Compares in time that depends on the lengths only.
    public static func == (left: Secret, right: Secret) -> Bool {
        constantTimeEquals(Array(left.value.utf8), Array(right.value.utf8))
    }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Always `‹redacted›`.
    public var description: String { "‹redacted›" }

    /// Always `‹redacted›`.
    public var debugDescription: String { description }

    /// A mirror without children.
    public var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}
