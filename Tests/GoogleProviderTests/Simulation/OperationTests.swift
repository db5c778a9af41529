import CalendarCore
import CalendarTesting
import Foundation
import GoogleProvider
import Testing

@Suite("Google: further operations against the simulated service")
struct OperationTests {
    private let key: OperationID = "00112233445566778899aabbccddeeff"

    @Test(
        "an event moves to another calendar once, and asking again finds it there",
        arguments: [SimulatedFault.Effect?.none, .loseReply, .loseRequest]
    )
    func move(_ fault: SimulatedFault.Effect?) async throws {
        let account = try await SimulatedAccount()
        let team = account.google.addCalendar("Team", to: SimulatedAccount.address, zone: SimulatedAccount.zone)
        let event = try await account.create(key, GoogleSamples.meeting())
        let move = EventMove(event.id, etag: event.etag, to: team, invitations: .silent)
        if let fault { account.google.add(SimulatedFault(fault, method: .post, pathContains: "/move")) }

        let first = await calendarError {
            try await account.provider.move(move, from: account.calendar, session: account.session)
        }
        let moved = try await account.provider.move(move, from: account.calendar, session: account.session)

        // A lost request is not repeated blindly: the caller hears of it.
        if case .loseRequest = fault { #expect(first?.isOutcomeUnknown == true) } else { #expect(first == nil) }
        #expect(moved.id == event.id)
        #expect(moved.isOrganizer)
        #expect(account.held.isEmpty)
        #expect(account.google.events(of: SimulatedAccount.address, calendar: team).map(\.id) == [event.id])
        #expect(account.google.requests.filter { $0.path.hasSuffix("/move") }.count == 2)
    }

    @Test("an occurrence and another's event cannot move")
    func immovable() async throws {
        let account = try await SimulatedAccount()
        let team = account.google.addCalendar("Team", to: SimulatedAccount.address, zone: SimulatedAccount.zone)
        let series = account.google.add(
            GoogleSamples.meeting { $0.recurrence = Recurrence(lines: ["RRULE:FREQ=DAILY;COUNT=3"]) },
            to: SimulatedAccount.address
        )
        let occurrence = try await account.provider.occurrence(
            OccurrenceKey(series: series, originalStart: GoogleSamples.zoned("2026-05-05T10:00:00", "Europe/Vienna")),
            in: account.calendar,
            session: account.session
        )
        let invited = account.google.add(
            GoogleSamples.meeting { $0.attendees = [Attendee("ada@example.com")] },
            to: "grace@example.com"
        )

        let errors = await [occurrence.id, invited].asyncMap { id in
            await calendarError {
                let move = EventMove(id, to: team, invitations: .silent)
                return try await account.provider.move(move, from: account.calendar, session: account.session)
            }
        }

        #expect(errors.map(\.?.code) == [.rejected, .rejected])
        #expect(errors.map(\.?.reason) == ["cannotChangeOrganizerOfInstance", "cannotChangeOrganizer"])
        #expect(account.google.events(of: SimulatedAccount.address, calendar: team).isEmpty)
    }

    @Test("a conference that the calendar does not take costs the conference and not the event")
    func refusedConference() async throws {
        let account = try await SimulatedAccount()
        let asked = EventConference(solution: "addOn", joinURL: nil, state: .pending)

        let created = try await account.create(key, GoogleSamples.meeting { $0.conference = asked })
        let again = try await account.create(key, GoogleSamples.meeting { $0.conference = asked })
        let updated = try await account.update(again) { content in
            content.title = "Renamed"
            content.conference = asked
        }

        #expect(created.content.conference?.state == .failed)
        #expect(updated.content.conference?.state == .failed)
        #expect(account.held.map(\.title) == ["Renamed"])
        #expect(account.google.mail.isEmpty)
    }

    @Test("a change whose reply was lost is repeated by the transport and is no conflict with itself (section 17)")
    func repeatedChange() async throws {
        let account = try await SimulatedAccount()
        let event = try await account.create(key, GoogleSamples.meeting())
        let clock = ManualClock(advancesWhenSleeping: true)
        let session = ProviderSession(
            connection: account.session.connection,
            accountAddress: account.session.accountAddress,
            accountKey: account.session.accountKey,
            http: RetryingTransport(account.session.http, clock: clock, random: .seeded(1)),
            clock: clock
        )
        account.google.add(SimulatedFault(.loseReply, method: .patch))
        let update = EventUpdate(
            id: event.id,
            etag: event.etag,
            base: event.content,
            content: GoogleSamples.meeting { $0.title = "Renamed" },
            invitations: .silent
        )

        let changed = try await account.provider.update(update, in: account.calendar, session: session)

        #expect(changed.content.title == "Renamed")
        #expect(account.google.requests.filter { $0.method == .patch }.map(\.status) == [nil, 412])
    }

    @Test("a deletion whose reply was lost is done when it is repeated")
    func repeatedDeletion() async throws {
        let account = try await SimulatedAccount()
        let event = try await account.create(key, GoogleSamples.meeting())
        let deletion = EventDeletion(id: event.id, etag: event.etag, invitations: .silent)
        account.google.add(SimulatedFault(.loseReply, method: .delete))

        let first = await calendarError {
            try await account.provider.delete(deletion, in: account.calendar, session: account.session)
        }
        try await account.provider.delete(deletion, in: account.calendar, session: account.session)

        #expect(first?.isOutcomeUnknown == true)
        #expect(account.held.isEmpty)
    }

    @Test(
        "the occurrences of a series are those of its rule, all-day ones and those behind a change of clocks included"
    )
    func instances() async throws {
        let account = try await SimulatedAccount()
        let whole = account.google.add(
            GoogleSamples.meeting { content in
                content.start = GoogleSamples.day("2026-05-04")
                content.end = GoogleSamples.day("2026-05-05")
                content.recurrence = Recurrence(lines: ["RRULE:FREQ=DAILY;COUNT=4"])
            },
            to: SimulatedAccount.address
        )
        let timed = account.google.add(
            GoogleSamples.meeting { content in
                content.start = GoogleSamples.zoned("2026-03-23T10:00:00", "Europe/Vienna")
                content.end = GoogleSamples.zoned("2026-03-23T11:00:00", "Europe/Vienna")
                content.recurrence = Recurrence(lines: ["RRULE:FREQ=WEEKLY;COUNT=3"])
            },
            to: SimulatedAccount.address
        )
        account.google.cancelOccurrence(
            of: whole,
            startingAt: GoogleSamples.day("2026-05-06"),
            of: SimulatedAccount.address
        )
        let window = try SyncWindow(start: Date(timeIntervalSince1970: 1_772_323_200), end: nil)
        func starts(_ series: RemoteEventID) async throws -> [EventTime] {
            try await account.provider.instances(
                of: series,
                in: account.calendar,
                during: window,
                session: account.session
            ).map(\.content.start)
        }

        let days = ["2026-05-04", "2026-05-05", "2026-05-07"].map(GoogleSamples.day)
        #expect(try await starts(whole) == days)
        let times = ["2026-03-23", "2026-03-30", "2026-04-06"].map {
            GoogleSamples.zoned("\($0)T10:00:00", "Europe/Vienna")
        }
        #expect(try await starts(timed) == times)
        let missing = await calendarError { try await starts("nobody1") }
        #expect(missing?.code == .notFound)
        let cancelled = await calendarError {
            let key = OccurrenceKey(series: whole, originalStart: GoogleSamples.day("2026-05-06"))
            return try await account.provider.occurrence(key, in: account.calendar, session: account.session)
        }
        #expect(cancelled?.code == .notFound)
    }
}

extension Array {
    /// The results of a call for each element, one after the other.
    fileprivate func asyncMap<Value>(_ call: (Element) async -> Value) async -> [Value] {
        var values: [Value] = []
        for element in self { values.append(await call(element)) }
        return values
    }
}
