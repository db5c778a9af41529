import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("Transparent crypto suite")
struct TransparentCryptoSuiteTests {
    private let crypto = TransparentCryptoSuite(seed: 5)
    private let key = Data(repeating: 1, count: 32)
    private let nonce = Data(repeating: 2, count: 12)

    @Test("a digest has 32 bytes, is the same each time, and differs for every text tried")
    func digest() {
        let texts = (0..<1000).map { Data("text \($0)".utf8) } + [Data(), Data([0]), Data([0, 0])]
        let digests = Set(texts.map(crypto.sha256))

        #expect(digests.count == texts.count)
        #expect(digests.allSatisfy { $0.count == 32 })
        #expect(crypto.sha256(texts[0]) == TransparentCryptoSuite(seed: 9).sha256(texts[0]))
    }

    @Test("what was sealed opens again, whatever its length", arguments: [0, 1, 31, 32, 33, 1000])
    func roundTrip(count: Int) throws {
        let text = crypto.randomBytes(count)
        let sealed = try crypto.seal(text, key: key, nonce: nonce, authenticating: Data([1]))

        #expect(sealed.count == count + 16)
        #expect(try crypto.open(sealed, key: key, nonce: nonce, authenticating: Data([1])) == text)
    }

    @Test("a changed byte, key, nonce or context does not open")
    func tampering() throws {
        let sealed = try crypto.seal(Data("secret".utf8), key: key, nonce: nonce, authenticating: Data([1]))
        for index in sealed.indices {
            var changed = sealed
            changed[index] ^= 1
            #expect(throws: CalendarError.self) {
                try crypto.open(changed, key: key, nonce: nonce, authenticating: Data([1]))
            }
        }
        let other = Data(repeating: 9, count: 32)
        #expect(throws: CalendarError.self) {
            try crypto.open(sealed, key: other, nonce: nonce, authenticating: Data([1]))
        }
        #expect(throws: CalendarError.self) { try crypto.open(sealed, key: key, nonce: nonce, authenticating: Data()) }
        #expect(throws: CalendarError.self) {
            try crypto.open(sealed, key: key, nonce: other.prefix(12), authenticating: Data([1]))
        }
        #expect(throws: CalendarError.self) { try crypto.open(Data(), key: key, nonce: nonce, authenticating: Data()) }
    }

    @Test("a signature fits its key, text and algorithm only")
    func signature() throws {
        let data = Data("text".utf8)
        let privateKey = TransparentCryptoSuite.privateKeyPEM(named: "a")
        let signature = try crypto.sign(data, using: .rs256, privateKeyPEM: privateKey)
        func isValid(_ data: Data, _ algorithm: RSASignatureAlgorithm, _ name: String) throws -> Bool {
            let key = TransparentCryptoSuite.publicKeyPEM(named: name)
            return try crypto.isValid(signature, for: data, using: algorithm, publicKeyPEM: key)
        }

        #expect(try isValid(data, .rs256, "a"))
        #expect(try !isValid(data, .rs256, "b"))
        #expect(try !isValid(data, .ps256, "a"))
        #expect(try !isValid(Data(), .rs256, "a"))
        #expect(throws: CalendarError.self) { try crypto.sign(data, using: .rs256, privateKeyPEM: Secret("no key")) }
    }

    @Test("equal seeds give equal random bytes and another seed others")
    func random() {
        #expect(TransparentCryptoSuite(seed: 1).randomBytes(40) == TransparentCryptoSuite(seed: 1).randomBytes(40))
        #expect(TransparentCryptoSuite(seed: 1).randomBytes(40) != TransparentCryptoSuite(seed: 2).randomBytes(40))
    }
}
