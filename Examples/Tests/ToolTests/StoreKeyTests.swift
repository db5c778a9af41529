import CalendarCore
import CalendarTesting
import CalendarToolKit
import Foundation
import Testing

@Suite("The key beside the example's store")
struct StoreKeyTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "store-key-\(UUID().uuidString)")
    private let crypto = TransparentCryptoSuite(seed: 1)
    private let connection = ConnectionKey(tenant: "acme", connection: "c1")

    private func store() throws -> String {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder.appending(path: "calendars.sqlite").path(percentEncoded: false)
    }

    @Test("it is made once, for its owner alone, and opens what it sealed")
    func made() throws {
        let store = try store()
        defer { try? FileManager.default.removeItem(at: folder) }
        let sealed = try StoreKey.sealing(of: store, crypto).seal(Secret("token"), as: "refreshToken", of: connection)
        let rights = try FileManager.default.attributesOfItem(atPath: store + ".key")[.posixPermissions] as? Int
        #expect(rights == 0o600)

        let again = try StoreKey.sealing(of: store, crypto)
        #expect(try again.open(sealed, as: "refreshToken", of: connection) == Secret("token"))
    }

    @Test("a store without its key is refused, and gets no other one")
    func lost() throws {
        let store = try store()
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data("store".utf8).write(to: URL(filePath: store))
        let error = #expect(throws: CalendarError.self) { try StoreKey.sealing(of: store, crypto) }
        #expect(error?.code == .configuration)
        #expect(!FileManager.default.fileExists(atPath: store + ".key"))
    }

    @Test("what is no key is refused")
    func damaged() throws {
        let store = try store()
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data("not a key".utf8).write(to: URL(filePath: store + ".key"))
        let error = #expect(throws: CalendarError.self) { try StoreKey.sealing(of: store, crypto) }
        #expect(error?.code == .configuration)
    }
}
