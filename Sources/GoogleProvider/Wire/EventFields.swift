import CalendarCore
import Foundation

/// The fields of an event: those that are looked for, and those that the neutral model holds.
enum EventFields {
    /// The fields that the model holds whole, if they are of this kind; everything else is kept as it was sent.
    private static let held: [(name: StaticString, kind: JSONValue.Kind)] = [
        ("kind", .string), ("id", .string), ("etag", .string), ("status", .string), ("htmlLink", .string),
        ("updated", .string), ("summary", .string), ("description", .string), ("location", .string),
        ("colorId", .string), ("start", .object), ("end", .object), ("recurrence", .array),
        ("recurringEventId", .string), ("originalStartTime", .object), ("transparency", .string),
        ("visibility", .string), ("iCalUID", .string), ("attendeesOmitted", .bool), ("eventType", .string),
        ("guestsCanModify", .bool), ("guestsCanInviteOthers", .bool), ("guestsCanSeeOtherGuests", .bool),
    ]
    /// The fields that it holds in part.
    private static let partlyHeld: [StaticString] = [
        "organizer", "creator", "attendees", "reminders", "extendedProperties", "conferenceData", "hangoutLink",
        "locked", "attachments", "source",
    ]
    private static let table = JSONNameTable(held.map(\.name) + partlyHeld)

    /// The fields of an event.
    static func row(_ event: JSONValue) -> JSONRow {
        JSONRow(event, table)
    }

    /// What the model does not hold, or holds in part, as one JSON object of the service's own bytes; empty when there is
    /// none.
    static func unknown(_ row: JSONRow) -> Data {
        row.members { place, kind in
            guard let place, place < held.count else { return true }
            return kind != held[place].kind && kind != .null
        }
    }
}
