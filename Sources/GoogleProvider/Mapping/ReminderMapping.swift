import CalendarCore

/// `reminders`: those of the calendar, or up to five of the event's own (reference "Events", `reminders`).
enum ReminderMapping: FieldMapping {
    static let field = EventField.reminders

    private static let most = 5
    private static let minutes = 0...40_320
    private static let methods: Set<String> = ["email", "popup"]

    static func read(_ row: JSONRow, into content: inout EventContent) {
        guard let reminders = row["reminders"], reminders.kind == .object else { return }
        let overrides = Self.reminders(reminders["overrides"])
        content.reminders = DefaultWithOverrides.repaired(
            EventReminders(usesDefault: reminders["useDefault"]?.bool ?? false, overrides: overrides)
        )
    }

    /// A list of single reminders; those without a time are left out.
    static func reminders(_ list: JSONValue?) -> [EventReminders.Reminder] {
        guard let list else { return [] }
        return list.elements.compactMap { entry in
            entry["minutes"]?.lenientInt.map {
                EventReminders.Reminder(method: entry["method"]?.string ?? "popup", minutesBefore: $0)
            }
        }
    }

    static func write(_ content: EventContent, for purpose: WritePurpose, to body: inout JSONWriter) {
        let reminders = canonical(content.reminders)
        if case .insert = purpose, content.reminders == nil { return }
        body.object("reminders") { writer in
            writer.field("useDefault", reminders.usesDefault)
            writer.array("overrides") { writer in
                for reminder in reminders.overrides {
                    writer.object { writer in
                        writer.field("method", reminder.method)
                        writer.field("minutes", reminder.minutesBefore)
                    }
                }
            }
        }
    }

    static func canonicalize(_ content: inout EventContent) {
        if let reminders = content.reminders, reminders.usesDefault, reminders.overrides.isEmpty { return }
        content.reminders = canonical(content.reminders)
    }

    static func losses(_ content: EventContent) -> [String] {
        guard let reminders = content.reminders, !reminders.usesDefault else { return [] }
        var losses: [String] = []
        if Set(reminders.overrides.map(adapted)).count > most {
            losses.append("Of more than five reminders only the five latest are kept.")
        }
        if reminders.overrides.contains(where: { !methods.contains($0.method) }) {
            losses.append("A reminder of an unknown kind becomes a popup.")
        }
        if reminders.overrides.contains(where: { !minutes.contains($0.minutesBefore) }) {
            losses.append("A reminder lies outside the four weeks before the start.")
        }
        return losses
    }

    /// Reminders that were not said are the calendar's.
    private static func canonical(_ reminders: EventReminders?) -> EventReminders {
        guard let reminders, !reminders.usesDefault else { return EventReminders(usesDefault: true) }
        let overrides = Set(reminders.overrides.map(adapted)).sorted {
            ($0.minutesBefore, $0.method) < ($1.minutesBefore, $1.method)
        }
        return EventReminders(usesDefault: false, overrides: Array(overrides.prefix(most)))
    }

    private static func adapted(_ reminder: EventReminders.Reminder) -> EventReminders.Reminder {
        EventReminders.Reminder(
            method: methods.contains(reminder.method) ? reminder.method : "popup",
            minutesBefore: min(max(reminder.minutesBefore, minutes.lowerBound), minutes.upperBound)
        )
    }
}
