import Foundation

/// A PKCE code verifier with its challenge, method S256 (RFC 7636 section 4).
package struct PKCE: Sendable {
    /// The verifier, sent with the code exchange only.
    package let verifier: Secret
    /// The challenge, sent with the authorization request: the base64url form of the verifier's SHA-256.
    package let challenge: String

    /// Derives the challenge of a verifier.
    package init(verifier: Secret, crypto: any CryptoSuite) {
        self.verifier = verifier
        challenge = Base64URL.encode(crypto.sha256(Data(verifier.reveal().utf8)))
    }

    /// Makes a verifier of 43 characters from 32 random bytes.
    package static func random(from crypto: any CryptoSuite) -> PKCE {
        PKCE(verifier: Secret(Base64URL.encode(crypto.randomBytes(32))), crypto: crypto)
    }
}
