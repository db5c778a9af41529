import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("Series edits: carried out")
struct SeriesEditorTests {
    private typealias Samples = SeriesSamples
    typealias Call = InMemoryCalendarProvider.Call

    private static let calendar: CalendarID = "primary-calendar"

    /// A series of eight Mondays at a provider without HTTP, of which the sixth is cancelled.
    private struct World {
        let provider = InMemoryCalendarProvider()
        let session = ProviderSession(
            connection: ConnectionKey(tenant: "acme", connection: "c1"),
            accountAddress: "ada@example.com",
            accountKey: "ada",
            http: ScriptedTransport(),
            clock: ManualClock()
        )
        let plan: SeriesPlan

        init() async throws {
            let content = Samples.weekly("RRULE:FREQ=WEEKLY;COUNT=8").content
            let creation = EventCreation(key: "fedcba9876543210", content: content, invitations: .silent)
            let master = try await provider.create(creation, in: calendar, session: session)
            let key = OccurrenceKey(series: master.id, originalStart: Samples.time("2026-04-06T10:00:00"))
            let sixth = try await provider.occurrence(key, in: calendar, session: session)
            let deletion = EventDeletion(id: sixth.id, etag: nil, invitations: .silent)
            try await provider.delete(deletion, in: calendar, session: session)

            let target = Samples.time("2026-03-23T10:00:00")
            let from = Samples.occurrence(of: master, at: target)
            var to = from
            to.title = "Retro"
            to.start = Samples.time("2026-03-23T09:00:00")
            to.end = Samples.time("2026-03-23T10:00:00")
            let edit = SeriesEdit(
                OccurrenceKey(series: master.id, originalStart: target),
                scope: .thisAndFollowing,
                .update(from: from, to: to),
                key: "0123456789abcdef",
                invitations: .silent
            )
            let state = SeriesState(
                master: try await provider.event(master.id, in: calendar, session: session),
                cancelled: [key.originalStart]
            )
            plan = try edit.plan(for: state)
        }

        func carryOut() async throws {
            let editor = SeriesEditor(provider: provider, session: session, calendar: calendar)
            _ = try await editor.carryOut(plan)
        }

        func agenda() async throws -> [String] {
            var lines: [String] = []
            let window = try SyncWindow(start: Date(timeIntervalSince1970: 1_767_225_600), end: nil)
            for series in provider.events().filter({ $0.role == .master }) {
                let found = try await provider.instances(of: series.id, in: calendar, during: window, session: session)
                lines += found.map { "\($0.content.start.civil) \($0.content.title ?? "")" }
            }
            return lines.sorted()
        }
    }

    private static let expected = [
        "2026-03-02T10:00:00 Standup", "2026-03-09T10:00:00 Standup", "2026-03-16T10:00:00 Standup",
        "2026-03-23T09:00:00 Retro", "2026-03-30T09:00:00 Retro", "2026-04-13T09:00:00 Retro",
        "2026-04-20T09:00:00 Retro",
    ]

    @Test("any provider divides a series, and a plan that is carried out again changes nothing")
    func twice() async throws {
        let world = try await World()

        try await world.carryOut()
        let writes = world.provider.calls.filter(\.isWrite).count
        try await world.carryOut()

        #expect(try await world.agenda() == Self.expected)
        #expect(world.provider.calls.filter(\.isWrite).count == writes)
    }

    @Test(
        "R-33 a failure of any call, before or after it took effect, is repaired by carrying the plan out again",
        arguments: [Call.createdEvent, .create, .event, .occurrence, .update, .delete],
        [true, false]
    )
    func repaired(_ call: Call, _ afterTakingEffect: Bool) async throws {
        let world = try await World()
        let lost = CalendarError(.connectionFailed, "The connection was lost.", isOutcomeUnknown: true)
        world.provider.fail(call, with: lost, afterTakingEffect: afterTakingEffect)

        await #expect(throws: CalendarError.self) { try await world.carryOut() }
        try await world.carryOut()

        #expect(try await world.agenda() == Self.expected)
    }
}
