import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("PKCE")
struct PKCETests {
    @Test("a verifier has 43 characters of the base64url alphabet and is new each time")
    func verifier() {
        let crypto = TransparentCryptoSuite()
        let first = PKCE.random(from: crypto)
        let second = PKCE.random(from: crypto)

        #expect(first.verifier.reveal().count == 43)
        #expect(Base64URL.decode(first.verifier.reveal())?.count == 32)
        #expect(first.verifier != second.verifier)
        #expect(first.challenge != second.challenge)
    }

    @Test("the challenge is the base64url digest of the verifier's characters")
    func challenge() {
        let crypto = TransparentCryptoSuite()
        let pkce = PKCE(verifier: Secret("abc"), crypto: crypto)

        #expect(Base64URL.decode(pkce.challenge) == crypto.sha256(Data([0x61, 0x62, 0x63])))
    }
}
