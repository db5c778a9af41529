import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("Series edits: one, all and refused")
struct SeriesScopeTests {
    private typealias Samples = SeriesSamples

    private let first = SeriesSamples.time("2026-03-02T10:00:00")
    private let second = SeriesSamples.time("2026-03-09T10:00:00")

    @Test("R-31 an edit of one occurrence names it by its original start and touches nothing else")
    func one() throws {
        let master = Samples.weekly { $0.attendees = [Attendee("grace@example.com")] }
        let edit = Samples.update(master, at: second, .this, .notifyGuests) { $0.title = "Demo" }

        let plan = try edit.plan(for: SeriesState(master: master))
        let deletion = try Samples.delete(at: second, .this, .notifyGuests).plan(for: SeriesState(master: master))

        guard case .changeOccurrence(let start, from: _, to: let content) = plan.steps.first?.action else {
            Issue.record("the occurrence is not changed")
            return
        }
        #expect(start == second)
        #expect(content.title == "Demo")
        #expect(plan.steps.count == 1)
        #expect(plan.guestsTold == 1)
        #expect(deletion.steps.map(\.action) == [.cancelOccurrence(second, of: .original)])
        #expect(deletion.guestsTold == 1)
    }

    @Test("from the first occurrence on is the whole series", arguments: [SeriesScope.thisAndFollowing, .all])
    func firstIsAll(_ scope: SeriesScope) throws {
        let master = Samples.weekly()
        let state = SeriesState(master: master)

        let update = try Samples.update(master, at: first, scope) { $0.title = "Retro" }.plan(for: state)
        let deletion = try Samples.delete(at: first, scope).plan(for: state)

        #expect(update.created == nil)
        #expect(update.changed?.title == "Retro")
        #expect(update.changed?.recurrence == master.content.recurrence)
        #expect(deletion.steps.map(\.action) == [.deleteSeries])
    }

    @Test("all occurrences move by the difference on the clock, and those that differ get their changes back")
    func all() throws {
        let master = Samples.weekly("RRULE:FREQ=WEEKLY;COUNT=8")
        let demo = Samples.exception(of: master, at: Samples.time("2026-04-06T10:00:00")) { $0.title = "Demo" }

        let plan = try Samples.update(master, at: second, .all) {
            $0.start = Samples.time("2026-03-09T08:00:00")
            $0.end = Samples.time("2026-03-09T08:30:00")
        }.plan(for: SeriesState(master: master, exceptions: [demo]))

        #expect(plan.changed?.start == Samples.time("2026-03-02T08:00:00"))
        #expect(plan.changed?.end == Samples.time("2026-03-02T08:30:00"))
        #expect(plan.changed?.recurrence?.rules.first?.count == 8)
        guard case .restoreOccurrence(let place, of: .original, from: _, to: let content) = plan.steps.last?.action
        else {
            Issue.record("the occurrence is not restored")
            return
        }
        // After the change of clocks it is still eight o'clock.
        #expect(place == Samples.time("2026-04-06T08:00:00"))
        #expect(content.title == "Demo")
        #expect(content.end == Samples.time("2026-04-06T08:30:00"))
    }

    @Test("all occurrences change without moving in one step, whatever differs")
    func allInPlace() throws {
        let master = Samples.weekly()
        let demo = Samples.exception(of: master, at: second) { $0.title = "Demo" }

        let plan = try Samples.update(master, at: second, .all) { $0.location = "Room 2" }
            .plan(
                for: SeriesState(master: master, exceptions: [demo], cancelled: [Samples.time("2026-03-16T10:00:00")])
            )

        #expect(plan.steps.count == 1)
        #expect(plan.changed?.location == "Room 2")
        #expect(plan.changed?.start == first)
    }

    @Test(
        "a start the rule never gave is not found, also one of the other kind",
        arguments: [SeriesSamples.time("2026-03-10T10:00:00"), SeriesSamples.day("2026-03-09")]
    )
    func notAnOccurrence(_ start: EventTime) throws {
        let master = Samples.weekly()

        for scope in SeriesScope.allCases {
            let error = #expect(throws: CalendarError.self) {
                try Samples.delete(at: start, scope).plan(for: SeriesState(master: master))
            }
            #expect(error?.code == .notFound)
        }
    }

    @Test("an occurrence of another series, a rule for one occurrence and a reversed time are refused")
    func refused() throws {
        let master = Samples.weekly()
        let state = SeriesState(master: master)
        let other = SeriesEdit(
            OccurrenceKey(series: "other", originalStart: second),
            scope: .this,
            .delete,
            key: "0123456789abcdef",
            invitations: .silent
        )
        let ruled = Samples.update(master, at: second, .this) { $0.recurrence = master.content.recurrence }
        let reversed = Samples.update(master, at: second, .all) { $0.end = first }

        let fields = [other, ruled, reversed].map { edit in
            #expect(throws: CalendarError.self) { try edit.plan(for: state) }?.field
        }
        let single = Samples.master(Samples.occurrence(of: master, at: second))
        let notSeries = #expect(throws: CalendarError.self) {
            try Samples.delete(at: second, .all).plan(for: SeriesState(master: single))
        }

        #expect(fields == ["occurrence", "recurrence", "end"])
        #expect(notSeries?.field == "recurrence")
    }

    @Test("a series that would change its zone or its kind needs a new rule")
    func kind() throws {
        let master = Samples.weekly()
        let edit = Samples.update(master, at: second, .thisAndFollowing) {
            $0.start = Samples.day("2026-03-09")
            $0.end = Samples.day("2026-03-10")
        }

        let error = #expect(throws: CalendarError.self) { try edit.plan(for: SeriesState(master: master)) }

        #expect(error?.code == .unsupported)
    }

    @Test("a plan is stored and read back without a change")
    func stored() throws {
        let master = Samples.weekly()
        let plan = try Samples.update(master, at: second, .thisAndFollowing) { $0.title = "Retro" }
            .plan(for: SeriesState(master: master))

        let read = try JSONDecoder().decode(SeriesPlan.self, from: JSONEncoder().encode(plan))

        #expect(read == plan)
    }
}
