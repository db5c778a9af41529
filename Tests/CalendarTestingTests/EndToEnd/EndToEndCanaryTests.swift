import CalendarCore
import CalendarTesting
import Foundation
import GoogleProvider
import MicrosoftProvider
import Testing

@Suite("End to end: nothing printed gives a secret away")
struct EndToEndCanaryTests {
    @Test("F-13 no secret and no address is in any printed form of what a host is given", arguments: Service.allCases)
    func canary(service: Service) async throws {
        let story = try await Story(service)

        try #require(story.secrets.count >= 8)
        try #require(story.values.count >= 30)
        for (name, value) in story.values {
            let text = printed(value)
            for (kind, secret) in story.secrets where text.contains(secret) {
                Issue.record("\(kind) is printed by \(name)")
            }
        }
    }

    /// The titles of events are the host's data: they appear in plans and agenda entries, and nowhere else.
    @Test("F-13 titles are printed by event content only", arguments: Service.allCases)
    func titles(service: Service) async throws {
        let story = try await Story(service)

        let telling = story.values.filter { printed($0.value).contains(Story.title) }.map(\.name)

        #expect(Set(telling) == ["plan", "agenda entry"])
    }

    private func printed(_ value: Any) -> String {
        var dumped = ""
        dump(value, to: &dumped)
        return [String(describing: value), String(reflecting: value), dumped].joined(separator: "\n")
    }
}

/// A whole life of a connection, failures included, with everything that a host was given on the way.
private struct Story {
    static let title = "Canary title"
    static let guests: [Service: String] = [.google: "alan@example.com", .microsoft: "edsger@example.org"]

    private(set) var values: [(name: String, value: Any)] = []
    private(set) var secrets: [(kind: String, text: String)] = []

    init(_ service: Service) async throws {
        let world = World()
        let simulator = world.simulator(service)
        let host = world.host(service)
        let guest = try #require(Self.guests[service])
        world.simulator(service).add(try World.event(Self.title, on: "2026-03-17"), to: service.address)
        add("account address", service.address)
        add("guest address", guest)
        add("client secret", try #require(simulator.client.secret).reveal())

        // Connect.
        let start = try await host.connect(service.id)
        let callback = try simulator.consent(to: start.url, as: service.address, granting: nil)
        let query = FormFields(parsing: callback.query(percentEncoded: true) ?? "")
        add("state", query["state"] ?? "")
        add("code", query["code"] ?? "")
        add("cookie", start.cookie.reveal())
        let connection = try await host.complete(callback: callback, of: start.cookie)
        let id = connection.key.connection
        give("start", start)
        give("connection", connection)

        // Work.
        for try await progress in try await host.sync(id) {
            give("progress", progress)
            give("report", progress.report)
        }
        for calendar in try await host.calendars(of: id) { give("calendar", calendar) }
        let meeting = try Samples.meeting(with: [EventPerson(guest, name: "Guest")], title: Self.title)
        let plan = try await host.plan(meeting)
        give("plan", plan)
        give("meeting", try await host.carryOut(plan))
        for entry in try await world.agenda(service) { give("agenda entry", entry) }
        let search = try await host.slots(
            lasting: .minutes(30),
            from: meeting.start,
            to: meeting.end.addingTimeInterval(3600),
            with: meeting.guests
        )
        give("search", search)
        for rejected in search.rejected { give("rejected slot", rejected) }

        // Fail.
        await fail("busy time", in: { try await host.carryOut(try await host.plan(meeting)) })
        await fail("used callback", in: { try await host.complete(callback: callback, of: start.cookie) })
        let second = try await host.connect(service.id)
        await fail(
            "refusal",
            in: { try await host.complete(callback: simulator.refuse(second.url), of: second.cookie) }
        )
        await fail("foreign calendar", in: { try await host.select(CalendarSelection(read: ["x"]), in: id) })
        await fail("bad guest", in: { try await host.plan(try Samples.meeting(with: ["secret-guest"])) })
        try await breakPages(world, service, id)
        try await endGrant(world, service, id)
        try collectTraffic(world, service)
        try await collectParts(world, service, connection)
    }

    /// Answers that quote addresses and titles, and replies that are lost.
    private mutating func breakPages(_ world: World, _ service: Service, _ id: ConnectionID) async throws {
        let host = world.host(service)
        let quoted = #"{"error": {"code": "E", "message": "\#(service.address) \#(Self.title)", "errors": []}}"#
        for status in [403, 404, 500] {
            let response = HTTPResponse(status: status, body: Data(quoted.utf8))
            world.simulator(service).add(
                SimulatedFault(.answer(response), pathContains: service.feed, times: status == 500 ? 4 : 1)
            )
            await fail("status \(status)", in: { try await host.sync(id).finish() })
        }
        let address = service.address
        world.tap(service).intercept { request, next in
            var response = try await next.send(request)
            guard request.url.path(percentEncoded: false).contains(service.feed) else { return response }
            try response.edit { page in
                let broken: [String: Any] = ["id": "broken", "summary": Self.title, "start": address, "end": address]
                page[service.list] = [broken]
            }
            return response
        }
        give("report with issues", try await host.sync(id).finish())
        for issue in try await host.issues(of: id) { give("issue", issue) }
        world.tap(service).intercept { request, _ in
            throw CalendarError(.connectionFailed, "The connection was lost.", operation: request.operation)
        }
        await fail("lost connection", in: { try await host.sync(id).finish() })
        world.tap(service).intercept(nil)
    }

    private mutating func endGrant(_ world: World, _ service: Service, _ id: ConnectionID) async throws {
        let host = world.host(service)
        world.simulator(service).expireAccessTokens()
        try await host.sync(id).finish()
        world.simulator(service).revoke(service.address)
        world.simulator(service).expireAccessTokens()
        await fail("ended grant", in: { try await host.sync(id).finish() })
        await fail("dead connection", in: { try await host.calendars(of: id) })
        for connection in try await host.connections() { give("dead connection", connection) }
    }

    private mutating func collectTraffic(_ world: World, _ service: Service) throws {
        for request in world.tap(service).requests {
            give("request", request)
            give("request headers", request.headers)
            let form = FormFields(parsing: String(decoding: request.body ?? Data(), as: UTF8.self))
            add("code verifier", form["code_verifier"] ?? "")
        }
        for response in world.tap(service).responses {
            give("response", response)
            give("response headers", response.headers)
            guard let body = try? JSONSerialization.jsonObject(with: response.body) as? [String: Any] else { continue }
            for name in ["access_token", "refresh_token", "id_token"] { add(name, body[name] as? String ?? "") }
        }
        let kinds = Set(secrets.map(\.kind))
        try #require(
            kinds.isSuperset(of: ["access_token", "refresh_token", "id_token", "code verifier", "code", "state"])
        )
    }

