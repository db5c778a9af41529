import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("End to end: searching stored events")
struct EndToEndSearchTests {
    private let host: ActingCalendars
    private let connection: ConnectionID

    /// A host with four single events, an all-day one and a weekly series between 17 March and 1 June 2026.
    init() async throws {
        let world = World()
        connection = try await world.connectAndSync(.google)
        host = world.host(.google)
        var review = try World.event("Réview of the plan", on: "2026-03-18")
        review.attendees = [Attendee("grace@example.org")]
        try await create(review, activity: "deal-1")
        var lunch = try World.event("Lunch", on: "2026-03-19", at: 12)
        lunch.location = "Plan B"
        try await create(lunch)
        var fair = EventContent(title: "Fair", start: .day(try day("2026-04-02")), end: .day(try day("2026-04-04")))
        fair.organizer = "Grace@Example.org"
        try await create(fair)
        try await create(try World.event("Breakfast", on: "2026-04-02", at: 0), activity: "deal-1")
        var standup = try World.event("Stand-up", on: "2026-04-06", at: 9)
        standup.recurrence = Recurrence(lines: ["RRULE:FREQ=WEEKLY;COUNT=4"])
        standup.body = EventBody("What is left of the PLAN", isHTML: false)
        try await create(standup)
        try await create(try World.event("Farewell", on: "2026-05-29"))
    }

    private func create(_ content: EventContent, activity: ActivityID? = nil) async throws {
        try await host.create(content, in: connection, activity: activity, invitations: .silent)
    }

    private func day(_ text: String) throws -> CivilDate { try #require(CivilDate(text)) }

    private func span(from start: String = "2026-03-01", to end: String = "2026-07-01") throws -> EventSearch {
        try EventSearch(
            from: World.instant("\(start)T00:00:00Z"),
            to: World.instant("\(end)T00:00:00Z"),
            in: World.vienna
        )
    }

    private func titles(_ search: EventSearch) async throws -> [String?] {
        try await host.events(matching: search).entries.map(\.content.title)
    }

    @Test("M-45: a span of months gives every event and occurrence once, in order, all-day ones first")
    func everything() async throws {
        let found = try await titles(try span())

        #expect(
            found == [
                "Réview of the plan", "Lunch", "Fair", "Breakfast", "Stand-up", "Stand-up", "Stand-up", "Stand-up",
                "Farewell",
            ]
        )
    }

    @Test("M-45: events are found by person, activity, words and connection, and by all of these together")
    func conditions() async throws {
        var byPerson = try span()
        byPerson.person = "GRACE@example.org"
        #expect(try await titles(byPerson) == ["Réview of the plan", "Fair"])

        var byActivity = try span()
        byActivity.activity = "deal-1"
        #expect(try await titles(byActivity) == ["Réview of the plan", "Breakfast"])

        var byText = try span(to: "2026-04-10")
        byText.text = "plan"
        #expect(try await titles(byText) == ["Réview of the plan", "Lunch", "Stand-up"])
        byText.text = " the  review "
        #expect(try await titles(byText) == ["Réview of the plan"])
        byText.person = "grace@example.org"
        byText.activity = "deal-2"
        #expect(try await titles(byText) == [])

        var elsewhere = try span()
        elsewhere.connection = "another"
        #expect(try await titles(elsewhere) == [])
        elsewhere.connection = connection
        #expect(try await titles(elsewhere).count == 9)
    }

    @Test("M-45: pages of any size hold together what one page holds", arguments: 1...10)
    func pages(limit: Int) async throws {
        let whole = try await host.events(matching: try span()).entries
        var entries: [AgendaEntry] = []
        var position: AgendaPosition?
        var pages = 0
        repeat {
            let page = try await host.events(matching: try span(), after: position, limit: limit)
            #expect(page.entries.count <= limit)
            entries += page.entries
            position = page.next
            pages += 1
        } while position != nil && pages < 20

        #expect(entries == whole)
        #expect(pages == (whole.count + limit - 1) / limit)
    }

    @Test("M-45: what began before the span is found once, and a position is kept as JSON")
    func edges() async throws {
        // The fair began the day before, and lasts until midnight in Vienna.
        let search = try span(from: "2026-04-03", to: "2026-04-14")
        let first = try await host.events(matching: search, limit: 1)
        #expect(first.entries.map(\.content.title) == ["Fair"])

        let stored = try JSONEncoder().encode(try #require(first.next))
        let position = try JSONDecoder().decode(AgendaPosition.self, from: stored)
        let second = try await host.events(matching: search, after: position)
        #expect(second.entries.map(\.content.title) == ["Stand-up", "Stand-up"])
        #expect(second.next == nil)
    }

    @Test("M-45: a reversed span and a page of nothing are refused by name")
    func refusals() async throws {
        var reversed = try span()
        reversed.end = reversed.start
        let span = await #expect(throws: CalendarError.self) { try await host.events(matching: reversed) }
        #expect(span?.field == "end")
        let empty = try self.span()
        let limit = await #expect(throws: CalendarError.self) { try await host.events(matching: empty, limit: 0) }
        #expect(limit?.field == "limit")
    }
}
