import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("End to end: connecting")
struct EndToEndConnectTests {
    @Test("M-01 the address asks for S256 with a state and the exact redirect", arguments: Service.allCases)
    func address(service: Service) async throws {
        let world = World()

        let start = try await world.host(service).connect(service.id)

        let query = FormFields(parsing: start.url.query(percentEncoded: true) ?? "")
        #expect(query["code_challenge_method"] == "S256")
        #expect(query["code_challenge"]?.count == 43)
        #expect((query["state"] ?? "").count >= 43)
        #expect(query["redirect_uri"] == world.simulator(service).client.redirectURI)
        #expect(query["response_type"] == "code")
        #expect(query["state"] != start.cookie.reveal())
    }

    @Test("M-01 the callback makes one usable connection of the account", arguments: Service.allCases)
    func callback(service: Service) async throws {
        let world = World()

        let connection = try await world.connect(service)

        #expect(connection.isUsable)
        #expect(connection.account.address == service.address)
        #expect(connection.owner == .user(service.user))
        #expect(try await world.host(service).connections() == [connection])
        let credential = try await world.storage.tokens.credential(for: connection.key)?.credential
        #expect(credential?.refreshToken != nil)
    }

    @Test("M-01 a refused or foreign callback changes nothing", arguments: Service.allCases, BadCallback.allCases)
    func refused(service: Service, kind: BadCallback) async throws {
        let world = World()
        let first = try await world.connect(service)
        let start = try await world.host(service).connect(service.id)
        let before = try await StoredState(world)

        let error = try await failure { try await kind.complete(start, first, service, world) }

        #expect(error.code == kind.code)
        #expect(try await StoredState(world) == before)
    }

    @Test("M-01 a callback works once", arguments: Service.allCases)
    func reused(service: Service) async throws {
        let world = World()
        let host = world.host(service)
        let start = try await host.connect(service.id)
        let callback = try world.simulator(service).consent(to: start.url, as: service.address, granting: nil)
        _ = try await host.complete(callback: callback, of: start.cookie)
        let before = try await StoredState(world)

        let error = try await failure { _ = try await host.complete(callback: callback, of: start.cookie) }

        #expect(error.code == .attemptInvalid)
        #expect(try await StoredState(world) == before)
    }

    @Test("M-01 an attempt ends after ten minutes", arguments: Service.allCases)
    func expired(service: Service) async throws {
        let world = World()
        let host = world.host(service)
        let start = try await host.connect(service.id)
        let callback = try world.simulator(service).consent(to: start.url, as: service.address, granting: nil)
        world.clock.advance(by: 601)

        let error = try await failure { _ = try await host.complete(callback: callback, of: start.cookie) }

        #expect(error.code == .attemptInvalid)
        #expect(try await host.connections().isEmpty)
    }

    @Test("R-15 reconnecting keeps the id, the selection and the cursor", arguments: Service.allCases)
    func reconnect(service: Service) async throws {
        let world = World()
        let id = try await world.connectAndSync(service)
        let host = world.host(service)
        let before = try await StoredState(world)

        let start = try await host.reconnect(id)
        let callback = try world.simulator(service).consent(to: start.url, as: service.address, granting: nil)
        let connection = try await host.complete(callback: callback, of: start.cookie)

        let after = try await StoredState(world)
        #expect(connection.key.connection == id)
        #expect(connection.selection == before.connections.first?.selection)
        #expect(after.states == before.states)
        #expect(after.states.first??.cursor != nil)
        #expect(after.credentials != before.credentials)
    }

    @Test("R-15 reconnecting with another account changes nothing", arguments: Service.allCases)
    func swapped(service: Service) async throws {
        let world = World()
        let id = try await world.connectAndSync(service)
        let host = world.host(service)
        let before = try await StoredState(world)
        let other = service == .google ? "alan@example.com" : "edsger@example.org"

        let start = try await host.reconnect(id)
        let callback = try world.simulator(service).consent(to: start.url, as: other, granting: nil)
        let error = try await failure { _ = try await host.complete(callback: callback, of: start.cookie) }

        #expect(error.code == .accountMismatch)
        #expect(try await StoredState(world) == before)
    }
}

/// A way in which a callback is no good.
enum BadCallback: String, CaseIterable, CustomTestStringConvertible {
    case wrongState
    case wrongCookie
    case foreignUser
    case foreignTenant
    case refusedConsent
    case untickedScope
    case missingRefreshToken

    /// The code of the error; R-18 for the scope.
    var code: CalendarError.Code {
        switch self {
        case .wrongState, .wrongCookie, .foreignUser, .foreignTenant: .attemptInvalid
        case .refusedConsent: .accessDenied
        case .untickedScope: .scopeMissing
        case .missingRefreshToken: .reconnectRequired
        }
    }

    var testDescription: String { self == .untickedScope ? "R-18 \(rawValue)" : rawValue }

    func complete(_ start: AuthorizationStart, _ first: Connection, _ service: Service, _ world: World) async throws {
        let simulator = world.simulator(service)
        let granted = try simulator.consent(
            to: start.url,
            as: service.address,
            granting: self == .untickedScope ? [] : nil
        )
        var callback = self == .refusedConsent ? simulator.refuse(start.url) : granted
        var host = world.host(service)
        var cookie = start.cookie
        switch self {
        case .wrongState:
            var parts = try #require(URLComponents(url: granted, resolvingAgainstBaseURL: false))
            parts.queryItems = parts.queryItems?.map {
                $0.name == "state" ? URLQueryItem(name: "state", value: "x") : $0
            }
            callback = try #require(parts.url)
        case .wrongCookie: cookie = Secret("another")
        case .foreignUser: host = world.service.acting(as: World.principal("mallory"))
        case .foreignTenant: host = world.service.acting(as: World.principal(service.user, tenant: "other"))
        case .missingRefreshToken:
            world.tap(service).rewrite("/token") { try $0.edit { $0["refresh_token"] = nil } }
        case .refusedConsent, .untickedScope: break
        }
        _ = try await host.complete(callback: callback, of: cookie)
    }
}

extension HTTPResponse {
    /// Changes a JSON object in the body.
    mutating func edit(_ change: (inout [String: Any]) -> Void) throws {
        guard var object = try JSONSerialization.jsonObject(with: body) as? [String: Any] else { return }
        change(&object)
        body = try JSONSerialization.data(withJSONObject: object)
    }
}
