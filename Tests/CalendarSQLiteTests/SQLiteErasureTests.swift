#if SQLite
import CalendarCore
import CalendarSQLite
import CalendarTesting
import Foundation
import GRDB
import Testing

@Suite("Export, import and erasure in a SQLite file")
struct SQLiteErasureTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test("keeps every promise of a host's stores (M-53)", arguments: CalendarStorageConformance.all)
    func conforms(_ check: CalendarStorageConformance.Check) async throws {
        #expect(try await check.run { CalendarStorage(try SQLiteStore(unsealedAt: folder.path())) } == .passed)
    }

    @Test(
        "M-53 nothing of who was erased is in the file, its journal, its index or a backup",
        arguments: [DataScope.person(CalendarStorageConformance.person, of: "acme"), .tenant("acme")]
    )
    func traces(_ scope: DataScope) async throws {
        let store = try SQLiteStore(unsealedAt: folder.path())
        try await CalendarStorageConformance.fill(CalendarStorage(store))
        // Long enough for pages of its own, and changed, so that there are earlier versions of it.
        var long = RepositoryCommit(tenant: "acme")
        long.records = [.init(Self.long, expecting: nil)]
        try await store.commit(long)
        long.records = [.init(Self.long, expecting: 1)]
        try await store.commit(long)
        try await store.emptyJournal()
        long.records = [.init(Self.long, expecting: 2)]
        try await store.commit(long)
        #expect(try traces(in: "calendars.sqlite"))
        #expect(try traces(in: "calendars.sqlite-wal"))

        for name in ["backup.sqlite", "second.sqlite"] {
            try await CalendarStorage(store).erase(scope)
            try await store.backup(to: folder.path(name))
            for file in ["calendars.sqlite", "calendars.sqlite-wal", "calendars.sqlite-shm", name] {
                #expect(try !traces(in: file), "\(file)")
            }
        }
        #expect(try await store.integrityCheck() == [])
        let isGone = scope.user == nil
        #expect((try await store.record("grace-1", tenant: "acme") == nil) == isGone)
    }

    @Test("M-53 an erasure that a reader holds up says so, and is completed by doing it again")
    func heldUp() async throws {
        let store = try SQLiteStore(unsealedAt: folder.path(), busyTimeout: 0.05)
        let storage = CalendarStorage(store)
        try await CalendarStorageConformance.fill(storage)
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        let reader = try DatabaseQueue(path: folder.path(), configuration: configuration)
        try await reader.writeWithoutTransaction { try $0.execute(sql: "BEGIN; SELECT count(*) FROM records") }
        await expectFailure(.busy) { try await storage.erase(.person(CalendarStorageConformance.person, of: "acme")) }
        #expect(try traces(in: "calendars.sqlite-wal"))

        try await reader.writeWithoutTransaction { try $0.execute(sql: "COMMIT") }
        try await storage.erase(.person(CalendarStorageConformance.person, of: "acme"))
        #expect(try !traces(in: "calendars.sqlite-wal"))
        #expect(try !traces(in: "calendars.sqlite"))
    }

    private static let long: EventRecord = {
        let day = EventTime.day(CivilDate(daysSinceEpoch: 20_514))
        let content = EventContent(
            title: String(repeating: CalendarStorageConformance.marker + " ", count: 4_000),
            start: day,
            end: day.advanced(bySeconds: 86_400)
        )
        return EventRecord(
            id: "long",
            tenant: "acme",
            role: .single,
            content: content,
            direction: .outbound,
            owner: .user(CalendarStorageConformance.person),
            updatedAt: Date(timeIntervalSince1970: 0)
        )
    }()

    /// Whether a file has the marker of the person.
    private func traces(in name: String) throws -> Bool {
        let bytes = try Data(contentsOf: URL(filePath: folder.path(name)))
        return bytes.range(of: Data(CalendarStorageConformance.marker.utf8)) != nil
    }
}
#endif
