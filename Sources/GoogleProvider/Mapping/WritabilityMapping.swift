import CalendarCore

/// How much of a row may be written back: less for locked rows and special types, nothing where details are hidden.
struct WritabilityMapping {
    /// What the account may do in the calendar, as the page of a listing says; nil for a row on its own.
    let accessRole: String?

    private static let special: Set<EventKind> = [.fromGmail, .birthday, .workingLocation]

    func read(_ row: JSONRow, into content: inout EventContent) {
        if hidesDetails(row) {
            content.writability = .nothing
        } else if row["locked"]?.bool == true || Self.special.contains(content.kind) {
            content.writability = .personal
        }
    }

    /// Whether the account sees the time and nothing else: such rows have no title, and name neither who made them nor
    /// whose they are, which every row that is shown whole does.
    func hidesDetails(_ row: JSONRow) -> Bool {
        if accessRole == "freeBusyReader" { return true }
        guard row["summary"] == nil, row["creator"] == nil, row["organizer"] == nil else { return false }
        return row.string("visibility") == "private" || row.string("visibility") == "confidential"
    }

    /// The first of the changed fields that this event does not let be written, by name; nil when all may be.
    ///
    /// Locked and mailed events keep their owner's settings writable; of birthdays and working locations the service
    /// also fixes how they fill the time and who sees them (guide "Manage focus time, out of office, and working
    /// location events").
    static func refused(_ changed: Set<EventField>, of update: EventUpdate) -> EventField? {
        let contents = [update.content, update.base]
        guard !contents.contains(where: { $0.writability == .nothing }) else { return changed.min() }
        guard contents.contains(where: { $0.writability == .personal }) else { return nil }
        var writable: Set<EventField> = [.reminders, .color, .hostTags]
        let kinds = Set(contents.map(\.kind))
        if kinds.isDisjoint(with: [.birthday, .workingLocation]) {
            writable.formUnion([.availability, .visibility, .status])
        }
        return changed.subtracting(writable).min()
    }
}
