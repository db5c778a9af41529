public import Foundation

/// A key under which secrets are sealed, with the name by which a sealed text tells it.
///
/// Its bytes are in no printed form of it (requirement F-13).
public struct SealingKey: Sendable {
    /// The name of the key; letters, digits, `-` and `_`.
    public let id: String

    let bytes: Data

    /// Creates a key from its bytes.
    ///
    /// - Parameters:
    ///   - id: Its name, which no other key ever had.
    ///   - bytes: 32 bytes from a cryptographically secure source.
    /// - Throws: `CalendarError.configuration` that names the part at fault.
    public init(id: String, bytes: Data) throws {
        guard !id.isEmpty, id.utf8.allSatisfy(\.isKeyName) else {
            throw CalendarError(.configuration, "A key's name has letters, digits, - and _ only.", field: "id")
        }
        guard bytes.count == Self.length else {
            throw CalendarError(.configuration, "A sealing key must have \(Self.length) bytes.", field: "bytes")
        }
        self.id = id
        self.bytes = bytes
    }

    /// Creates a key from Base64, as it stands in an environment variable or a key service.
    ///
    /// - Parameters:
    ///   - id: Its name, which no other key ever had.
    ///   - base64: 32 bytes in Base64, with or without padding, in the usual or the URL-safe alphabet.
    /// - Throws: `CalendarError.configuration` that names the part at fault.
    public init(id: String, base64: Secret) throws {
        guard let bytes = Base64URL.decode(base64.reveal()) else {
            throw CalendarError(.configuration, "A sealing key must be Base64.", field: "base64")
        }
        try self.init(id: id, bytes: bytes)
    }

    /// AES-256.
    private static let length = 32
}

extension SealingKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The name alone.
    public var description: String { id }

    /// The name alone.
    public var debugDescription: String { description }

    /// A mirror of the name alone.
    public var customMirror: Mirror { Mirror(self, children: ["id": id]) }
}

extension UInt8 {
    fileprivate var isKeyName: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
