import CalendarCore
import CalendarTesting
import Foundation
import GoogleProvider
import MicrosoftProvider

/// The shortest whole story: two people connect their calendars and a meeting finds its time.
///
/// It talks to simulators, so it needs no account and no network. A real host leaves `transport:` out, reads its OAuth
/// clients from the environment, and brings a store and a real crypto suite.
@main
struct ScheduleMeeting {
    static func main() async throws {
        // The world: a clock, two services and the two people who use them.
        let berlin = EventZone("Europe/Berlin")
        let newYork = EventZone("America/New_York")
        let clock = ManualClock(now: Date(timeIntervalSince1970: 1_774_249_200), advancesWhenSleeping: true)
        let crypto = TransparentCryptoSuite()
        let google = GoogleCalendarSimulator(clock: clock, crypto: crypto)
        let microsoft = MicrosoftGraphSimulator(clock: clock, crypto: crypto)
        google.addAccount("ada@example.com", name: "Ada", zone: berlin)
        microsoft.addAccount("grace@example.org", name: "Grace", zone: newYork)
        google.add(try event("Design review", "2026-03-24T15:00:00", hours: 2, in: berlin), to: "ada@example.com")
        microsoft.add(try event("Staff", "2026-03-24T11:00:00", hours: 1, in: newYork), to: "grace@example.org")

        // The host: providers, storage, cryptography.
        let calendars = CalendarService(
            providers: [
                .google(client: .value(google.client), transport: google),
                .microsoft(client: .value(microsoft.client), transport: microsoft),
            ],
            storage: .inMemory(),
            crypto: crypto,
            clock: clock
        )
        let ada = calendars.acting(as: Principal(tenant: "acme", user: "ada", permissions: .all))
        let grace = calendars.acting(as: Principal(tenant: "acme", user: "grace", permissions: .all))

        // Connect: the browser goes to the consent page and comes back.
        let first = try await ada.connect(.google)
        let adas = try await ada.complete(
            callback: try google.consent(to: first.url, as: "ada@example.com"),
            of: first.cookie
        )
        let second = try await grace.connect(.microsoft)
        let graces = try await grace.complete(
            callback: try microsoft.consent(to: second.url, as: "grace@example.org"),
            of: second.cookie
        )

        // Sync: one step at a time.
        for try await progress in try await ada.sync(adas.key.connection) { print("Ada:   \(progress)") }
        for try await progress in try await grace.sync(graces.key.connection) { print("Grace: \(progress)") }

        // Slots: when both are free within their working hours.
        let tuesday = clock.now.addingTimeInterval(86_400)
        let search = try await ada.slots(
            lasting: .minutes(30),
            from: tuesday,
            to: tuesday.addingTimeInterval(86_400),
            with: [EventPerson("grace@example.org", name: "Grace")],
            options: SlotOptions(
                zone: berlin,
                ownHours: try .weekdays(from: "09:00", to: "18:00", in: berlin),
                guestHours: ["grace@example.org": try .weekdays(from: "09:00", to: "17:00", in: newYork)]
            )
        )
        for slot in search.slots { print("free: \(slot.description(in: berlin))") }
        print("\(search.rejected.count) other times were rejected")
        guard let slot = search.slots.first else { return }

        // Plan and carry out: nothing is sent before the plan is carried out.
        let plan = try await ada.plan(
            Meeting("Kick-off", start: slot.start, end: slot.end, with: ["grace@example.org"])
        )
        print(plan)
        let meeting = try await ada.carryOut(plan)
        print("sent: \(meeting.isSent), invited: \(meeting.invited.count)")
        print("Google now holds \(google.events(of: "ada@example.com").count) events")
    }

    static func event(
        _ title: String,
        _ start: String,
        hours: Int64,
        in zone: EventZone
    ) throws -> EventContent {
        guard let civil = CivilDateTime(start) else { throw CalendarError.invalidArgument("start", "Not a time.") }
        return EventContent(
            title: title,
            start: .zoned(civil, zone),
            end: .zoned(civil.adding(seconds: hours * 3600), zone)
        )
    }
}
