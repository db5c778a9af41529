/// How much of an event its service lets this account change, beside what the calendar's access says.
///
/// Told by the service, never written; a provider refuses a write that goes beyond it before it makes a request.
public enum EventWritability: String, Hashable, Sendable, Codable {
    /// Everything that the account may write in the calendar.
    case full
    /// What belongs to the owner alone, such as reminders and colour: the event is locked or of a special kind.
    case personal
    /// Nothing: the account sees that the time is taken and not what the event says.
    case nothing

    /// The first of the changed fields that no service lets be written at this level, by name; nil when there is none.
    ///
    /// A service may refuse more than that: of what belongs to the owner, each keeps other parts.
    func refused(_ changed: Set<EventField>) -> EventField? {
        switch self {
        case .full: nil
        case .personal:
            changed.subtracting([
                .reminders, .color, .categories, .importance, .hostTags, .availability, .visibility, .status,
            ]).min()
        case .nothing: changed.min()
        }
    }
}
