import CalendarCore
import CalendarTesting
import Foundation
import GoogleProvider
import Testing

@Suite("Examples of the documentation")
struct DocumentedExamplesTests {
    @Test("C-02 the documented example syncs against a simulated service")
    func simulator() async throws {
        // snippet: simulator
        let clock = ManualClock(advancesWhenSleeping: true)
        let crypto = TransparentCryptoSuite()
        let google = GoogleCalendarSimulator(clock: clock, crypto: crypto)
        google.addAccount("ada@example.com", name: "Ada", zone: EventZone("Europe/Berlin"))

        let calendars = CalendarService(
            providers: [.google(client: .value(google.client), transport: google)],
            storage: .inMemory(),
            crypto: crypto,
            clock: clock,
            random: .seeded(1)
        )
        let ada = calendars.acting(as: Principal(tenant: "acme", user: "ada", permissions: .all))
        let attempt = try await ada.connect(.google)
        let callback = try google.consent(to: attempt.url, as: "ada@example.com")
        let connection = try await ada.complete(callback: callback, of: attempt.cookie)
        let report = try await ada.sync(connection.key.connection).finish()
        // snippet end

        #expect(report.pages == 1)
        #expect(report.pushed == 0)
        #expect(google.mail.isEmpty)
    }

    @Test("M-12 the documented copies are made, and only the meeting has its guest")
    func copies() async throws {
        let both = try await BothServices(meeting: .google)
        let (ada, google, microsoft) = (both.host, both.meeting, both.copyConnection)
        var content = try World.event("Kick-off", on: "2026-03-18")
        content.attendees = [Attendee("guest@example.net")]
        let review = try await ada.create(
            try World.event("Review", on: "2026-03-19"),
            in: google,
            invitations: .silent
        )

        // snippet: copies
        let placement = try await ada.create(content, meetingIn: google, invitations: .notifyGuests)
        for place in placement.places { print(place.calendar.connection, place.isCopy, place.state) }
        try await ada.copy(review, to: microsoft)
        // snippet end

        try await both.sync()
        #expect(Set(both.meetingSide.map(\.attendees)) == [[], ["guest@example.net"]])
        #expect(both.copySide.map(\.attendees) == [[], []])
        #expect(both.mail.map(\.to) == ["guest@example.net"])
    }

    @Test("F-06 the documented answer to a conflict is sent to the service")
    func conflicts() async throws {
        let clock = ManualClock(advancesWhenSleeping: true)
        let google = GoogleCalendarSimulator(clock: clock, crypto: TransparentCryptoSuite())
        google.addAccount("ada@example.com", name: "Ada", zone: .utc)
        let start = EventTime.zoned(ZonedDateTime(clock.now.addingTimeInterval(86_400), in: .utc))
        let content = EventContent(title: "Review", start: start, end: start.advanced(bySeconds: 3600))
        let event = google.add(content, to: "ada@example.com")
        let ada = CalendarService(
            providers: [.google(client: .value(google.client), transport: google)],
            storage: .inMemory(),
            crypto: TransparentCryptoSuite(),
            conflicts: .ask,
            clock: clock,
            random: .seeded(1)
        ).acting(as: Principal(tenant: "acme", user: "ada", permissions: .all))
        let attempt = try await ada.connect(.google)
        let callback = try google.consent(to: attempt.url, as: "ada@example.com")
        let connection = try await ada.complete(callback: callback, of: attempt.cookie).key.connection
        try await ada.sync(connection).finish()
        let now = clock.now
        let record = try #require(
            try await ada.agenda(from: now, to: now.addingTimeInterval(172_800), in: .utc).first?.record
        )
        try await ada.update(record, invitations: .silent) { $0.title = "Hers" }
        google.change(event, of: "ada@example.com") { $0.title = "Theirs" }
        try await ada.sync(connection).finish()

        // snippet: conflicts
        for conflict in try await ada.conflicts(of: connection) where conflict.isOpen {
            print(conflict.explanation)
            try await ada.resolve(conflict.id, of: connection, keeping: .local)
        }
        // snippet end
        try await ada.sync(connection).finish()

        #expect(google.events(of: "ada@example.com").map(\.title) == ["Hers"])
    }

    @Test("the documented fault loses a reply and costs no second event")
    func fault() async throws {
        let clock = ManualClock(advancesWhenSleeping: true)
        let google = GoogleCalendarSimulator(clock: clock, crypto: TransparentCryptoSuite())
        google.addAccount("ada@example.com", name: "Ada", zone: .utc)
        let ada = CalendarService(
            providers: [.google(client: .value(google.client), transport: google)],
            storage: .inMemory(),
            crypto: TransparentCryptoSuite(),
            clock: clock,
            random: .seeded(1)
        ).acting(as: Principal(tenant: "acme", user: "ada", permissions: .all))
        let attempt = try await ada.connect(.google)
        let callback = try google.consent(to: attempt.url, as: "ada@example.com")
        let connection = try await ada.complete(callback: callback, of: attempt.cookie)
        let start = clock.now.addingTimeInterval(3600)
        let meeting = Meeting("Kick-off", start: start, end: start.addingTimeInterval(1800), with: [])
        let plan = try await ada.plan(meeting)

        // snippet: fault
        google.add(SimulatedFault(.loseReply, method: .post, pathContains: "/events"))
        // snippet end
        _ = try? await ada.carryOut(plan)
        try await ada.sync(connection.key.connection).finish()

        let probes = google.requests.filter { $0.method == .get && $0.path.hasSuffix("/" + plan.operation.rawValue) }
        #expect(probes.count == 1)
        #expect(google.events(of: "ada@example.com").count == 1)
    }

    // snippet: conformance
    @Test("keeps the promises of a token store", arguments: TokenStoreConformance.all)
    func tokenStore(_ check: TokenStoreConformance.Check) async throws {
        #expect(try await check.run { InMemoryTokenStore() } == .passed)
    }
    // snippet end
}
