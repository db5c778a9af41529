import CalendarCore
import Foundation
import HostParts
import Testing

@Suite("The host's OAuth callback route")
struct CallbackRouteTests {
    @Test("a consent leads on to the new connection, through the host's store (C-04, M-29)", arguments: HostWorld.all)
    func consent(_ provider: ProviderID) async throws {
        let world = HostWorld(provider)
        let (callback, cookie) = try await world.consent()

        let reply = try await answerCallback(callback, cookie: cookie, for: world.ada)

        let connection = try #require(try await world.store.connections(of: "acme").first)
        #expect(reply == HostReply(303, location: "/calendars/\(connection.key.connection)"))
        #expect(connection.provider == provider)
        #expect(try await world.store.credential(for: connection.key) != nil)
    }

    @Test("a state that was never given out is refused before any request (M-29)", arguments: HostWorld.all)
    func wrongState(_ provider: ProviderID) async throws {
        let world = HostWorld(provider)
        let (callback, cookie) = try await world.consent()
        var forged = try #require(URLComponents(url: callback, resolvingAgainstBaseURL: false))
        forged.queryItems?.removeAll { $0.name == "state" }
        forged.queryItems?.append(URLQueryItem(name: "state", value: "forged"))

        let reply = try await answerCallback(try #require(forged.url), cookie: cookie, for: world.ada)

        #expect(reply == HostReply(400))
        #expect(try await world.store.connections(of: "acme").isEmpty)
        #expect(world.simulator.requests.isEmpty)
    }

    @Test("a callback without the cookie of its browser, or with another's, is refused (M-29)", arguments: [nil, "x"])
    func wrongCookie(_ cookie: String?) async throws {
        let world = HostWorld(.google)
        let (callback, _) = try await world.consent()

        let reply = try await answerCallback(callback, cookie: cookie, for: world.ada)

        #expect(reply == HostReply(400))
        #expect(try await world.store.connections(of: "acme").isEmpty)
    }

    @Test("a consent that is refused connects nothing (M-29)", arguments: HostWorld.all)
    func refusal(_ provider: ProviderID) async throws {
        let world = HostWorld(provider)
        let start = try await world.ada.connect(provider)
        let callback = world.simulator.refuse(start.url)

        let reply = try await answerCallback(callback, cookie: start.cookie.reveal(), for: world.ada)

        #expect(reply == HostReply(403))
        #expect(try await world.store.connections(of: "acme").isEmpty)
    }

    @Test("a callback that is used again is refused, and the connection stays (M-29)", arguments: HostWorld.all)
    func reuse(_ provider: ProviderID) async throws {
        let world = HostWorld(provider)
        let (callback, cookie) = try await world.consent()

        let first = try await answerCallback(callback, cookie: cookie, for: world.ada)
        let second = try await answerCallback(callback, cookie: cookie, for: world.ada)

        #expect(first.status == 303)
        #expect(second == HostReply(400))
        #expect(try await world.store.connections(of: "acme").count == 1)
    }
}
