import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("End to end: events that keep their content")
struct EndToEndLockedEventTests {
    @Test("Trap 18 a new title of a locked event is an issue and no request; a colour is sent")
    func locked() async throws {
        let world = World()
        world.google.add(try World.event("Flight", on: "2026-03-18"), to: "ada@example.com")
        world.googleTap.rewrite("/events") { response in
            var text = String(decoding: response.body, as: UTF8.self)
            text = text.replacingOccurrences(of: #""summary":"Flight""#, with: #""summary":"Flight","locked":true"#)
            response = HTTPResponse(status: response.status, headers: response.headers, body: Data(text.utf8))
        }
        let id = try await world.connectAndSync(.google)
        let host = world.host(.google)
        let record = try #require(try await StoredState(world).records.first).id

        try await host.update(record, invitations: .silent) { $0.title = "Mine" }
        try await world.sync(.google, id)
        let issues = try await host.issues(of: id)
        #expect(world.google.writes.isEmpty)
        #expect(issues.map(\.code) == [.writeRejected])
        #expect(issues.map(\.field) == ["title"])

        try await host.update(record, invitations: .silent) {
            $0.title = "Flight"
            $0.color = "5"
        }
        try await world.sync(.google, id)
        #expect(world.google.writes.count == 1)
        #expect(world.google.events(of: "ada@example.com").map(\.title) == ["Flight"])
    }
}
