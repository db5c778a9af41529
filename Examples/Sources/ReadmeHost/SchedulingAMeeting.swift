import CalendarCore
import Foundation

/// Finds a time.
func findTime(for mine: ActingCalendars, from start: Date, to end: Date) async throws -> MeetingSlot? {
    // snippet: slots
    let berlin = EventZone("Europe/Berlin")
    let options = SlotOptions(
        zone: berlin,
        ownHours: try .weekdays(from: "09:00", to: "18:00", in: berlin),
        guestHours: ["grace@example.com": try .weekdays(from: "09:00", to: "17:00", in: EventZone("America/New_York"))],
        minimumNotice: 3600,
        buffer: 600
    )
    let guests: [EventPerson] = ["grace@example.com"]
    let search = try await mine.slots(lasting: .minutes(30), from: start, to: end, with: guests, options: options)
    for rejected in search.rejected.prefix(5) { print(rejected.description(in: berlin)) }
    // snippet end
    return search.slots.first
}

/// Holds a meeting.
func hold(_ slot: MeetingSlot, with guests: [EventPerson], for mine: ActingCalendars) async throws {
    // snippet: plan
    let plan = try await mine.plan(Meeting("Kick-off", start: slot.start, end: slot.end, with: guests))
    print(plan)  // creates 1 event at google, sends 1 invitation
    for loss in plan.losses { print(loss.field, loss.message) }

    let meeting = try await mine.carryOut(plan)
    print(meeting.isSent, meeting.invited.count)
    // snippet end
}
