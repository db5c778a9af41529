public import Foundation

/// Signs the assertions of a service account or a certificate (RFC 7523), wherever the key is kept.
///
/// The key stays with whoever made the signer: in memory, in a key management service, in a hardware module.
public struct AssertionSigner: Sendable {
    private let sign: @Sendable (_ data: Data, _ algorithm: RSASignatureAlgorithm) async throws -> Data

    /// Creates a signer from a function, such as a call to a key management service.
    ///
    /// - Parameter sign: Gives the signature over the data's SHA-256 digest, under the scheme asked for.
    public init(_ sign: @escaping @Sendable (_ data: Data, _ algorithm: RSASignatureAlgorithm) async throws -> Data) {
        self.sign = sign
    }

    /// A signer with a key at hand.
    ///
    /// - Parameters:
    ///   - privateKeyPEM: A PKCS#8 private key in PEM form.
    ///   - crypto: The cryptography.
    /// - Returns: The signer.
    /// - Throws: `CalendarError.configuration` when the key cannot be read, so that it shows at start-up.
    public static func key(_ privateKeyPEM: Secret, crypto: any CryptoSuite) throws -> AssertionSigner {
        _ = try crypto.sign(Data(), using: .rs256, privateKeyPEM: privateKeyPEM)
        return AssertionSigner { data, algorithm in
            try crypto.sign(data, using: algorithm, privateKeyPEM: privateKeyPEM)
        }
    }

    /// A signed JSON Web Token in compact form (RFC 7515 section 7.1); the header gets its `alg` and `typ` here.
    package func token(
        header: JSONNode,
        claims: JSONNode,
        algorithm: RSASignatureAlgorithm
    ) async throws -> Secret {
        let full = (["alg": .string(algorithm.rawValue), "typ": "JWT"] as JSONNode).merging(header)
        let signed = [full, claims].map { Base64URL.encode($0.data) }.joined(separator: ".")
        let signature = try await sign(Data(signed.utf8), algorithm)
        return Secret(signed + "." + Base64URL.encode(signature))
    }
}
