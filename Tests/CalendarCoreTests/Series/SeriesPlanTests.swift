import CalendarCore
import Foundation
import Testing

@Suite("Series edits: this and following")
struct SeriesPlanTests {
    private typealias Samples = SeriesSamples

    private let target = SeriesSamples.time("2026-04-06T10:00:00")

    @Test("the old series ends a second before the occurrence in UTC, and the rest keeps its wall clock over a change")
    func until() throws {
        let master = Samples.weekly()

        let plan = try Samples.update(master, at: target, .thisAndFollowing) { $0.title = "Retro" }
            .plan(for: SeriesState(master: master))

        // Monday 6 April at ten in Vienna is 08:00 UTC; in March it was 09:00 UTC.
        #expect(plan.changed?.recurrence?.rules.first?.until == Samples.utc("2026-04-06T07:59:59"))
        #expect(plan.changed?.title == "Standup")
        #expect(plan.changed?.start == master.content.start)
        #expect(plan.created?.title == "Retro")
        #expect(plan.created?.start == target)
        #expect(plan.created?.end == Samples.time("2026-04-06T11:00:00"))
        #expect(plan.created?.recurrence?.rules == Recurrence(lines: ["RRULE:FREQ=WEEKLY;BYDAY=MO"]).rules)
        #expect(plan.dropped.isEmpty)
        #expect(plan.guestsTold == 0)
    }

    @Test("COUNT is shared out, and no half has UNTIL beside it")
    func count() throws {
        let master = Samples.weekly("RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=10")

        let plan = try Samples.update(master, at: target, .thisAndFollowing) { $0.title = "Retro" }
            .plan(for: SeriesState(master: master))

        // 2, 9, 16, 23 and 30 March lie before 6 April.
        let (old, new) = (plan.changed?.recurrence?.rules.first, plan.created?.recurrence?.rules.first)
        #expect(old?.count == 5)
        #expect(old?.until == nil)
        #expect(new?.count == 5)
        #expect(new?.until == nil)
    }

    @Test("an all-day series ends on the day before, as a date")
    func allDay() throws {
        let master = Samples.weekly("RRULE:FREQ=DAILY;UNTIL=20260410") {
            $0.start = Samples.day("2026-04-01")
            $0.end = Samples.day("2026-04-02")
        }

        let plan = try Samples.update(master, at: Samples.day("2026-04-04"), .thisAndFollowing) { $0.title = "Fair" }
            .plan(for: SeriesState(master: master))

        let (old, new) = (plan.changed?.recurrence?.rules.first, plan.created?.recurrence?.rules.first)
        #expect(old?.until == CivilDate("2026-04-03").map { .date($0) })
        #expect(new?.until == CivilDate("2026-04-10").map { .date($0) })
        #expect(plan.created?.start == Samples.day("2026-04-04"))
        #expect(plan.created?.end == Samples.day("2026-04-05"))
    }

    @Test("what differs behind the occurrence moves with the series, what lies before stays, and the cut comes last")
    func carries() throws {
        let master = Samples.weekly()
        let early = Samples.exception(of: master, at: Samples.time("2026-03-09T10:00:00")) { $0.title = "Early" }
        let renamed = Samples.exception(of: master, at: Samples.time("2026-04-13T10:00:00")) { $0.title = "Demo" }
        let moved = Samples.exception(of: master, at: Samples.time("2026-04-27T10:00:00")) {
            $0.start = Samples.time("2026-04-28T16:00:00")
            $0.end = Samples.time("2026-04-28T17:00:00")
        }
        let state = SeriesState(
            master: master,
            exceptions: [moved, renamed, early],
            cancelled: [Samples.time("2026-04-20T10:00:00"), Samples.time("2026-03-16T10:00:00")]
        )

        let plan = try Samples.update(master, at: target, .thisAndFollowing) {
            $0.start = Samples.time("2026-04-06T11:30:00")
            $0.end = Samples.time("2026-04-06T12:30:00")
        }.plan(for: state)

        #expect(plan.steps.count == 5)
        #expect(plan.created?.start == Samples.time("2026-04-06T11:30:00"))
        guard case .restoreOccurrence(let place, of: .following, from: _, to: let demo) = plan.steps[1].action,
            case .cancelOccurrence(let cancelled, of: .following) = plan.steps[2].action,
            case .restoreOccurrence(let last, of: .following, from: _, to: let shifted) = plan.steps[3].action,
            case .changeSeries = plan.steps[4].action
        else {
            Issue.record("the steps are not the expected ones")
            return
        }
        #expect(place == Samples.time("2026-04-13T11:30:00"))
        #expect(demo.title == "Demo")
        #expect(demo.start == Samples.time("2026-04-13T11:30:00"))
        #expect(cancelled == Samples.time("2026-04-20T11:30:00"))
        #expect(last == Samples.time("2026-04-27T11:30:00"))
        #expect(shifted.start == Samples.time("2026-04-28T16:00:00"))
    }

