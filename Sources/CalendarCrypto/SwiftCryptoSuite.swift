#if Crypto
public import CalendarCore
import Crypto
import CryptoExtras
public import Foundation

/// The SDK's cryptography on swift-crypto, which is CryptoKit on Apple platforms and BoringSSL elsewhere.
public struct SwiftCryptoSuite: CryptoSuite {
    /// Creates the suite; it has no state.
    public init() {}

    /// The SHA-256 digest of some bytes.
    public func sha256(_ data: Data) -> Data {
        Data(SHA256.hash(data: data))
    }

    /// The HMAC-SHA-256 of some bytes under a key.
    public func hmacSHA256(_ data: Data, key: Data) -> Data {
        Data(HMAC<SHA256>.authenticationCode(for: data, using: SymmetricKey(data: key)))
    }

    /// Seals bytes with AES-256-GCM; the answer is the ciphertext followed by the 16-byte tag.
    public func seal(_ plaintext: Data, key: Data, nonce: Data, authenticating context: Data) throws -> Data {
        try Self.check(key: key, nonce: nonce)
        let box = try AES.GCM.seal(
            plaintext,
            using: SymmetricKey(data: key),
            nonce: AES.GCM.Nonce(data: nonce),
            authenticating: context
        )
        return box.ciphertext + box.tag
    }

    /// Opens what ``seal(_:key:nonce:authenticating:)`` made.
    ///
    /// - Throws: `CalendarError.invalidArgument` when anything differs from what was sealed.
    public func open(_ sealed: Data, key: Data, nonce: Data, authenticating context: Data) throws -> Data {
        try Self.check(key: key, nonce: nonce)
        do {
            let box = try AES.GCM.SealedBox(
                nonce: AES.GCM.Nonce(data: nonce),
                ciphertext: sealed.dropLast(16),
                tag: sealed.suffix(16)
            )
            return try AES.GCM.open(box, using: SymmetricKey(data: key), authenticating: context)
        } catch {
            throw CalendarError.invalidArgument("sealed", "The sealed bytes do not fit the key, nonce or context.")
        }
    }

    /// Signs bytes with an RSA private key of at least 2048 bits.
    public func sign(_ data: Data, using algorithm: RSASignatureAlgorithm, privateKeyPEM: Secret) throws -> Data {
        let key: _RSA.Signing.PrivateKey
        do {
            key = try _RSA.Signing.PrivateKey(pemRepresentation: privateKeyPEM.reveal())
        } catch {
            throw Self.unreadable("private")
        }
        return try key.signature(for: SHA256.hash(data: data), padding: algorithm.padding).rawRepresentation
    }

    /// Whether a signature fits the bytes and the public key.
    public func isValid(
        _ signature: Data,
        for data: Data,
        using algorithm: RSASignatureAlgorithm,
        publicKeyPEM: String
    ) throws -> Bool {
        let key: _RSA.Signing.PublicKey
        do {
            key = try _RSA.Signing.PublicKey(pemRepresentation: publicKeyPEM)
        } catch {
            throw Self.unreadable("public")
        }
        return key.isValidSignature(
            _RSA.Signing.RSASignature(rawRepresentation: signature),
            for: SHA256.hash(data: data),
            padding: algorithm.padding
        )
    }

    /// So many bytes from the generator that makes keys.
    public func randomBytes(_ count: Int) -> Data {
        guard count > 0 else { return Data() }
        return SymmetricKey(size: SymmetricKeySize(bitCount: count * 8)).withUnsafeBytes { Data($0) }
    }

    private static func check(key: Data, nonce: Data) throws {
        guard key.count == 32 else { throw CalendarError.invalidArgument("key", "The key must have 32 bytes.") }
        guard nonce.count == 12 else { throw CalendarError.invalidArgument("nonce", "The nonce must have 12 bytes.") }
    }

    private static func unreadable(_ kind: String) -> CalendarError {
        CalendarError(.configuration, "The \(kind) key is not a usable RSA key in PEM form.", field: "key")
    }
}

extension RSASignatureAlgorithm {
    fileprivate var padding: _RSA.Signing.Padding {
        switch self {
        case .rs256: .insecurePKCS1v1_5
        case .ps256: .PSS
        }
    }
}
#endif
