import CalendarCore
import CalendarTesting
import Foundation
import GoogleProvider
import LoopbackServer
import MicrosoftProvider
import Testing

@Suite("End to end: the transport used by default")
struct EndToEndDefaultTransportTests {
    @Test(
        "C-03 both providers work without a transport argument and reach for the network",
        arguments: Service.allCases
    )
    func refused(service: Service) async throws {
        LoopbackEnvironment.prepare()
        let world = World()
        let id = try await world.connect(service).key.connection
        world.simulator(service).clearRequests()
        // Nobody listens on port 1.
        let root = try #require(URL(string: "http://127.0.0.1:1"))
        let host = CalendarService(
            providers: [
                .google(client: .value(world.google.client), configuration: .init(root: root)),
                .microsoft(client: .value(world.microsoft.client), configuration: .init(graphRoot: root)),
            ],
            storage: world.storage,
            crypto: world.crypto,
            clock: world.clock,
            retry: .never
        ).acting(as: World.principal(service.user))

        let error = try await failure { _ = try await host.calendars(of: id) }

        #expect(error.code == .connectionFailed)
        #expect(error.provider == service.id)
        #expect(!error.isOutcomeUnknown)
        #expect(world.simulator(service).requests.isEmpty)
    }

    @Test("C-03 a missing variable of the environment is named, with where to register")
    func environment() async throws {
        let service = CalendarService(
            providers: [.google(client: .environment([:])), .microsoft(client: .environment([:]))],
            storage: .inMemory(),
            crypto: TransparentCryptoSuite()
        )
        let host = service.acting(as: World.principal("ada"))

        let google = try await failure { _ = try await host.connect(.google) }
        let microsoft = try await failure { _ = try await host.connect(.microsoft) }

        #expect(google.code == .configuration)
        #expect(google.field == "GOOGLE_CALENDAR_CLIENT_ID")
        #expect(microsoft.field == "MICROSOFT_CALENDAR_CLIENT_ID")
        #expect(service.providers.map(\.id) == [.google, .microsoft])
    }
}
