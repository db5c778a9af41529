/// Identifiers and other values that look random, the same ones for the same seed (splitmix64).
struct GraphIdentifiers: Sendable {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    /// The next 64 bits.
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }

    /// So many characters of the URL-safe base64 alphabet.
    mutating func text(_ count: Int) -> String {
        characters(count, of: Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8))
    }

    /// So many hexadecimal digits in upper case.
    mutating func hex(_ count: Int) -> String {
        characters(count, of: Array("0123456789ABCDEF".utf8))
    }

    /// A GUID in lower case.
    mutating func guid() -> String {
        [8, 4, 4, 4, 12].map { hex($0).lowercased() }.joined(separator: "-")
    }

    private mutating func characters(_ count: Int, of alphabet: [UInt8]) -> String {
        var bytes: [UInt8] = []
        for _ in 0..<count { bytes.append(alphabet[Int(next() % UInt64(alphabet.count))]) }
        return String(decoding: bytes, as: UTF8.self)
    }
}
