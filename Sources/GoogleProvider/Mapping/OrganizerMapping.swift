import CalendarCore

/// `organizer`: the calendar an event belongs to; read only.
enum OrganizerMapping {
    /// Who called the event.
    static func read(_ row: JSONRow) -> EventPerson? {
        guard let organizer = row["organizer"], let address = organizer["email"]?.string else { return nil }
        return EventPerson(address, name: organizer["displayName"]?.string)
    }

    /// Whether the calendar that was read called it; an event that names nobody is the calendar's own.
    static func isOwn(_ row: JSONRow) -> Bool {
        guard let person = row["organizer"] ?? row["creator"] else { return true }
        return person["self"]?.bool ?? false
    }
}
