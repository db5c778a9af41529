import CalendarCore
import CalendarTesting
import Foundation
import MicrosoftProvider
import Testing
import TrafficSchemas

@Suite("Microsoft: edits of series")
struct SeriesEditorTests {
    /// A series of eight Mondays with a guest; one is renamed, one is cancelled, both behind the fourth.
    private struct World {
        let graph: GraphHarness
        let state: SeriesState

        init() async throws {
            graph = try await GraphHarness()
            let created = try await graph.create(try SeriesEditorTests.content)
            graph.simulator.changeOccurrence(
                of: created.id,
                startingAt: try Sample.time("2026-06-01T10:00:00"),
                of: GraphHarness.ada
            ) { $0.title = "Demo" }
            let cancelled = try Sample.time("2026-06-08T10:00:00")
            graph.simulator.cancelOccurrence(of: created.id, startingAt: cancelled, of: GraphHarness.ada)
            let round = try await graph.round()
            let events = round.changes.compactMap { if case .upserted(let event) = $0 { event } else { nil } }
            state = SeriesState(
                master: try #require(events.first { $0.role == .master }),
                exceptions: events.filter { $0.role != .master },
                cancelled: [cancelled]
            )
            try #require(state.exceptions.count == 1)
        }

        func plan(_ scope: SeriesScope, _ change: SeriesEdit.Change) throws -> SeriesPlan {
            let edit = SeriesEdit(
                OccurrenceKey(series: state.master.id, originalStart: try SeriesEditorTests.target),
                scope: scope,
                change,
                key: "ffeeddccbbaa99887766554433221100",
                invitations: .notifyGuests
            )
            return try edit.plan(for: state)
        }

        func editor(_ http: (any HTTPTransport)? = nil) -> SeriesEditor {
            let session = graph.session(over: http ?? graph.session.http)
            return SeriesEditor(provider: graph.provider, session: session, calendar: graph.calendar)
        }

        /// Every occurrence that takes place, as day, hour and title, of all series in the calendar.
        func agenda() async throws -> [String] {
            var lines: [String] = []
            let window = try SyncWindow(
                start: Date(timeIntervalSince1970: 1_767_225_600),
                end: Date(timeIntervalSince1970: 1_798_761_600)
            )
            for series in graph.simulator.events(of: GraphHarness.ada).filter(\.isSeries).map(\.id) {
                let found = try await graph.provider.instances(
                    of: series,
                    in: graph.calendar,
                    during: window,
                    session: graph.session
                )
                lines += found.map { "\($0.content.start.civil) \($0.content.title ?? "")" }
            }
            return lines.sorted()
        }

        var mail: [String] { graph.simulator.mail.map { "\($0.kind) \($0.to)" } }
    }

    private static var target: EventTime { get throws { try Sample.time("2026-05-25T10:00:00") } }

    private static var content: EventContent {
        get throws {
            var content = try Sample.series("FREQ=WEEKLY;COUNT=8", start: "2026-05-04T10:00:00")
            content.title = "Standup"
            content.attendees = [Attendee("grace@example.com")]
            return content
        }
    }

    private static func update(_ change: (inout EventContent) throws -> Void) throws -> SeriesEdit.Change {
        var from = try content
        from.recurrence = nil
        from.start = try target
        from.end = try Sample.time("2026-05-25T11:00:00")
        var to = from
        try change(&to)
        return .update(from: from, to: to)
    }

    private static func moved(_ content: inout EventContent) throws {
        content.title = "Retro"
        content.start = try Sample.time("2026-05-25T14:00:00")
        content.end = try Sample.time("2026-05-25T15:00:00")
    }

    private static let before = [
        "2026-05-04T10:00:00 Standup", "2026-05-11T10:00:00 Standup", "2026-05-18T10:00:00 Standup",
    ]

    @Test("Trap 14: this and following ends the old series, and the new one keeps what differed (R-31)")
    func thisAndFollowing() async throws {
        let world = try await World()
        let plan = try world.plan(.thisAndFollowing, try Self.update(Self.moved))

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
        #expect(outcome.following?.id != world.state.master.id)
    }

    @Test(
        "Trap 27: a series that moves keeps its exceptions and cancellations",
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

        _ = try await world.editor().carryOut(try world.plan(scope, try Self.update(Self.moved)))

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
        _ = try await reference.editor().carryOut(try reference.plan(scope, try Self.update(Self.moved)))
        let expected = try await reference.agenda()
        let mail = reference.mail

        var failures = 0
        for failing in 1... {
            let world = try await World()
            let plan = try world.plan(scope, try Self.update(Self.moved))
            let transport = NthFailure(world.graph.session.http, failing: failing, moment)
            do {
                _ = try await world.editor(transport).carryOut(plan)
            } catch let error as CalendarError where error.code == .connectionFailed {
                _ = try await world.editor().carryOut(plan)
            }
            #expect(try await world.agenda() == expected, "failing request \(failing)")
            #expect(world.mail == mail, "failing request \(failing)")
            guard transport.hasFailed else { break }
            failures += 1
        }
        #expect(failures >= 2)
    }

    @Test("somebody else's change of the same field stops the plan, one of another field does not")
    func concurrentChange() async throws {
        let world = try await World()
        let plan = try world.plan(.all, try Self.update { $0.location = "Room 2" })
        world.graph.simulator.change(world.state.master.id, of: GraphHarness.ada) { $0.title = "Renamed" }

        _ = try await world.editor().carryOut(plan)
        let other = try world.plan(.all, try Self.update { $0.title = "Retro" })
        let error = await #expect(throws: CalendarError.self) { try await world.editor().carryOut(other) }

        #expect(error?.code == .conflict)
        #expect(error?.field == "title")
        #expect(world.graph.simulator.events(of: GraphHarness.ada).first(where: \.isSeries)?.title == "Renamed")
    }

    @Test("Trap 13: a change of the whole series is one request and one notice a guest, beside those of exceptions")
    func oneNotice() async throws {
        let world = try await World()
        let plan = try world.plan(.all, try Self.update { $0.location = "Room 2" })
        world.graph.simulator.clearRequests()
        let mails = world.mail.count

        _ = try await world.editor().carryOut(plan)

        #expect(world.graph.simulator.requests.filter(\.isWrite).count == 1)
        #expect(world.mail.count == mails + 2)
        #expect(plan.guestsTold == 1)
    }
}
