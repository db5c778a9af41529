import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("Sealed tokens")
struct SealedTokenStoreTests {
    private let crypto = TransparentCryptoSuite(seed: 7)
    private let key = ConnectionKey(tenant: "acme", connection: "one")
    private let credential = Credential(
        accessToken: Secret("access-planted"),
        refreshToken: Secret("refresh-planted"),
        expiresAt: Date(timeIntervalSince1970: 1_767_603_600),
        scopes: ["calendar"]
    )

    private func sealingKey(_ id: String, filledWith byte: UInt8 = 1) throws -> SealingKey {
        try SealingKey(id: id, bytes: Data(repeating: byte, count: 32))
    }

    private func sealing(_ keys: SealingKey...) throws -> SecretSealing {
        try SecretSealing(crypto, keys: keys)
    }

    @Test("M-05, F-03: a sealed store keeps the promises of the store behind it", arguments: TokenStoreConformance.all)
    func conformance(check: TokenStoreConformance.Check) async throws {
        let sealing = try sealing(sealingKey("k1"))
        #expect(try await check.run { SealedTokenStore(InMemoryTokenStore(), sealing: sealing) } == .passed)
    }

    @Test("M-05: the store behind sees neither token, and no two sealed texts are equal")
    func opaque() async throws {
        let plain = InMemoryTokenStore()
        let store = SealedTokenStore(plain, sealing: try sealing(sealingKey("k1")))
        let version = try await store.save(credential, for: key, expecting: nil, lease: nil)
        let first = try #require(try await plain.credential(for: key)?.credential)
        try await store.save(credential, for: key, expecting: version, lease: nil)
        let second = try #require(try await plain.credential(for: key)?.credential)

        let texts = try [first, second].flatMap { [$0.accessToken.reveal(), try #require($0.refreshToken).reveal()] }
        #expect(Set(texts).count == 4)
        #expect(!texts.contains { $0.contains("planted") })
        #expect(first.expiresAt == credential.expiresAt)
        #expect(try await store.credential(for: key)?.credential == credential)
    }

    @Test("M-05: a token that is moved to another tenant, connection or field does not open")
    func bound() async throws {
        let plain = InMemoryTokenStore()
        let store = SealedTokenStore(plain, sealing: try sealing(sealingKey("k1")))
        try await store.save(credential, for: key, expecting: nil, lease: nil)
        let sealed = try #require(try await plain.credential(for: key)?.credential)

        var exchanged = sealed
        exchanged.accessToken = try #require(sealed.refreshToken)
        for (place, moved) in [
            (ConnectionKey(tenant: "globex", connection: "one"), sealed),
            (ConnectionKey(tenant: "acme", connection: "two"), sealed),
            // Only the lengths tell these parts from those of the key above.
            (ConnectionKey(tenant: "acmeo", connection: "ne"), sealed),
            (ConnectionKey(tenant: "acme", connection: "three"), exchanged),
        ] {
            try await plain.save(moved, for: place, expecting: nil, lease: nil)
            let error = await #expect(throws: CalendarError.self) { try await store.credential(for: place) }
            #expect(error?.code == .sealBroken)
            #expect(error?.field == "accessToken")
        }
    }

    @Test(
        "M-05: what was changed, or was never sealed, is refused by name",
        arguments: ["flipped", "cut", "plain", ""]
    )
    func damaged(damage: String) async throws {
        let plain = InMemoryTokenStore()
        let store = SealedTokenStore(plain, sealing: try sealing(sealingKey("k1")))
        let version = try await store.save(credential, for: key, expecting: nil, lease: nil)
        var sealed = try #require(try await plain.credential(for: key)?.credential)
        let text = try #require(sealed.refreshToken).reveal()
        let damaged =
            switch damage {
            case "flipped": String(text.dropLast()) + (text.hasSuffix("A") ? "B" : "A")
            case "cut": String(text.dropLast(8))
            case "plain": "refresh-planted"
            default: ""
            }
        sealed.refreshToken = Secret(damaged)
        try await plain.save(sealed, for: key, expecting: version, lease: nil)

        let error = await #expect(throws: CalendarError.self) { try await store.credential(for: key) }

        #expect(error?.code == .sealBroken)
        #expect(error?.field == "refreshToken")
        #expect(error?.failureClass == .configuration(reason: nil), "the user need not connect again")
        #expect(error.map { "\($0)".contains("planted") } == false)
    }

    @Test("M-05: after a rotation old tokens open, new ones are sealed with the new key, and all can be sealed anew")
    func rotation() async throws {
        let plain = InMemoryTokenStore()
        let old = try sealingKey("k1", filledWith: 1)
        let new = try sealingKey("k2", filledWith: 2)
        try await SealedTokenStore(plain, sealing: try sealing(old))
            .save(credential, for: key, expecting: nil, lease: nil)
        let rotated = SealedTokenStore(plain, sealing: try sealing(new, old))

        #expect(try await rotated.credential(for: key)?.credential == credential)
        #expect(try await rotated.reseal(key))
        #expect(try await !rotated.reseal(key), "the second time nothing is left to do")

        let withoutOld = SealedTokenStore(plain, sealing: try sealing(new))
        #expect(try await withoutOld.credential(for: key)?.credential == credential)
        #expect(try await !rotated.reseal(ConnectionKey(tenant: "acme", connection: "unknown")))
    }

    @Test("M-05: without the key that sealed a token reading it fails as a matter of configuration")
    func missingKey() async throws {
        let plain = InMemoryTokenStore()
        try await SealedTokenStore(plain, sealing: try sealing(sealingKey("k1")))
            .save(credential, for: key, expecting: nil, lease: nil)
        let other = SealedTokenStore(plain, sealing: try sealing(sealingKey("k2")))

        let unknown = await #expect(throws: CalendarError.self) { try await other.credential(for: key) }
        #expect(unknown?.code == .configuration)
        #expect(unknown?.reason == "unknownSealingKey")
        await #expect(throws: CalendarError.self) { try await other.reseal(key) }

        let wrong = SealedTokenStore(plain, sealing: try sealing(sealingKey("k1", filledWith: 9)))
        let broken = await #expect(throws: CalendarError.self) { try await wrong.credential(for: key) }
        #expect(broken?.code == .sealBroken)
    }

    @Test("M-05: without a usable key no sealing is made, and the part at fault is named")
    func construction() throws {
        func field(_ make: () throws -> Void) -> String? {
            let error = #expect(throws: CalendarError.self) { try make() }
            #expect(error?.code == .configuration)
            return error?.field
        }
        #expect(field { _ = try sealing() } == "keys")
        #expect(field { _ = try sealing(sealingKey("k1"), sealingKey("k1", filledWith: 2)) } == "keys")
        #expect(field { _ = try SealingKey(id: "k1", bytes: Data(count: 31)) } == "bytes")
        #expect(field { _ = try SealingKey(id: "a.b", bytes: Data(count: 32)) } == "id")
        #expect(field { _ = try SealingKey(id: "", bytes: Data(count: 32)) } == "id")
        #expect(field { _ = try SealingKey(id: "k1", base64: Secret("not base64!")) } == "base64")
        #expect(field { _ = try SealingKey(id: "k1", base64: Secret("c2hvcnQ=")) } == "bytes")
    }

    @Test("F-13: neither a sealing, a key nor a store prints its bytes")
    func silence() async throws {
        let bytes = Data("planted-planted-planted-planted!".utf8)
        let key = try SealingKey(id: "k1", base64: Secret(bytes.base64EncodedString()))
        let sealing = try sealing(key)
        let store = SealedTokenStore(InMemoryTokenStore(), sealing: sealing)
        var dumped = ""
        dump(key, to: &dumped)
        dump(sealing, to: &dumped)
        dump(store, to: &dumped)
        let texts = ["\(key)", "\(sealing)", "\(store)", String(reflecting: key), dumped]
        let planted = Data("planted".utf8)
        let forms = ["planted", "cGxhbnRlZ", planted.map { "\($0)" }.joined(separator: ", ")]
        for text in texts { #expect(!forms.contains { text.contains($0) }) }
    }
}
