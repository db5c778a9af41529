/// A key of a large table, whose hash is worked out once: when the table grows, and where keys meet, no text is read.
struct StoredKey<Value: Hashable & Sendable>: Hashable, Sendable {
    let value: Value
    private let hash: Int

    init(_ value: Value) {
        self.value = value
        hash = value.hashValue
    }

    static func == (left: Self, right: Self) -> Bool {
        left.hash == right.hash && left.value == right.value
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(hash)
    }
}
