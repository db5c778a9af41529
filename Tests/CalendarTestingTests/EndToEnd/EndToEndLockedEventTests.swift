import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("End to end: events that keep their content")
struct EndToEndLockedEventTests {
    @Test("M-46 Trap 18 a new title of a locked event is refused at once and stores nothing; a colour is sent")
    func locked() async throws {
        let world = World()
        world.google.add(try World.event("Flight", on: "2026-03-18"), to: "ada@example.com")
        lock(world)
        let id = try await world.connectAndSync(.google)
        let host = world.host(.google)
        let before = try await StoredState(world)
        let record = try #require(before.records.first).id

        let error = try await failure { try await host.update(record, invitations: .silent) { $0.title = "Mine" } }
        #expect(error.code == .rejected)
        #expect(error.field == "title")
        #expect(try await StoredState(world) == before)

        try await host.update(record, invitations: .silent) { $0.color = "5" }
        try await world.sync(.google, id)
        #expect(world.google.writes.count == 1)
        #expect(world.google.events(of: "ada@example.com").map(\.title) == ["Flight"])
    }

    @Test("Trap 18 a new title of an event that is locked before it was sent is an issue and no request")
    func lockedMeanwhile() async throws {
        let world = World()
        let event = world.google.add(try World.event("Flight", on: "2026-03-18"), to: "ada@example.com")
        let id = try await world.connectAndSync(.google)
        let host = world.host(.google)
        let record = try #require(try await StoredState(world).records.first).id

        try await host.update(record, invitations: .silent) { $0.title = "Mine" }
        lock(world)
        world.google.change(event, of: "ada@example.com") { $0.location = "Gate 4" }
        try await world.sync(.google, id)

        let issues = try await host.issues(of: id)
        #expect(world.google.writes.isEmpty)
        #expect(issues.map(\.code) == [.writeRejected])
        #expect(issues.map(\.field) == ["title"])
    }

    @Test("M-46 Trap 14 of an event shown without details nothing is changed")
    func hidden() async throws {
        let world = World()
        let calendar = world.google.addCalendar("Shared", to: "ada@example.com", zone: World.vienna, access: .freeBusy)
        world.google.add(try World.event("Secret", on: "2026-03-18"), to: "ada@example.com", calendar: calendar)
        let id = try await world.connect(.google).key.connection
        let host = world.host(.google)
        try await host.select(CalendarSelection(read: [calendar], write: nil), in: id)
        try await world.sync(.google, id)
        world.google.clearRequests()
        let record = try #require(try await StoredState(world).records.first)

        let error = try await failure { try await host.update(record.id, invitations: .silent) { $0.color = "5" } }

        #expect(record.content.title == nil)
        #expect(error.field == "color")
        #expect(world.google.requests.isEmpty)
    }

    /// From now on the service says of the flight that it is locked.
    private func lock(_ world: World) {
        world.googleTap.rewrite("/events") { response in
            var text = String(decoding: response.body, as: UTF8.self)
            text = text.replacingOccurrences(of: #""summary":"Flight""#, with: #""summary":"Flight","locked":true"#)
            response = HTTPResponse(status: response.status, headers: response.headers, body: Data(text.utf8))
        }
    }
}
