import CalendarCore

/// Reminders against `isReminderOn` and `reminderMinutesBeforeStart`: one at most.
///
/// Graph cannot say "as the calendar", so that is written as Outlook's own default, 15 minutes or, all day, 18 hours.
enum ReminderMapping {
    static func read(_ event: JSONValue) -> EventReminders? {
        guard let isOn = event["isReminderOn"]?.bool else { return nil }
        guard isOn else { return EventReminders(usesDefault: false) }
        let minutes =
            event["reminderMinutesBeforeStart"]?.int ?? defaultMinutes(allDay: event["isAllDay"]?.bool == true)
        return EventReminders(usesDefault: false, overrides: [.init(minutesBefore: minutes)])
    }

    static func write(_ content: EventContent, into body: inout JSONObject) {
        let reminder = canonical(content).overrides.first
        body["isReminderOn"] = .bool(reminder != nil)
        if let reminder { body["reminderMinutesBeforeStart"] = .int(reminder.minutesBefore) }
    }

    /// The reminder that is kept: the earliest of several.
    static func canonical(_ content: EventContent) -> EventReminders {
        guard let reminders = content.reminders, !reminders.usesDefault else {
            let minutes = defaultMinutes(allDay: content.start.isAllDay)
            return EventReminders(usesDefault: false, overrides: [.init(minutesBefore: minutes)])
        }
        let minutes = reminders.overrides.map(\.minutesBefore).max()
        return EventReminders(usesDefault: false, overrides: minutes.map { [.init(minutesBefore: $0)] } ?? [])
    }

    private static func defaultMinutes(allDay: Bool) -> Int { allDay ? 1080 : 15 }
}
