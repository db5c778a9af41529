#if Crypto
import CalendarCore
import CalendarCrypto
import Foundation
import Testing

@Suite("Signed assertions on swift-crypto")
struct AssertionSignerTests {
    private let crypto = SwiftCryptoSuite()

    @Test(
        "R-19: a JSON Web Token's signature fits the public key, over the header and the claims as sent",
        arguments: [RSASignatureAlgorithm.rs256, .ps256]
    )
    func signature(algorithm: RSASignatureAlgorithm) async throws {
        let signer = try AssertionSigner.key(Secret(RSAFixture.privateKeyPEM), crypto: crypto)

        let token = try await signer.token(header: ["kid": "1"], claims: ["iss": "robot"], algorithm: algorithm)

        let parts = token.reveal().split(separator: ".").map(String.init)
        try #require(parts.count == 3)
        let header = try #require(Base64URL.decode(parts[0]))
        #expect(String(decoding: header, as: UTF8.self) == #"{"alg":"\#(algorithm.rawValue)","typ":"JWT","kid":"1"}"#)
        // base64url of {"iss":"robot"}, made with `basenc --base64url`.
        #expect(parts[1] == "eyJpc3MiOiJyb2JvdCJ9")
        let signature = try #require(Base64URL.decode(parts[2]))
        for (text, isValid) in [("\(parts[0]).\(parts[1])", true), ("\(parts[0]).e30", false)] {
            let fits = try crypto.isValid(
                signature,
                for: Data(text.utf8),
                using: algorithm,
                publicKeyPEM: RSAFixture.publicKeyPEM
            )
            #expect(fits == isValid)
        }
    }

    @Test("a key that cannot be read is refused when the signer is made")
    func unreadable() {
        let error = #expect(throws: CalendarError.self) {
            let key = Secret("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----")
            return try AssertionSigner.key(key, crypto: crypto)
        }

        #expect(error?.code == .configuration)
    }
}
#endif
