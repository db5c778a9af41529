public import CalendarCore
public import Foundation

/// A certificate with its private key, by which an application proves who it is instead of by a secret
/// (https://learn.microsoft.com/entra/identity-platform/certificate-credentials).
public struct ClientCertificate: Sendable {
    /// The `x5t#S256` of assertions: SHA-256 of the certificate's DER form, base64url.
    let thumbprint: String
    let signer: AssertionSigner
    /// The signature scheme; Microsoft asks for PS256 and still takes RS256.
    let algorithm: RSASignatureAlgorithm

    /// Creates a certificate whose key is kept elsewhere, such as in a key management service.
    ///
    /// - Parameters:
    ///   - der: The certificate in DER form.
    ///   - signer: Signs with the certificate's private key.
    ///   - algorithm: The signature scheme.
    ///   - crypto: The cryptography, for the thumbprint.
    public init(
        der: Data,
        signer: AssertionSigner,
        algorithm: RSASignatureAlgorithm = .ps256,
        crypto: any CryptoSuite
    ) {
        thumbprint = Base64URL.encode(crypto.sha256(der))
        self.signer = signer
        self.algorithm = algorithm
    }

    /// Reads a certificate and its private key, both in PEM form.
    ///
    /// - Parameters:
    ///   - certificatePEM: The certificate; of several, the first.
    ///   - privateKeyPEM: The private key in PKCS#8 form.
    ///   - algorithm: The signature scheme.
    ///   - crypto: The cryptography.
    /// - Throws: `CalendarError.configuration` naming the part that cannot be read.
    public init(
        certificatePEM: String,
        privateKeyPEM: Secret,
        algorithm: RSASignatureAlgorithm = .ps256,
        crypto: any CryptoSuite
    ) throws {
        guard let der = Self.der(certificatePEM) else {
            throw CalendarError(
                .configuration,
                "The certificate is not in PEM form.",
                field: "certificatePEM",
                provider: .microsoft
            )
        }
        let signer: AssertionSigner
        do {
            signer = try AssertionSigner.key(privateKeyPEM, crypto: crypto)
        } catch {
            throw CalendarError(
                .configuration,
                "The private key is not a PKCS#8 key in PEM form.",
                field: "privateKeyPEM",
                provider: .microsoft
            )
        }
        self.init(der: der, signer: signer, algorithm: algorithm, crypto: crypto)
    }

    private static func der(_ pem: String) -> Data? {
        let lines = pem.split(whereSeparator: \.isNewline)
        guard let first = lines.firstIndex(of: "-----BEGIN CERTIFICATE-----"),
            let last = lines[first...].firstIndex(of: "-----END CERTIFICATE-----"),
            let der = Data(base64Encoded: lines[(first + 1)..<last].joined()), !der.isEmpty
        else { return nil }
        return der
    }
}

extension ClientCertificate: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Says that it is a certificate, not which.
    public var description: String { "client certificate" }

    /// Says that it is a certificate, not which.
    public var debugDescription: String { description }

    /// A mirror without children.
    public var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}
