import CalendarCore
import CalendarTesting
import Testing

@Suite("InMemoryEventRepository")
struct InMemoryEventRepositoryConformanceTests {
    @Test("keeps every promise of an event repository (C-02, F-03)", arguments: EventRepositoryConformance.all)
    func conforms(_ check: EventRepositoryConformance.Check) async throws {
        #expect(try await check.run { InMemoryEventRepository() } == .passed)
    }
}
