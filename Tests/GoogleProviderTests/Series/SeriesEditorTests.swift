import CalendarCore
import CalendarTesting
import Foundation
import GoogleProvider
import Testing
import TrafficSchemas

@Suite("Google: edits of series")
struct SeriesEditorTests {
    /// A series of eight Mondays with a guest; one is renamed, one is cancelled, both behind the fourth.
    private struct World {
        let account: SimulatedAccount
        let state: SeriesState

        init() async throws {
            account = try await SimulatedAccount()
            let created = try await account.create("00112233445566778899aabbccddeeff", SeriesEditorTests.content)
            account.google.changeOccurrence(
                of: created.id,
                startingAt: GoogleSamples.zoned("2026-06-01T10:00:00", "Europe/Vienna"),
                of: SimulatedAccount.address
            ) { $0.title = "Demo" }
            let cancelled = GoogleSamples.zoned("2026-06-08T10:00:00", "Europe/Vienna")
            account.google.cancelOccurrence(of: created.id, startingAt: cancelled, of: SimulatedAccount.address)
            let round = try await account.round(from: account.beginning())
            let events = round.changes.compactMap { if case .upserted(let event) = $0 { event } else { nil } }
            state = SeriesState(
                master: try #require(events.first { $0.role == .master }),
                exceptions: events.filter { $0.role != .master },
                cancelled: round.changes.compactMap { change in
                    if case .occurrenceCancelled(let key, _, _) = change { key.originalStart } else { nil }
                }
            )
            try #require(state.exceptions.count == 1 && state.cancelled.count == 1)
        }

        func plan(_ scope: SeriesScope, _ change: SeriesEdit.Change) throws -> SeriesPlan {
            let edit = SeriesEdit(
                OccurrenceKey(series: state.master.id, originalStart: SeriesEditorTests.target),
                scope: scope,
                change,
                key: "ffeeddccbbaa99887766554433221100",
                invitations: .notifyGuests
            )
            return try edit.plan(for: state)
        }

        func editor(_ http: (any HTTPTransport)? = nil) -> SeriesEditor {
            let session = ProviderSession(
                connection: account.session.connection,
                accountAddress: SimulatedAccount.address,
                accountKey: "1001",
                http: http ?? account.session.http,
                clock: account.clock
            )
            return SeriesEditor(provider: account.provider, session: session, calendar: account.calendar)
        }

        /// Every occurrence that takes place, as day, hour and title, of all series in the calendar.
        func agenda() async throws -> [String] {
            var lines: [String] = []
            let window = try SyncWindow(start: Date(timeIntervalSince1970: 1_767_225_600), end: nil)
            for series in account.held.filter(\.isSeries).map(\.id) {
                let found = try await account.provider.instances(
                    of: series,
                    in: account.calendar,
                    during: window,
                    session: account.session
                )
                lines += found.map { "\($0.content.start.civil) \($0.content.title ?? "")" }
            }
            return lines.sorted()
        }
    }

    private static let target = GoogleSamples.zoned("2026-05-25T10:00:00", "Europe/Vienna")

    private static let content = GoogleSamples.meeting {
        $0.title = "Standup"
        $0.recurrence = Recurrence(lines: ["RRULE:FREQ=WEEKLY;COUNT=8"])
        $0.attendees = [Attendee("grace@example.com")]
    }

    private static func update(_ change: (inout EventContent) -> Void) -> SeriesEdit.Change {
        var from = content
        from.recurrence = nil
        from.start = target
        from.end = GoogleSamples.zoned("2026-05-25T11:00:00", "Europe/Vienna")
        var to = from
        change(&to)
        return .update(from: from, to: to)
    }

    private static func moved(_ content: inout EventContent) {
        content.title = "Retro"
        content.start = GoogleSamples.zoned("2026-05-25T14:00:00", "Europe/Vienna")
        content.end = GoogleSamples.zoned("2026-05-25T15:00:00", "Europe/Vienna")
    }

    private static let before = [
        "2026-05-04T10:00:00 Standup", "2026-05-11T10:00:00 Standup", "2026-05-18T10:00:00 Standup",
    ]

