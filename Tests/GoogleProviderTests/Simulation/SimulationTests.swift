import CalendarCore
import CalendarTesting
import Foundation
import GoogleProvider
import Testing

@Suite("Google: against the simulated service")
struct SimulationTests {
    private let key: OperationID = "00112233445566778899aabbccddeeff"

    @Test("a lost reply to a create leaves exactly one event, which the probe finds (M-18)")
    func lostReply() async throws {
        let account = try await SimulatedAccount()
        account.google.add(SimulatedFault(.loseReply, method: .post, pathContains: "/events"))

        let error = await calendarError { try await account.create(key, GoogleSamples.meeting()) }
        let found = try await account.provider.createdEvent(for: key, in: account.calendar, session: account.session)
        let again = try await account.create(key, GoogleSamples.meeting())

        #expect(error?.isOutcomeUnknown == true)
        #expect(found == again)
        #expect(found?.creationKey == key)
        #expect(account.held.count == 1)
    }

    @Test("a lost create is not there, and the repetition makes it")
    func lostRequest() async throws {
        let account = try await SimulatedAccount()
        account.google.add(SimulatedFault(.loseRequest, method: .post, pathContains: "/events"))

        let error = await calendarError { try await account.create(key, GoogleSamples.meeting()) }
        let found = try await account.provider.createdEvent(for: key, in: account.calendar, session: account.session)
        _ = try await account.create(key, GoogleSamples.meeting())

        #expect(error?.isOutcomeUnknown == true)
        #expect(found == nil)
        #expect(account.held.count == 1)
    }

    @Test("the key of a deleted event stays taken, and the probe does not find the remains")
    func deletedKey() async throws {
        let account = try await SimulatedAccount()
        let event = try await account.create(key, GoogleSamples.meeting())
        let deletion = EventDeletion(id: event.id, etag: event.etag, invitations: .silent)
        try await account.provider.delete(deletion, in: account.calendar, session: account.session)
        try await account.provider.delete(deletion, in: account.calendar, session: account.session)

        let error = await calendarError { try await account.create(key, GoogleSamples.meeting()) }

        #expect(error?.code == .duplicate)
        #expect(account.held.isEmpty)
    }

    @Test("a write based on an old version is a conflict and changes nothing")
    func conflict() async throws {
        let account = try await SimulatedAccount()
        let first = try await account.create(key, GoogleSamples.meeting())
        let second = try await account.update(first) { $0.title = "Second" }

        let update = await calendarError { try await account.update(first) { $0.title = "Third" } }
        let deletion = EventDeletion(id: first.id, etag: first.etag, invitations: .silent)
        let delete = await calendarError {
            try await account.provider.delete(deletion, in: account.calendar, session: account.session)
        }

        #expect(second.etag != first.etag)
        #expect(update?.code == .conflict)
        #expect(delete?.code == .conflict)
        #expect(account.held.map(\.title) == ["Second"])
    }

    @Test("short and empty pages lose nothing, and a quiet poll costs one request (R-24)")
    func paging() async throws {
        let account = try await SimulatedAccount()
        for number in 0..<7 {
            account.google.add(GoogleSamples.meeting { $0.title = "\(number)" }, to: SimulatedAccount.address)
        }
        account.google.pageSize = 2
        account.google.emptyPageEvery = 2
        let expected = Set(account.held.map(\.id))

        let full = try await account.round(from: account.beginning())
        let pulled = Set(full.changes.compactMap { if case .upserted(let event) = $0 { event.id } else { nil } })
        #expect(pulled == expected)
        #expect(full.pages >= 4)
        #expect(account.google.requests.count == full.pages)

        account.google.emptyPageEvery = nil
        account.google.clearRequests()
        let quiet = try await account.round(from: .cursor(full.cursor))
        #expect(quiet.changes.isEmpty)
        #expect(account.google.requests.count == 1)
    }

    @Test("an expired sync token is told, at the first page and in the middle of a round, and a full round follows")
    func expiredToken() async throws {
        let account = try await SimulatedAccount()
        account.google.add(GoogleSamples.meeting(), to: SimulatedAccount.address)
        let full = try await account.round(from: account.beginning())
        for _ in 0..<3 { account.google.add(GoogleSamples.meeting(), to: SimulatedAccount.address) }
        account.google.pageSize = 1
        let page = try await account.provider.changes(
            in: account.calendar,
            from: .cursor(full.cursor),
            session: account.session
        )
        guard case .more(let point) = page.continuation else {
            Issue.record("the increment should have several pages")
            return
        }
        account.google.expireSyncTokens()

        let atStart = await calendarError { try await account.round(from: .cursor(full.cursor)) }
        let within = await calendarError { try await account.round(from: .page(point)) }
        let again = try await account.round(from: account.beginning())

        #expect(atStart?.code == .cursorExpired)
        #expect(within?.code == .cursorExpired)
        #expect(again.changes.count == 4)
    }

