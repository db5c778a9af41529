import CalendarCore
import Foundation
internal import Synchronization

/// What guests and the user as a guest answer.
extension SimulatedWorld {
    private static let answers: [ResponseStatus] = [.accepted, .tentative, .declined]

    /// A guest without an account here answers by mail.
    func answerAsGuest(_ action: SimulationAction, _ side: any SimulatedSide) {
        let found = seen(action) { seen in
            !seen.entry.isInvitation && seen.event.attendees.contains(where: SimulatedShape.guests.contains)
        }
        guard let seen = found else { return }
        let invited = SimulatedShape.guests.filter(seen.event.attendees.contains)
        let guest = invited[action.variant % invited.count]
        let response = Self.answers[action.variant / 3 % Self.answers.count]
        var content = EventContent(title: seen.event.title, start: seen.event.start, end: seen.event.end)
        // Without the rule it would be an answer for one occurrence.
        if seen.event.isSeries { content.recurrence = SimulatedShape.rule }
        content.attendees = [Attendee(EventPerson(guest), response: response)]
        side.receive(
            SimulatedMail(
                kind: .response,
                from: guest,
                to: Self.address,
                iCalUID: seen.event.iCalUID,
                content: content
            )
        )
        ledger.withLock { ledger in
            ledger.update(seen.marker) { entry in
                entry.answers[guest] = response
                // The service's list of guests changed: it may win over an edit of the host's.
                entry.write(.attendees, invited.joined(separator: ","), by: .app(action.service))
            }
        }
    }

    /// The user accepts, perhaps, what the other account invited to.
    func answerAsUser(_ action: SimulationAction, _ side: any SimulatedSide) {
        guard let seen = seen(action, where: \.entry.isInvitation) else { return }
        let response = Self.answers[action.variant % 2]
        side.accept(seen.event.id, as: Self.address, with: response)
        ledger.withLock { $0.update(seen.marker) { $0.answers[Self.address] = response } }
    }
}
