/// A service's short error code, such as `quotaExceeded`: nothing that could hold an address or a sentence passes.
struct ShortCode: Hashable, Sendable {
    let text: String

    /// Takes a code over; nil when it is longer than 64 characters or has others than letters, digits, `.`, `_`, `-`.
    init?(_ text: String) {
        let isShort = (1...64).contains(text.utf8.count)
        let isPlain = text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
                true
            default: false
            }
        }
        guard isShort, isPlain else { return nil }
        self.text = text
    }
}
