/// A large value behind a reference, so that a dictionary of many grows without moving them.
final class StoredRow<Value: Sendable>: Sendable {
    let value: Value

    init(_ value: Value) {
        self.value = value
    }
}
