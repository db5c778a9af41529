import CalendarCore

/// Reminders that say both `"useDefault":true` and their own `overrides`; the service refuses to be told the same.
enum DefaultWithOverrides {
    /// The calendar's reminders alone.
    static func repaired(_ reminders: EventReminders) -> EventReminders {
        reminders.usesDefault ? EventReminders(usesDefault: true) : reminders
    }
}
