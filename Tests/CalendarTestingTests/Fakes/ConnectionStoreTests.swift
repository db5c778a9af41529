import CalendarCore
import CalendarTesting
import Testing

@Suite("Fakes keep their promises")
struct ConnectionStoreTests {
    @Test("the in-memory token store keeps every promise", arguments: TokenStoreConformance.all)
    func tokens(check: TokenStoreConformance.Check) async throws {
        #expect(try await check.run { InMemoryTokenStore() } == .passed)
    }

    @Test("the in-memory connection repository keeps every promise", arguments: ConnectionRepositoryConformance.all)
    func connections(check: ConnectionRepositoryConformance.Check) async throws {
        #expect(try await check.run { InMemoryConnectionRepository() } == .passed)
    }

    @Test("a token store that forgets its versions is found out")
    func broken() async throws {
        var broken: [String] = []
        for check in TokenStoreConformance.all {
            do {
                try await check.run { ForgetfulTokenStore() }
            } catch let error as PromiseBroken {
                broken.append(error.promise)
            }
        }

        #expect(broken.contains("a saved credential is read back as it was"))
        #expect(broken.contains("at most one lease is live, until it is given back or ends"))
        #expect(broken.contains("of concurrent saves on one version exactly one wins"))
    }
}