    @Test("a deleted event is a removal, a deleted occurrence a cancelled one")
    func removals() async throws {
        let account = try await SimulatedAccount()
        let address = SimulatedAccount.address
        let single = account.google.add(GoogleSamples.meeting(), to: address)
        let series = account.google.add(
            GoogleSamples.meeting { $0.recurrence = Recurrence(lines: ["RRULE:FREQ=DAILY;COUNT=5"]) },
            to: address
        )
        let full = try await account.round(from: account.beginning())
        let start = GoogleSamples.zoned("2026-05-06T10:00:00", "Europe/Vienna")
        account.google.remove(single, of: address)
        account.google.cancelOccurrence(of: series, startingAt: start, of: address)

        let changes = try await account.round(from: .cursor(full.cursor)).changes

        #expect(changes.contains(.removed(single, isCertain: true)))
        let cancelled = changes.compactMap { change in
            if case .occurrenceCancelled(let key, _, _) = change { key } else { nil }
        }
        #expect(cancelled == [OccurrenceKey(series: series, originalStart: start)])
    }

    @Test("removing a guest keeps the others, and mail goes out only when asked for (R-08)")
    func guests() async throws {
        let account = try await SimulatedAccount()
        let content = GoogleSamples.meeting {
            $0.attendees = [Attendee("grace@example.com"), Attendee("eve@example.org")]
        }

        let silent = try await account.create(key, content)
        #expect(account.google.mail.isEmpty)
        _ = try await account.create("ffeeddccbbaa99887766554433221100", content, .notifyGuests)
        #expect(Set(account.google.mail.map(\.to)).count == 2)

        let changed = try await account.update(silent) { $0.attendees.removeLast() }
        #expect(changed.content.attendees.map(\.person.address) == ["grace@example.com"])
    }

    @Test("what was written reads as its canonical form", arguments: RoundTripTests.cases)
    func roundTrip(_ sample: RoundTripTests.Case) async throws {
        let account = try await SimulatedAccount()

        let event = try await account.create(key, sample.content)
        let read = try await account.provider.event(event.id, in: account.calendar, session: account.session)

        #expect(account.provider.canonical(event.content) == account.provider.canonical(sample.content))
        #expect(account.provider.canonical(read.content) == account.provider.canonical(sample.content))
    }

    @Test("calendars are listed under their real ids, and an odd id is addressed as it is")
    func calendars() async throws {
        let account = try await SimulatedAccount()
        let team = account.google.addCalendar("Team", to: SimulatedAccount.address, zone: SimulatedAccount.zone)

        let calendars = try await account.provider.calendars(session: account.session)
        let error = await calendarError {
            try await account.provider.event("e1", in: "a#b@c/d e", session: account.session)
        }

        #expect(calendars.map(\.id) == [account.calendar, team])
        #expect(calendars.map(\.isPrimary) == [true, false])
        #expect(error?.code == .notFound)
        #expect(account.google.requests.last?.path.contains("a#b@c/d e") == true)
    }

    @Test("a look at the calendars since an earlier one shows the new ones, until the service forgot the earlier one")
    func calendarsSince() async throws {
        let account = try await SimulatedAccount()
        let whole = try await account.provider.calendars(since: nil, session: account.session)
        let team = account.google.addCalendar("Team", to: SimulatedAccount.address, zone: SimulatedAccount.zone)

        let since = try await account.provider.calendars(since: whole.cursor, session: account.session)
        let quiet = try await account.provider.calendars(since: since.cursor, session: account.session)
        account.google.expireSyncTokens()
        let error = await calendarError {
            try await account.provider.calendars(since: quiet.cursor, session: account.session)
        }

        #expect(whole.calendars.map(\.id) == [account.calendar])
        #expect(since.calendars.map(\.id) == [team])
        #expect(!since.isComplete)
        #expect(quiet.calendars.isEmpty && quiet.removed.isEmpty)
        #expect(error?.code == .cursorExpired)
    }

    @Test("busy time is that of opaque events, and a calendar nobody may see is unknown (R-37)")
    func freeBusy() async throws {
        let account = try await SimulatedAccount()
        let meeting = GoogleSamples.meeting()
        account.google.add(meeting, to: SimulatedAccount.address)
        account.google.add(GoogleSamples.meeting { $0.availability = .free }, to: SimulatedAccount.address)
        let start = meeting.start.date(floatingIn: .utc)
        let end = meeting.end.date(floatingIn: .utc)
        let query = try FreeBusyQuery(
            subjects: [SimulatedAccount.address, "nobody@example.net"],
            start: start.addingTimeInterval(-40 * 86_400),
            end: end.addingTimeInterval(86_400)
        )

        let busy = try await account.provider.freeBusy(query, session: account.session)

        #expect(busy[SimulatedAccount.address] == .known([BusyInterval(start: start, end: end)]))
        #expect(busy["nobody@example.net"] == .unknown(reason: "notFound"))
        #expect(account.google.requests.count == 2)
    }
}
