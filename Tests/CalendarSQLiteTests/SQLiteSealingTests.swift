#if SQLite
import CalendarCore
import CalendarSQLite
import CalendarTesting
import Foundation
import Testing

@Suite("Sealed tokens in a SQLite store")
struct SQLiteSealingTests {
    private let folder: TemporaryFolder
    private let key = ConnectionKey(tenant: "acme\0", connection: "one")
    private let expiry = Date(timeIntervalSince1970: 1_767_603_600)

    init() throws {
        folder = try TemporaryFolder()
    }

    private static func sealing(_ names: String...) throws -> SecretSealing {
        try SecretSealing(
            TransparentCryptoSuite(seed: 3),
            keys: names.map { try SealingKey(id: $0, bytes: Data(repeating: $0.utf8.last ?? 0, count: 32)) }
        )
    }

    private var credential: Credential {
        Credential(
            accessToken: Secret("planted-access"),
            refreshToken: Secret("planted-refresh"),
            expiresAt: expiry,
            scopes: ["calendar"]
        )
    }

    private func attempt(_ digest: String) -> AuthorizationAttempt {
        AuthorizationAttempt(
            stateDigest: digest,
            cookieDigest: "cookie",
            tenant: key.tenant,
            user: "ada",
            provider: "example",
            owner: .organization,
            environment: nil,
            clientID: "client",
            redirectURI: "https://host.example/callback",
            requestedScopes: [],
            requiredCapabilities: nil,
            domain: nil,
            codeVerifier: Secret("planted-verifier"),
            nonce: "nonce",
            intent: .connect,
            createdAt: expiry.addingTimeInterval(-60),
            expiresAt: expiry
        )
    }

    @Test("M-05, F-03: a sealed store keeps every promise of a token store", arguments: TokenStoreConformance.all)
    func tokens(check: TokenStoreConformance.Check) async throws {
        let sealing = try Self.sealing("k1")
        try await check.run { try SQLiteStore(at: folder.path(), sealing: sealing) }
    }

    @Test(
        "M-05, F-03: a sealed store keeps every promise of a connection repository",
        arguments: ConnectionRepositoryConformance.all
    )
    func connections(check: ConnectionRepositoryConformance.Check) async throws {
        let sealing = try Self.sealing("k1")
        try await check.run { try SQLiteStore(at: folder.path(), sealing: sealing) }
    }

    @Test("M-05: neither the file, nor its journal, nor a backup has a token or a code verifier in it")
    func grep() async throws {
        let sealed = try SQLiteStore(at: folder.path(), sealing: try Self.sealing("k1"))
        try await sealed.save(credential, for: key, expecting: nil, lease: nil)
        try await sealed.save(attempt("digest"))
        try await sealed.backup(to: folder.path("backup.sqlite"))
        let plain = try SQLiteStore(unsealedAt: folder.path("plain.sqlite"))
        try await plain.save(credential, for: key, expecting: nil, lease: nil)
        try await plain.save(attempt("digest"))

        func holdsSecret(_ name: String) throws -> Bool {
            try Data(contentsOf: URL(filePath: folder.path(name))).range(of: Data("planted".utf8)) != nil
        }
        for name in ["calendars.sqlite", "calendars.sqlite-wal", "backup.sqlite"] {
            #expect(try !holdsSecret(name))
        }
        #expect(try holdsSecret("plain.sqlite-wal"), "the search would find one")
        #expect(try await sealed.credential(for: key)?.credential == credential)
        #expect(
            try await sealed.takeAttempt(stateDigest: "digest", now: expiry.addingTimeInterval(-1)) == attempt("digest")
        )
    }

    @Test("M-05: after a rotation everything is sealed anew once, and the versions stay")
    func rotation() async throws {
        let old = try SQLiteStore(at: folder.path(), sealing: try Self.sealing("k1"))
        let version = try await old.save(credential, for: key, expecting: nil, lease: nil)
        let other = ConnectionKey(tenant: "globex", connection: "one")
        try await old.save(credential, for: other, expecting: nil, lease: nil)

        let rotated = try SQLiteStore(at: folder.path(), sealing: try Self.sealing("k2", "k1"))
        #expect(try await rotated.credential(for: key)?.credential == credential)
        #expect(try await rotated.reseal() == 2)
        #expect(try await rotated.reseal() == 0)

        let new = try SQLiteStore(at: folder.path(), sealing: try Self.sealing("k2"))
        #expect(try await new.credential(for: key) == StoredCredential(credential: credential, version: version))
        let late = await #expect(throws: CalendarError.self) { try await old.credential(for: other) }
        #expect(late?.reason == "unknownSealingKey")
    }

    @Test("M-05: a token that was stored as it is does not open in a sealed store, and nothing is sealed anew then")
    func unsealed() async throws {
        try await SQLiteStore(unsealedAt: folder.path()).save(credential, for: key, expecting: nil, lease: nil)
        let sealed = try SQLiteStore(at: folder.path(), sealing: try Self.sealing("k1"))
        let read = await #expect(throws: CalendarError.self) { try await sealed.credential(for: key) }
        #expect(read?.code == .sealBroken)
        let resealed = await #expect(throws: CalendarError.self) { try await sealed.reseal() }
        #expect(resealed?.code == .sealBroken)
    }
}
#endif