    private mutating func collectParts(_ world: World, _ service: Service, _ connection: Connection) async throws {
        let host = world.host(service)
        give("service", world.service)
        give("acting", host)
        give("client", world.simulator(service).client)
        let client = OAuthClientSource.value(world.simulator(service).client)
        let registrations = [
            ProviderRegistration.google(client: client, transport: world.googleTap),
            ProviderRegistration.microsoft(client: client, transport: world.microsoftTap),
        ]
        for registration in registrations { give("registration", registration) }
        let registration = try #require(registrations.first { $0.provider.descriptor.id == service.id })
        give("token store", world.storage.tokens)
        give("storage", world.storage)
        give("stored credential", try #require(try await world.storage.tokens.credential(for: connection.key)))
        let start = try await host.connect(service.id)
        let query = FormFields(parsing: start.url.query(percentEncoded: true) ?? "")
        let state = try #require(query["state"])
        add("state", state)
        let digest = Base64URL.encode(world.crypto.sha256(Data(state.utf8)))
        let taken = try await world.storage.connections.takeAttempt(stateDigest: digest, now: world.clock.now)
        let attempt = try #require(taken)
        give("attempt", attempt)
        add("code verifier", attempt.codeVerifier.reveal())
        let source = AccessTokenSource(
            tokens: world.storage.tokens,
            connections: world.storage.connections,
            clock: world.clock,
            random: .seeded(1)
        )
        let factory = SessionFactory(source: source, clock: world.clock, random: .seeded(1))
        let session = try factory.session(for: connection, using: registration)
        give("session", session)
        give("session transport", session.http)
        let hours = try WorkingHours.weekdays(from: "09:00", to: "17:00", in: World.vienna)
        give("slot options", SlotOptions(guestHours: [try #require(Self.guests[service]): hours]))
        give("attendee", Attendee(EventPerson(try #require(Self.guests[service]), name: "Guest")))
        give("person", EventPerson(service.address))
    }

    private mutating func add(_ kind: String, _ text: String) {
        guard !text.isEmpty else { return }
        secrets.append((kind, text))
    }

    private mutating func give(_ name: String, _ value: Any) {
        values.append((name, value))
    }

    private mutating func fail<Answer>(_ name: String, in work: () async throws -> Answer) async {
        do {
            _ = try await work()
            Issue.record("\(name) did not fail")
        } catch {
            give("error of \(name)", error)
        }
    }
}
