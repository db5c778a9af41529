#if SQLite
import CalendarCore
import CalendarSQLite
import CalendarTesting
import Testing

@Suite("SQLite store conformance")
struct SQLiteConformanceTests {
    @Test("keeps every promise of an event repository in a file (F-03)", arguments: EventRepositoryConformance.all)
    func events(_ check: EventRepositoryConformance.Check) async throws {
        let folder = try TemporaryFolder()
        try await check.run { try SQLiteStore(unsealedAt: folder.path()) }
    }

    @Test("keeps every promise of an event repository in memory (F-03)", arguments: EventRepositoryConformance.all)
    func eventsInMemory(_ check: EventRepositoryConformance.Check) async throws {
        try await check.run { try SQLiteStore(unsealedAt: ":memory:", executor: InPlaceExecutor()) }
    }

    @Test("keeps every promise of a connection repository (F-03)", arguments: ConnectionRepositoryConformance.all)
    func connections(_ check: ConnectionRepositoryConformance.Check) async throws {
        let folder = try TemporaryFolder()
        try await check.run { try SQLiteStore(unsealedAt: folder.path()) }
    }

    @Test("keeps every promise of a token store (F-03)", arguments: TokenStoreConformance.all)
    func tokens(_ check: TokenStoreConformance.Check) async throws {
        let folder = try TemporaryFolder()
        try await check.run { try SQLiteStore(unsealedAt: folder.path()) }
    }

    @Test("two stores on one file keep the promises of one (F-03)", arguments: EventRepositoryConformance.all)
    func shared(_ check: EventRepositoryConformance.Check) async throws {
        let folder = try TemporaryFolder()
        try await check.run {
            AlternatingRepository([
                try SQLiteStore(unsealedAt: folder.path()), try SQLiteStore(unsealedAt: folder.path()),
            ])
        }
    }
}
#endif