    @Test("a conference is asked for anew, and its link stays with the old series")
    func conference() throws {
        let master = Samples.weekly { content in
            content.conference = EventConference(solution: "hangoutsMeet", joinURL: "https://meet/a", state: .ready)
        }

        let plan = try Samples.update(master, at: target, .thisAndFollowing) { $0.title = "Retro" }
            .plan(for: SeriesState(master: master))

        let asked = EventConference(solution: "hangoutsMeet", joinURL: nil, state: .pending)
        #expect(plan.created?.conference == asked)
        #expect(plan.changed?.conference?.joinURL == "https://meet/a")
    }

    @Test("guests are counted for both series, without the organizer, and are asked again when the time changes")
    func guests() throws {
        let master = Samples.weekly { content in
            content.organizer = "ada@example.com"
            content.attendees = [
                Attendee("Ada@example.com", response: .accepted, isSelf: true),
                Attendee("grace@example.com", response: .accepted, comment: "Yes"),
                Attendee("alan@example.com", response: .declined),
            ]
        }
        let state = SeriesState(master: master)

        let renamed = try Samples.update(master, at: target, .thisAndFollowing, .notifyGuests) { $0.title = "Retro" }
            .plan(for: state)
        let moved = try Samples.update(master, at: target, .thisAndFollowing) {
            $0.start = Samples.time("2026-04-06T15:00:00")
            $0.end = Samples.time("2026-04-06T16:00:00")
        }.plan(for: state)

        #expect(renamed.guestsTold == 4)
        #expect(renamed.created?.attendees == master.content.attendees)
        #expect(moved.guestsTold == 0)
        let answers: [ResponseStatus]? = moved.created?.attendees.map(\.response)
        #expect(answers == [.accepted, .needsAction, .needsAction])
    }

    @Test("a new rule begins at the occurrence, and what has no place in it is named")
    func newRule() throws {
        let master = Samples.weekly()
        let renamed = Samples.exception(of: master, at: Samples.time("2026-04-13T10:00:00")) { $0.title = "Demo" }
        let state = SeriesState(master: master, exceptions: [renamed], cancelled: [Samples.time("2026-04-20T10:00:00")])

        let plan = try Samples.update(master, at: target, .thisAndFollowing) {
            $0.recurrence = Recurrence(lines: ["RRULE:FREQ=WEEKLY;INTERVAL=2"])
        }.plan(for: state)

        #expect(plan.created?.recurrence?.lines == ["RRULE:FREQ=WEEKLY;INTERVAL=2"])
        #expect(plan.dropped == [Samples.time("2026-04-13T10:00:00")])
        #expect(plan.steps.count == 3)
    }

    @Test("deleting this and following only shortens the series")
    func deleteFollowing() throws {
        let master = Samples.weekly()

        let plan = try Samples.delete(at: target, .thisAndFollowing).plan(for: SeriesState(master: master))

        #expect(plan.steps.count == 1)
        #expect(plan.changed?.recurrence?.rules.first?.until == Samples.utc("2026-04-06T07:59:59"))
    }
}