    @Test("this and following ends the old series, and the new one keeps what differed (R-31)")
    func thisAndFollowing() async throws {
        let world = try await World()
        let plan = try world.plan(.thisAndFollowing, Self.update(Self.moved))

        let outcome = try await world.editor().carryOut(plan)

        let expected =
            Self.before + [
                "2026-05-25T14:00:00 Retro", "2026-06-01T14:00:00 Demo", "2026-06-15T14:00:00 Retro",
                "2026-06-22T14:00:00 Retro",
            ]
        #expect(try await world.agenda() == expected)
        #expect(outcome.series?.content.recurrence?.rules.first?.count == 3)
        #expect(outcome.following?.content.recurrence?.rules.first?.count == 5)
        #expect(outcome.following?.creationKey == plan.key)
    }

    @Test(
        "the other scopes give what a person expects",
        arguments: [
            (
                SeriesScope.this, ["2026-05-25T14:00:00 Retro", "2026-06-01T10:00:00 Demo"],
                "2026-05-04T10:00:00 Standup"
            ),
            (.all, ["2026-05-25T14:00:00 Retro", "2026-06-01T14:00:00 Demo"], "2026-05-04T14:00:00 Retro"),
        ]
    )
    func otherScopes(_ scope: SeriesScope, _ some: [String], _ first: String) async throws {
        let world = try await World()

        _ = try await world.editor().carryOut(try world.plan(scope, Self.update(Self.moved)))

        let agenda = try await world.agenda()
        #expect(agenda.count == 7)
        #expect(agenda.first == first)
        #expect(some.allSatisfy(agenda.contains))
    }

    @Test(
        "deleting removes this occurrence, all from it on, or all",
        arguments: [(SeriesScope.this, 6), (.thisAndFollowing, 3), (.all, 0)]
    )
    func deleting(_ scope: SeriesScope, _ left: Int) async throws {
        let world = try await World()
        let plan = try world.plan(scope, .delete)

        _ = try await world.editor().carryOut(plan)
        _ = try await world.editor().carryOut(plan)

        #expect(try await world.agenda().count == left)
    }

    @Test(
        "a failure at any request, repeated from the start, ends as if nothing had happened, with the same mail (R-33)",
        arguments: [SeriesScope.this, .thisAndFollowing, .all],
        NthFailure.Moment.allCases
    )
    func crashAtEveryStep(_ scope: SeriesScope, _ moment: NthFailure.Moment) async throws {
        let reference = try await World()
        _ = try await reference.editor().carryOut(try reference.plan(scope, Self.update(Self.moved)))
        let expected = try await reference.agenda()
        let mail = reference.account.google.mail.map { "\($0.kind) \($0.to)" }

        var failures = 0
        for failing in 1... {
            let world = try await World()
            let plan = try world.plan(scope, Self.update(Self.moved))
            let transport = NthFailure(world.account.session.http, failing: failing, moment)
            do {
                _ = try await world.editor(transport).carryOut(plan)
            } catch let error as CalendarError where error.code == .connectionFailed {
                _ = try await world.editor().carryOut(plan)
            }
            #expect(try await world.agenda() == expected, "failing request \(failing)")
            #expect(world.account.google.mail.map { "\($0.kind) \($0.to)" } == mail, "failing request \(failing)")
            guard transport.hasFailed else { break }
            failures += 1
        }
        #expect(failures >= 2)
    }

    @Test("somebody else's change of the same field stops the plan, one of another field does not")
    func concurrentChange() async throws {
        let world = try await World()
        let plan = try world.plan(.all, Self.update { $0.location = "Room 2" })
        world.account.google.change(world.state.master.id, of: SimulatedAccount.address) { $0.title = "Renamed" }

        _ = try await world.editor().carryOut(plan)
        let other = try world.plan(.all, Self.update { $0.title = "Retro" })
        let error = await calendarError { try await world.editor().carryOut(other) }

        #expect(error?.code == .conflict)
        #expect(error?.field == "title")
        #expect(world.account.held.first(where: \.isSeries)?.title == "Renamed")
    }
}
