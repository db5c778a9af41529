import Foundation

/// Seals secrets before they are stored: AES-256-GCM under named keys, bound to where they belong (requirement M-05).
///
/// A sealed text reads `sealed1.KEY.BYTES`: the name of the key, then nonce, ciphertext and tag in base64url. The
/// tenant, the connection and the field are authenticated with it, each with its length, so a text that is copied to
/// another place does not open there (NIST SP 800-38D, additional authenticated data).
///
/// A new key is put in front of the earlier ones: it seals from then on, and they still open what they sealed until
/// that is sealed anew. Each write draws a fresh nonce; one key is good for 2^32 of them.
public struct SecretSealing: Sendable {
    private let crypto: any CryptoSuite
    private let keys: [SealingKey]
    private let active: SealingKey

    /// Creates a sealing.
    ///
    /// - Parameters:
    ///   - crypto: What seals and opens.
    ///   - keys: The key that seals, then those that only open.
    /// - Throws: `CalendarError.configuration` when there is no key, or two have one name.
    public init(_ crypto: any CryptoSuite, keys: [SealingKey]) throws {
        guard let active = keys.first else {
            throw CalendarError(.configuration, "There is no key to seal with.", field: "keys")
        }
        guard Set(keys.map(\.id)).count == keys.count else {
            throw CalendarError(.configuration, "Two sealing keys have one name.", field: "keys")
        }
        self.crypto = crypto
        self.keys = keys
        self.active = active
    }

    /// Seals a secret for one place.
    ///
    /// - Parameters:
    ///   - secret: The secret.
    ///   - field: What it is, such as `refreshToken`.
    ///   - key: The connection it belongs to.
    /// - Returns: The sealed text.
    /// - Throws: The crypto suite's failure.
    public func seal(_ secret: Secret, as field: String, of key: ConnectionKey) throws -> String {
        let nonce = crypto.randomBytes(Self.nonceLength)
        let sealed = try crypto.seal(
            Data(secret.reveal().utf8),
            key: active.bytes,
            nonce: nonce,
            authenticating: Self.context(active, field, key)
        )
        return [Self.mark, active.id, Base64URL.encode(nonce + sealed)].joined(separator: ".")
    }

    /// Opens a sealed text.
    ///
    /// - Parameters:
    ///   - text: What ``seal(_:as:of:)`` made.
    ///   - field: What it is.
    ///   - key: The connection it belongs to.
    /// - Returns: The secret.
    /// - Throws: `CalendarError.configuration` when its key is not among the keys; `sealBroken` when it is not sealed,
    ///   was changed, belongs elsewhere, or the key of that name is another one. `field` names the field.
    public func open(_ text: String, as field: String, of key: ConnectionKey) throws -> Secret {
        guard let (name, bytes) = Self.parts(of: text) else {
            throw CalendarError(.sealBroken, "What is stored is not sealed.", field: field)
        }
        guard let sealingKey = keys.first(where: { $0.id == name }) else {
            throw CalendarError(
                .configuration,
                "What is stored was sealed with a key that is not among the keys.",
                field: field,
                reason: "unknownSealingKey"
            )
        }
        let opened = try? crypto.open(
            Data(bytes.dropFirst(Self.nonceLength)),
            key: sealingKey.bytes,
            nonce: Data(bytes.prefix(Self.nonceLength)),
            authenticating: Self.context(sealingKey, field, key)
        )
        guard let opened, let secret = String(data: opened, encoding: .utf8) else {
            throw CalendarError(.sealBroken, "What is stored does not open with its key at this place.", field: field)
        }
        return Secret(secret)
    }

    /// Whether a text was sealed with the key that seals now.
    public func isCurrent(_ text: String) -> Bool {
        Self.parts(of: text)?.key == active.id
    }

    private static let mark = "sealed1"
    private static let nonceLength = 12

    private static func parts(of text: String) -> (key: String, bytes: Data)? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == mark, let bytes = Base64URL.decode(String(parts[2])),
            bytes.count > nonceLength
        else { return nil }
        return (String(parts[1]), bytes)
    }

    /// Each part with its length in front, so that no two places have one context.
    private static func context(_ sealingKey: SealingKey, _ field: String, _ key: ConnectionKey) -> Data {
        let parts = [mark, sealingKey.id, key.tenant.rawValue, key.connection.rawValue, field]
        return parts.reduce(into: Data()) { context, part in
            withUnsafeBytes(of: UInt32(part.utf8.count).bigEndian) { context.append(contentsOf: $0) }
            context.append(contentsOf: part.utf8)
        }
    }
}
