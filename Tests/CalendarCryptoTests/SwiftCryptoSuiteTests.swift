#if Crypto
import CalendarCore
import CalendarCrypto
import Foundation
import Testing

@Suite("Cryptography on swift-crypto")
struct SwiftCryptoSuiteTests {
    private let crypto = SwiftCryptoSuite()

    @Test("the challenge of RFC 7636 appendix B comes out of its verifier")
    func pkce() {
        let pkce = PKCE(verifier: Secret("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"), crypto: crypto)

        #expect(pkce.challenge == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM")
    }

    @Test(
        "SHA-256 gives the digests of FIPS 180-4",
        arguments: [
            ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (
                "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
            ),
        ]
    )
    func digest(text: String, expected: String) {
        #expect(crypto.sha256(Data(text.utf8)) == Data(hex: expected))
    }

    @Test(
        "HMAC-SHA-256 gives the codes of RFC 4231, cases 1, 2 and 6",
        arguments: [
            (
                Data(repeating: 0x0b, count: 20), "Hi There",
                "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
            ),
            (
                Data("Jefe".utf8), "what do ya want for nothing?",
                "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
            ),
            (
                Data(repeating: 0xaa, count: 131), "Test Using Larger Than Block-Size Key - Hash Key First",
                "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
            ),
        ]
    )
    func authenticationCode(key: Data, text: String, expected: String) {
        #expect(crypto.hmacSHA256(Data(text.utf8), key: key) == Data(hex: expected))
    }

    /// Test cases 13, 14 and 16 of the GCM specification by McGrew and Viega.
    static let gcmCases: [(key: String, nonce: String, plaintext: String, context: String, sealed: String)] = [
        (
            String(repeating: "00", count: 32), String(repeating: "00", count: 12), "", "",
            "530f8afbc74536b9a963b4f1c4cb738b"
        ),
        (
            String(repeating: "00", count: 32), String(repeating: "00", count: 12), String(repeating: "00", count: 16),
            "", "cea7403d4d606b6e074ec5d3baf39d18 d0d1c8a799996bf0265b98b5d48ab919"
        ),
        (
            "feffe9928665731c6d6a8f9467308308 feffe9928665731c6d6a8f9467308308", "cafebabefacedbaddecaf888",
            """
            d9313225f88406e5a55909c5aff5269a 86a7a9531534f7da2e4c303d8a318a72
            1c3c0c95956809532fcf0e2449a6b525 b16aedf5aa0de657ba637b39
            """,
            "feedfacedeadbeeffeedfacedeadbeef abaddad2",
            """
            522dc1f099567d07f47f37a32a84427d 643a8cdcbfe5c0c97598a2bd2555d1aa
            8cb08e48590dbb3da7b08b1056828838 c5f61e6393ba7a0abcc9f662
            76fc6ece0f4e1768cddf8853bb2d551b
            """
        ),
    ]

    @Test("AES-256-GCM seals and opens as published", arguments: gcmCases)
    func gcm(key: String, nonce: String, plaintext: String, context: String, sealed: String) throws {
        let (key, nonce, context) = (Data(hex: key), Data(hex: nonce), Data(hex: context))

        #expect(
            try crypto.seal(Data(hex: plaintext), key: key, nonce: nonce, authenticating: context) == Data(hex: sealed)
        )
        #expect(
            try crypto.open(Data(hex: sealed), key: key, nonce: nonce, authenticating: context) == Data(hex: plaintext)
        )
    }

    @Test("bytes sealed for one context do not open in another")
    func otherContext() throws {
        let key = crypto.randomBytes(32)
        let nonce = crypto.randomBytes(12)
        let sealed = try crypto.seal(Data("text".utf8), key: key, nonce: nonce, authenticating: Data("a".utf8))

        #expect(throws: CalendarError.self) {
            try crypto.open(sealed, key: key, nonce: nonce, authenticating: Data("b".utf8))
        }
        #expect(throws: CalendarError.self) {
            try crypto.open(Data(sealed.prefix(3)), key: key, nonce: nonce, authenticating: Data("a".utf8))
        }
    }

    @Test(
        "a signature made here fits the public key and no other text",
        arguments: [RSASignatureAlgorithm.rs256, .ps256]
    )
    func signature(algorithm: RSASignatureAlgorithm) throws {
        let data = Data(RSAFixture.message.utf8)
        let signature = try crypto.sign(data, using: algorithm, privateKeyPEM: Secret(RSAFixture.privateKeyPEM))

        #expect(try isValid(signature, for: data, using: algorithm))
        #expect(try !isValid(signature, for: data + [0], using: algorithm))
        #expect(try !isValid(signature, for: data, using: algorithm == .rs256 ? .ps256 : .rs256))
        #expect(try !isValid(Data(signature.prefix(7)), for: data, using: algorithm))
    }

    @Test(
        "a signature made by OpenSSL is accepted",
        arguments: [(RSASignatureAlgorithm.rs256, RSAFixture.rs256), (.ps256, RSAFixture.ps256)]
    )
    func foreignSignature(algorithm: RSASignatureAlgorithm, base64: String) throws {
        let signature = try #require(Data(base64Encoded: base64, options: .ignoreUnknownCharacters))

        #expect(try isValid(signature, for: Data(RSAFixture.message.utf8), using: algorithm))
    }

    @Test("a key that cannot be read is a configuration error without the key in it")
    func unreadableKey() {
        let error = #expect(throws: CalendarError.self) {
            try crypto.sign(Data(), using: .rs256, privateKeyPEM: Secret("canary"))
        }
        #expect(error?.code == .configuration)
        #expect(error.map { "\($0)".contains("canary") } == false)
    }

    @Test("random bytes have the length asked for and differ", arguments: [0, 1, 12, 32])
    func randomBytes(count: Int) {
        #expect(crypto.randomBytes(count).count == count)
        #expect(crypto.randomBytes(32) != crypto.randomBytes(32))
    }

    private func isValid(_ signature: Data, for data: Data, using algorithm: RSASignatureAlgorithm) throws -> Bool {
        try crypto.isValid(signature, for: data, using: algorithm, publicKeyPEM: RSAFixture.publicKeyPEM)
    }
}
#endif
