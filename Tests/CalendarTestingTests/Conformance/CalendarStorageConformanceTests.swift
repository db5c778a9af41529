import CalendarCore
import CalendarTesting
import Testing

@Suite("A host's stores export, import and erase")
struct CalendarStorageConformanceTests {
    @Test("the in-memory stores keep every promise (M-53)", arguments: CalendarStorageConformance.all)
    func conforms(_ check: CalendarStorageConformance.Check) async throws {
        #expect(try await check.run { .inMemory() } == .passed)
    }

    @Test(
        "stores that break a promise are found out (M-53)",
        arguments: [
            (.losesCursors, "what is imported elsewhere and back again"),
            (.beginsWithTheLast, "an export has every page"),
            (.erasesNothing, "an import into a tenant that has anything"),
            (.erasesNothing, "an import that breaks off"),
            (.erasesNothing, "nothing of an erased person"),
            (.erasesTheTenant, "nothing of an erased person"),
            (.erasesNothing, "nothing of an erased tenant"),
            (.tellsNothing, "a person's export has"),
        ] as [(BrokenEventRepository.Fault, String)]
    )
    func noticed(_ fault: BrokenEventRepository.Fault, _ beginning: String) async throws {
        let check = try #require(CalendarStorageConformance.all.first { $0.promise.hasPrefix(beginning) })
        await #expect(throws: (any Error).self) {
            try await check.run {
                let storage = CalendarStorage.inMemory()
                return CalendarStorage(
                    events: BrokenEventRepository(storage.events, fault),
                    connections: storage.connections,
                    tokens: storage.tokens
                )
            }
        }
    }
}
