#if Crypto
import CalendarCore
import CalendarCrypto
import CalendarTesting
import Foundation
import Testing

@Suite("Sealed tokens on swift-crypto")
struct SealedTokenStoreTests {
    private let crypto = SwiftCryptoSuite()

    @Test("M-05, F-03: a store sealed with AES-256-GCM keeps every promise", arguments: TokenStoreConformance.all)
    func conformance(check: TokenStoreConformance.Check) async throws {
        let key = try SealingKey(id: "k1", bytes: crypto.randomBytes(32))
        let sealing = try SecretSealing(crypto, keys: [key])
        #expect(try await check.run { SealedTokenStore(InMemoryTokenStore(), sealing: sealing) } == .passed)
    }

    @Test("M-05: a sealed text is what another AES-256-GCM opens, and carries its key's name")
    func format() throws {
        let key = try SealingKey(id: "k-1", bytes: Data(repeating: 7, count: 32))
        let connection = ConnectionKey(tenant: "acme", connection: "one")
        // Made with Python's `cryptography`: nonce 00…0b, the context as the documentation of `SecretSealing` says.
        let sealed = "sealed1.k-1.AAECAwQFBgcICQoLKa7GAnhvqywE2lpkZl_N0AP-_S0PEBl2UOw"

        let opened = try SecretSealing(crypto, keys: [key]).open(sealed, as: "refreshToken", of: connection)

        #expect(opened == Secret("1//refresh"))
    }
}
#endif
