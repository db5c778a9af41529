public import CalendarCore

/// A group in which Outlook lists calendars, such as "My Calendars"
/// (https://learn.microsoft.com/graph/api/resources/calendargroup).
///
/// It changes nothing about its calendars.
public struct MicrosoftCalendarGroup: Hashable, Sendable {
    /// The group's id.
    public let id: String
    /// The name shown.
    public let title: String
    /// The calendars in it, in Graph's order.
    public let calendars: [CalendarID]
}
