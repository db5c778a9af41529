import CalendarCore
import CalendarTesting
import Foundation

extension Demo {
    /// Half an hour next week that suits both.
    func findTimes() async throws -> SlotSearch {
        narrator.heading("Half an hour that suits both, Monday to Wednesday")
        let monday = world.clock.now.addingTimeInterval(7 * 86_400)
        let search = try await world.acting(.ada).slots(
            lasting: .minutes(30),
            from: monday,
            to: monday.addingTimeInterval(3 * 86_400),
            with: [EventPerson(DemoPerson.grace.address, name: DemoPerson.grace.name)],
            options: SlotOptions(
                zone: DemoPerson.ada.zone,
                ownHours: try DemoPerson.ada.hours,
                guestHours: [DemoPerson.grace.address: try DemoPerson.grace.hours]
            )
        )
        for slot in search.slots.prefix(6) { narrator.say("free      \(slot.description(in: DemoPerson.ada.zone))") }
        narrator.say("\(search.slots.count) times suit both; \(search.rejected.count) do not, for instance:")
        var told: Set<String> = []
        for rejected in search.rejected where told.count < 5 {
            guard let reason = rejected.reasons.first?.description(in: DemoPerson.ada.zone),
                told.insert(reason).inserted
            else { continue }
            let start = MeetingSlot(start: rejected.start, end: rejected.start.addingTimeInterval(1800))
            narrator.say("rejected  \(start.description(in: DemoPerson.ada.zone)): \(reason)")
        }
        return search
    }

    func schedule(_ slots: [MeetingSlot]) async throws -> ScheduledMeeting {
        narrator.heading("Scheduling")
        guard let slot = slots.first else { throw CalendarError(.notFound, "The demo found no common time.") }
        let plan = try await world.acting(.ada).plan(
            Meeting(
                "Kick-off",
                start: slot.start,
                end: slot.end,
                with: [EventPerson(DemoPerson.grace.address, name: DemoPerson.grace.name)],
                location: "Bridge"
            )
        )
        narrator.say("the plan: \(plan)")
        let meeting = try await world.acting(.ada).carryOut(plan)
        narrator.say("carried out: \(meeting.isSent ? "the service has it" : "it still waits to be sent")")
        return meeting
    }

    /// The meeting as each service now holds it.
    func show(_ meeting: ScheduledMeeting) async throws -> DemoSummary.Meeting {
        narrator.heading("The meeting as each service now holds it")
        guard let record = try await world.storage.events.record(meeting.record, tenant: meeting.calendar.tenant) else {
            throw CalendarError(.notFound, "The meeting is not stored.")
        }
        var copies: [DemoSummary.Meeting.Copy] = []
        for person in people {
            for event in world.remoteEvents(of: person) where event.iCalUID == record.iCalUID {
                let guests = event.attendees.count
                copies.append(.init(provider: person.provider.rawValue, id: event.id.rawValue, attendees: guests))
                let start = person.zone.civil(at: event.start.date(floatingIn: person.zone))
                narrator.say("\(person.provider): \(event.title ?? "") at \(start) \(person.zone), \(guests) guest")
            }
        }
        let links = try await world.storage.events.links(of: meeting.record, tenant: meeting.calendar.tenant)
        narrator.say("stored once, with \(links.count) views")
        return DemoSummary.Meeting(
            start: text(record.content.start),
            end: text(record.content.end),
            copies: copies
        )
    }

    private func text(_ time: EventTime) -> String {
        time.date(floatingIn: .utc).formatted(.iso8601)
    }
}
