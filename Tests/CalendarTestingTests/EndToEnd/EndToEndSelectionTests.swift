import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("End to end: choosing calendars")
struct EndToEndSelectionTests {
    @Test("R-10 M-16 a calendar renamed at the service keeps its selection, its links and its events")
    func renamed() async throws {
        let world = World()
        let team = world.google.addCalendar("Team", to: "ada@example.com", zone: World.vienna)
        world.google.add(try World.event("Kick-off", on: "2026-03-18"), to: "ada@example.com", calendar: team)
        let id = try await world.connect(.google).key.connection
        let host = world.host(.google)
        try await host.select(CalendarSelection(read: [team], write: team), in: id)
        try await world.sync(.google, id)
        let before = try await StoredState(world)

        world.googleTap.rewrite("calendarList") { response in
            var text = String(decoding: response.body, as: UTF8.self)
            text = text.replacingOccurrences(of: #""summary":"Team""#, with: #""summary":"Crew""#)
            response = HTTPResponse(status: response.status, headers: response.headers, body: Data(text.utf8))
        }
        let report = try await world.sync(.google, id)
        let after = try await StoredState(world)

        #expect(try await host.calendars(of: id).map(\.title) == ["ada@example.com", "Crew"])
        #expect(try await host.connections().map(\.selection) == [CalendarSelection(read: [team], write: team)])
        #expect(report.created == 0 && report.updated == 0 && report.removed == 0)
        #expect(after.records == before.records)
        #expect(try await world.titles(.google) == ["Kick-off"])
        let links = try await world.storage.events.links(of: #require(after.records.first).id, tenant: World.tenant)
        #expect(links.map(\.calendar.calendar) == [team])
    }
}
