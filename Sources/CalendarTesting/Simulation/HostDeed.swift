import CalendarCore

/// Something that a user of a host in a process of its own does to an event, as the host tells it.
///
/// It is told twice: before the call, because the host may die in it, and again once the call returned.
package struct HostDeed: Codable, Sendable {
    /// What is done.
    package enum Kind: String, Codable, Sendable {
        /// The event is made.
        case create
        /// A field is changed.
        case edit
        /// The event is deleted.
        case delete
    }

    /// What is done.
    let kind: Kind
    /// The marker of the event.
    let marker: String
    /// The service that the event is made in, or that told of it.
    let service: String
    /// Which of the shapes a new event has.
    var variant = 0
    /// How many people hear of it, where guests are told.
    var told = 0
    /// The field that is changed.
    var field: EventField?
    /// The field's new value as text.
    var value = ""
    /// Whether the call has returned, so that the host has promised to keep what was done.
    package var isDone = false

    /// How many guests a new event of a variant has.
    static func guests(ofVariant variant: Int) -> Int { variant % 4 == 1 ? 1 + variant / 4 % 2 : 0 }
}
