import CalendarCore
import CalendarTesting
import HostParts
import Testing

@Suite("The host's store")
struct HostStoreTests {
    @Test("keeps every promise of an event repository (C-04, C-06)", arguments: EventRepositoryConformance.all)
    func events(_ check: EventRepositoryConformance.Check) async throws {
        #expect(try await check.run { HostStore() } == .passed)
    }

    @Test("keeps every promise of a token store (C-04, C-06)", arguments: TokenStoreConformance.all)
    func tokens(_ check: TokenStoreConformance.Check) async throws {
        #expect(try await check.run { HostStore() } == .passed)
    }

    @Test("keeps every promise of a connection repository (C-04, C-06)", arguments: ConnectionRepositoryConformance.all)
    func connections(_ check: ConnectionRepositoryConformance.Check) async throws {
        #expect(try await check.run { HostStore() } == .passed)
    }

    @Test("exports, imports and erases (M-53)", arguments: CalendarStorageConformance.all)
    func storage(_ check: CalendarStorageConformance.Check) async throws {
        #expect(try await check.run { CalendarStorage(HostStore()) } == .passed)
    }
}
