import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("End to end: issues in a host's hands")
struct EndToEndIssueTests {
    /// A Google calendar with one event in a zone that nobody knows, as long as the answer is rewritten.
    private func world() async throws -> (world: World, event: RemoteEventID, connection: ConnectionID) {
        let world = World()
        let event = world.google.add(try World.event("Review", on: "2026-03-18"), to: "ada@example.com")
        hideZone(world)
        let connection = try await world.connectAndSync(.google)
        return (world, event, connection)
    }

    private func hideZone(_ world: World) {
        world.googleTap.rewrite("/events") { response in
            let text = String(decoding: response.body, as: UTF8.self)
                .replacingOccurrences(of: "Europe/Vienna", with: "Nowhere/Land")
            response = HTTPResponse(status: response.status, headers: response.headers, body: Data(text.utf8))
        }
    }

    @Test("M-43 an ignored issue is hidden until its event changes")
    func ignored() async throws {
        let (world, event, connection) = try await world()
        let host = world.host(.google)
        let issue = try #require(try await host.issues(of: connection).first)

        try await host.ignoreIssue(issue, of: connection)
        // A full round tells the same version of the event once more.
        try await host.listAnew(connection)
        try await world.sync(.google, connection)

        #expect(issue.code == .unknownZone)
        #expect(try await host.issues(of: connection).isEmpty)
        #expect(try await host.issues(of: connection, includesIgnored: true).map(\.code) == [.unknownZone])
        #expect(try await host.status(of: connection).map(\.issues) == [0])

        world.google.change(event, of: "ada@example.com") { $0.title = "Review, moved" }
        try await world.sync(.google, connection)
        #expect(try await host.issues(of: connection).map(\.code) == [.unknownZone])
    }

    @Test("M-43 a retried issue has its event read again at once, and is over when that works")
    func retried() async throws {
        let (world, _, connection) = try await world()
        let host = world.host(.google)
        let issue = try #require(try await host.issues(of: connection).first)
        let stranger = world.service.acting(as: World.principal("ada", tenant: "other"))

        try await host.retryIssue(issue, of: connection)
        let still = try await host.issues(of: connection)
        world.googleTap.intercept(nil)
        let foreign = try await failure { try await stranger.retryIssue(issue, of: connection) }
        try await host.retryIssue(issue, of: connection)

        #expect(still.map(\.code) == [.unknownZone])
        #expect(foreign.code == .notFound)
        #expect(try await host.issues(of: connection).isEmpty)
        let gone = try await failure { try await host.ignoreIssue(issue, of: connection) }
        #expect(gone.code == .notFound)
    }

    @Test("R-09 two events with one UID and content are one issue, and nothing is written because of them")
    func duplicates() async throws {
        let world = World()
        let first = world.google.add(try World.event("Review", on: "2026-03-18"), to: "ada@example.com")
        let second = world.google.add(try World.event("Review", on: "2026-03-18"), to: "ada@example.com")
        world.google.add(try World.event("Other", on: "2026-03-19"), to: "ada@example.com")
        // Imports can give events of one calendar one UID; here all that say the same have it.
        world.googleTap.rewrite("/events") { response in
            var text = String(decoding: response.body, as: UTF8.self)
            for id in [first.rawValue, second.rawValue] {
                text = text.replacingOccurrences(of: "\(id)@google.com", with: "one@example.com")
            }
            response = HTTPResponse(status: response.status, headers: response.headers, body: Data(text.utf8))
        }
        let connection = try await world.connectAndSync(.google)
        let host = world.host(.google)

        let issues = try await host.issues(of: connection)
        #expect(issues.map(\.code) == [.duplicates])
        #expect(issues.map(\.event) == [min(first, second)])
        #expect(try await world.titles(.google) == ["Review", "Other"])

        world.google.remove(second, of: "ada@example.com")
        try await world.sync(.google, connection)
        #expect(try await host.issues(of: connection).isEmpty)
        #expect(try await world.titles(.google) == ["Review", "Other"])
        #expect(world.google.writes.isEmpty)
        #expect(world.google.events(of: "ada@example.com").compactMap(\.title).sorted() == ["Other", "Review"])
    }

    @Test("M-43 a quarantine is confirmed, and then the calendar is as its listing says", arguments: Service.allCases)
    func quarantine(service: Service) async throws {
        let world = World()
        let simulator = world.simulator(service)
        var events: [RemoteEventID] = []
        for index in 0..<15 {
            let content = try World.event("Event \(index)", on: "2026-03-18", at: 10 + index % 8)
            events.append(simulator.add(content, to: service.address))
        }
        let connection = try await world.connectAndSync(service)
        let host = world.host(service)
        for event in events.dropLast() { simulator.remove(event, of: service.address, calendar: nil) }
        simulator.expireSyncTokens()
        try await world.sync(service, connection)
        let held = try #require(try await host.status(of: connection).first)

        try await host.confirmDeletions(in: held.calendar, of: connection)
        try await world.sync(service, connection)

        #expect(held.quarantine?.missing == 14)
        #expect(try await world.titles(service) == ["Event 14"])
    }
}
