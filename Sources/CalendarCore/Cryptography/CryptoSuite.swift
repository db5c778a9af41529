public import Foundation

/// The cryptography the SDK needs, injected so that none of it is written here.
///
/// `CalendarCrypto` (trait `Crypto`) implements it on swift-crypto; `CalendarTesting` has an insecure, deterministic
/// stand-in for tests. Implementations are stateless and safe to call from any task.
public protocol CryptoSuite: Sendable {
    /// The SHA-256 digest of some bytes: 32 bytes (FIPS 180-4).
    func sha256(_ data: Data) -> Data

    /// The HMAC-SHA-256 of some bytes under a key: 32 bytes (RFC 2104).
    func hmacSHA256(_ data: Data, key: Data) -> Data

    /// Seals bytes with AES-256-GCM under a caller's nonce; the answer is the ciphertext followed by the 16-byte tag.
    ///
    /// - Parameters:
    ///   - plaintext: The bytes to protect.
    ///   - key: 32 bytes.
    ///   - nonce: 12 bytes, never used twice with one key.
    ///   - context: Bytes that are authenticated but not stored.
    /// - Returns: The ciphertext followed by the tag.
    /// - Throws: `CalendarError.invalidArgument` for a key or nonce of the wrong length.
    func seal(_ plaintext: Data, key: Data, nonce: Data, authenticating context: Data) throws -> Data

    /// Opens what ``seal(_:key:nonce:authenticating:)`` made.
    ///
    /// - Parameters:
    ///   - sealed: The ciphertext followed by the tag.
    ///   - key: 32 bytes.
    ///   - nonce: The nonce used for sealing.
    ///   - context: The bytes authenticated when sealing.
    /// - Returns: The plaintext.
    /// - Throws: `CalendarError` when anything differs from what was sealed.
    func open(_ sealed: Data, key: Data, nonce: Data, authenticating context: Data) throws -> Data

    /// Signs bytes with an RSA private key.
    ///
    /// - Parameters:
    ///   - data: The bytes to sign; the digest is taken here.
    ///   - algorithm: The signature scheme.
    ///   - privateKeyPEM: A PKCS#8 private key in PEM form.
    /// - Returns: The signature.
    /// - Throws: `CalendarError.configuration` when the key cannot be read.
    func sign(_ data: Data, using algorithm: RSASignatureAlgorithm, privateKeyPEM: Secret) throws -> Data

    /// Whether a signature fits the bytes and the public key.
    ///
    /// - Parameters:
    ///   - signature: The signature to check.
    ///   - data: The signed bytes.
    ///   - algorithm: The signature scheme.
    ///   - publicKeyPEM: A public key in PEM form.
    /// - Returns: Whether it fits.
    /// - Throws: `CalendarError.configuration` when the key cannot be read.
    func isValid(
        _ signature: Data,
        for data: Data,
        using algorithm: RSASignatureAlgorithm,
        publicKeyPEM: String
    ) throws -> Bool

    /// So many bytes from a cryptographically secure source.
    func randomBytes(_ count: Int) -> Data
}

/// The RSA signature schemes used by service accounts and certificate credentials (RFC 7518 section 3).
public enum RSASignatureAlgorithm: String, Sendable, Hashable, Codable {
    /// RSASSA-PKCS1-v1_5 with SHA-256.
    case rs256 = "RS256"
    /// RSASSA-PSS with SHA-256.
    case ps256 = "PS256"
}
