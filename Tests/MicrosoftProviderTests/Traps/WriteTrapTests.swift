import CalendarCore
import CalendarTesting
import Foundation
import MicrosoftProvider
import Testing

@Suite("Microsoft: traps of writing")
struct WriteTrapTests {
    private static let key: OperationID = "00112233445566778899aabbccddeeff"

    @Test(
        "Trap 12: a series that the service fails to change keeps what it said, and the change lands when it is repeated",
        arguments: [SimulatedFault.Effect.status(500, reason: nil, retryAfter: nil), .statusAfterEffect(500)]
    )
    func masterFails(_ effect: SimulatedFault.Effect) async throws {
        let graph = try await GraphHarness()
        let series = try await graph.create(try Sample.series("FREQ=WEEKLY;COUNT=3", start: "2026-05-04T10:00:00"))
        graph.simulator.changeOccurrence(
            of: series.id,
            startingAt: try Sample.time("2026-05-11T10:00:00"),
            of: GraphHarness.ada
        ) { $0.location = "Room 5" }
        let master = try await graph.event(series.id)
        graph.simulator.add(SimulatedFault(effect, method: .patch))

        let error = await #expect(throws: CalendarError.self) {
            try await graph.update(master) { $0.title = "Renamed" }
        }
        let renamed = try await graph.update(master) { $0.title = "Renamed" }

        #expect(error?.code == .unavailable && error?.isOutcomeUnknown == true)
        #expect(renamed.content.title == "Renamed")
        #expect(try await graph.starts(of: series.id).count == 3)
    }

    @Test("Trap 16: whatever would mail guests is refused when it is to be silent, and nobody is mailed")
    func noSilence() async throws {
        let graph = try await GraphHarness()
        var content = try Sample.content()
        content.attendees = [Attendee("grace@example.com")]
        let event = try await graph.create(content)
        let mails = graph.simulator.mail.count
        let deletion = EventDeletion(id: event.id, etag: nil, invitations: .silent)

        let errors = [
            await #expect(throws: CalendarError.self) { try await graph.create(content, key: Self.key, .silent) },
            await #expect(throws: CalendarError.self) { try await graph.update(event, .silent) { $0.title = "Other" } },
            await #expect(throws: CalendarError.self) { try await graph.update(event, .silent) { $0.attendees = [] } },
            await #expect(throws: CalendarError.self) {
                try await graph.provider.delete(deletion, in: graph.calendar, session: graph.session)
            },
        ]
        let reminded = try await graph.update(event, .silent) {
            $0.reminders = EventReminders(usesDefault: false, overrides: [.init(minutesBefore: 5)])
        }

        #expect(errors.map { $0?.field } == ["invitations", "invitations", "invitations", "invitations"])
        #expect(reminded.content.reminders?.overrides.map(\.minutesBefore) == [5])
        #expect(graph.simulator.mail.count == mails)
    }

    @Test(
        "Trap 26: a creation whose answer was lost or refused as repeated is there once, however often it is sent",
        arguments: [SimulatedFault.Effect.loseReply, .loseRequest, .statusAfterEffect(504)],
        [false, true]
    )
    func lostCreate(_ effect: SimulatedFault.Effect, _ refusesRepetition: Bool) async throws {
        let graph = try await GraphHarness()
        graph.simulator.refusesRepeatedTransactions = refusesRepetition
        graph.simulator.add(SimulatedFault(effect, method: .post))

        let error = await #expect(throws: CalendarError.self) {
            try await graph.create(try Sample.content(), key: Self.key)
        }
        let second = try await graph.create(try Sample.content(), key: Self.key)
        let third = try await graph.create(try Sample.content(), key: Self.key)

        #expect(error?.isOutcomeUnknown == true)
        #expect(graph.simulator.events(of: GraphHarness.ada).map(\.id) == [second.id])
        #expect(third.id == second.id && third.creationKey == Self.key)
    }

    @Test("Trap 32: single events are addressed without their calendar, collections with it")
    func paths() async throws {
        let graph = try await GraphHarness()
        let event = try await graph.create(try Sample.content())
        let renamed = try await graph.update(event) { $0.title = "Other" }
        _ = try await graph.round()
        try await graph.provider.delete(
            EventDeletion(id: event.id, etag: renamed.etag, invitations: .notifyGuests),
            in: graph.calendar,
            session: graph.session
        )

        let paths = graph.simulator.requests.map { $0.path.replacing(event.id.rawValue, with: "E") }
        let calendar = "/v1.0/me/calendars/\(graph.calendar.rawValue)"
        let expected = [
            calendar + "/events", "/v1.0/me/events/E", calendar + "/calendarView/delta", "/v1.0/me/events/E",
        ]
        #expect(paths == expected)
    }

    @Test("Trap 28: a day that months lack is refused in a rule that skips them, and read as their last day")
    func monthEnds() async throws {
        let skipping = try Sample.series("FREQ=MONTHLY;BYMONTHDAY=31", start: "2026-01-31T10:00:00")
        let start = try Sample.day("2026-01-31")
        let read = try await GraphSeries.read(GraphSeries.endless(.monthly(1, day: 30), start: start), start: start)
        let provider = MicrosoftCalendarProvider()

        #expect(provider.losses(writing: skipping).map(\.field) == [.recurrence])
        #expect(read.recurrence?.lines == ["RRULE:FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1"])
    }
}
