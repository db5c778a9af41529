import CalendarCore
import Foundation

/// The key under which the example's store seals tokens: a file beside it that only its owner may read.
///
/// It keeps the tokens out of copies of the store alone. A host in production takes its key from elsewhere, such as a
/// key service, because whoever takes both files has both.
package enum StoreKey {
    /// What seals the tokens of a store; the key is made where neither it nor the store is there yet.
    ///
    /// - Parameters:
    ///   - store: The path of the store.
    ///   - crypto: What seals, and draws a new key.
    /// - Returns: The sealing.
    /// - Throws: `CalendarError.configuration` when the store is there and its key is not, or is none.
    package static func sealing(of store: String, _ crypto: any CryptoSuite) throws -> SecretSealing {
        let path = store + ".key"
        if let stored = FileManager.default.contents(atPath: path) {
            let text = String(decoding: stored, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
            return try SecretSealing(crypto, keys: [SealingKey(id: "example", base64: Secret(text))])
        }
        guard !FileManager.default.fileExists(atPath: store) else {
            throw CalendarError(.configuration, "The store is there, but not the key file beside it.", field: "store")
        }
        let key = crypto.randomBytes(32)
        let isMade = FileManager.default.createFile(
            atPath: path,
            contents: Data(key.base64EncodedString().utf8),
            attributes: [.posixPermissions: 0o600]
        )
        guard isMade else {
            throw CalendarError(.configuration, "The key file beside the store cannot be written.", field: "store")
        }
        return try SecretSealing(crypto, keys: [SealingKey(id: "example", bytes: key)])
    }
}
