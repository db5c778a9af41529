import CalendarCore

/// Graph mails the guests of a meeting on every write, so a silent write of one is refused before it is sent.
enum MailRule {
    /// The fields that are the organizer's own business and mail nobody.
    private static let personal: Set<EventField> = [.reminders, .categories, .hostTags]
    /// On a guest's copy these too are their own.
    private static let personalOfGuest: Set<EventField> = [.availability, .visibility]

    static func checkCreation(_ content: EventContent, _ invitations: InvitationPolicy) throws {
        guard invitations == .silent, !AttendeeMapping.guests(of: content).isEmpty else { return }
        throw refusal
    }

    static func checkUpdate(_ update: EventUpdate, _ fields: [EventField], account: String) throws {
        let hasGuests = [update.base, update.content].contains { !AttendeeMapping.guests(of: $0).isEmpty }
        guard update.invitations == .silent, hasGuests else { return }
        let isGuest = update.base.organizer.map { !$0.isSamePerson(as: EventPerson(account)) } ?? false
        let silent = isGuest ? personal.union(personalOfGuest) : personal
        guard fields.allSatisfy(silent.contains) else { throw refusal }
    }

    /// Refuses to leave out occurrences of a meeting silently.
    static func checkExclusion(_ update: EventUpdate) throws {
        guard update.invitations == .silent, !AttendeeMapping.guests(of: update.content).isEmpty else { return }
        throw refusal
    }

    /// Whether deleting an event mails somebody, by the few fields that decide it.
    static func mails(deleting event: JSONValue) -> Bool {
        let isOrganizer = event["isOrganizer"]?.bool ?? true
        let guests = event["attendees"].map { $0.elements.count } ?? 0
        return isOrganizer && guests > 0
    }

    /// What a silent write that would mail guests is answered with.
    static var refusal: CalendarError {
        CalendarError(
            .unsupported,
            "Microsoft Graph mails the guests of this meeting; the write has to say that they are told.",
            field: "invitations",
            provider: .microsoft
        )
    }
}
