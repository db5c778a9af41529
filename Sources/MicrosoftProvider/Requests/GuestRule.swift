import CalendarCore

/// A guest's copy follows the organizer's event, so only what is the guest's own can be changed on it.
enum GuestRule {
    private static let own: Set<EventField> = [.reminders, .categories, .availability, .visibility, .hostTags]

    /// Refuses a change of the organizer's fields.
    ///
    /// The account counts as a guest when the list names it: the organizer's address alone may be another one of its own.
    ///
    /// - Throws: `CalendarError.rejected` naming the first field.
    static func check(_ update: EventUpdate, _ fields: [EventField], account: String) throws {
        let person = EventPerson(account)
        let isInvited = update.base.attendees.contains { $0.isSelf || $0.person.isSamePerson(as: person) }
        guard isInvited, let organizer = update.base.organizer, !organizer.isSamePerson(as: person),
            let field = fields.first(where: { !own.contains($0) })
        else { return }
        throw CalendarError(
            .rejected,
            "This field belongs to the organizer of the meeting; a guest cannot change it.",
            field: field.rawValue,
            provider: .microsoft,
            operation: "events.update",
            identifier: update.id.rawValue
        )
    }
}
