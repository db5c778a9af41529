/// A promise of a protocol that an implementation does not keep.
public struct PromiseBroken: Error, Hashable, Sendable, CustomStringConvertible {
    /// The promise, as a sentence.
    public let promise: String
    /// What should have been seen.
    public let expected: String
    /// What was seen.
    public let found: String

    /// Creates the report of a broken promise.
    public init(promise: String, expected: String, found: String) {
        self.promise = promise
        self.expected = expected
        self.found = found
    }

    /// The promise, what was expected and what was found.
    public var description: String { "\(promise): expected \(expected), found \(found)" }
}
