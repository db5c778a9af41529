import CalendarCore
import CalendarTesting
import Testing

@Suite("EventRepository promises can be seen broken")
struct EventRepositoryMutationTests {
    @Test(
        "the right checks fail on a repository that breaks one promise (F-03)",
        arguments: BrokenEventRepository.Fault.allCases
    )
    func noticed(_ fault: BrokenEventRepository.Fault) async throws {
        for beginning in fault.noticedBy {
            let check = try #require(
                EventRepositoryConformance.all.first { $0.promise.hasPrefix(beginning) },
                "no check begins with “\(beginning)”"
            )
            var failure: (any Error)?
            do {
                try await check.run { BrokenEventRepository(InMemoryEventRepository(), fault) }
            } catch {
                failure = error
            }
            #expect(failure is PromiseBroken || failure is CalendarError, "\(beginning): \(fault) passes")
        }
    }

    @Test("every check fails on some repository (F-03)", arguments: EventRepositoryConformance.all)
    func canFail(_ check: EventRepositoryConformance.Check) {
        let beginnings = BrokenEventRepository.Fault.allCases.flatMap(\.noticedBy)
        #expect(beginnings.contains { check.promise.hasPrefix($0) })
    }

    @Test("the wrapper itself breaks nothing", arguments: EventRepositoryConformance.all)
    func wrapper(_ check: EventRepositoryConformance.Check) async throws {
        let fault: BrokenEventRepository.Fault = .losesQuarantine
        guard !fault.noticedBy.contains(where: { check.promise.hasPrefix($0) }) else { return }
        #expect(try await check.run { BrokenEventRepository(InMemoryEventRepository(), fault) } == .passed)
    }
}
