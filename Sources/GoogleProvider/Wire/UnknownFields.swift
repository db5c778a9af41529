import CalendarCore
import Foundation

/// The fields of an event that the neutral model does not hold, or holds in part only.
enum UnknownFields {
    /// The fields that the model holds whole, if they are of this kind; everything else is kept as it was sent.
    private static let known: [(name: StaticString, kind: JSONValue.Kind)] = [
        ("kind", .string), ("id", .string), ("etag", .string), ("status", .string), ("htmlLink", .string),
        ("updated", .string), ("summary", .string), ("description", .string), ("location", .string),
        ("colorId", .string), ("start", .object), ("end", .object), ("recurrence", .array),
        ("recurringEventId", .string), ("originalStartTime", .object), ("transparency", .string),
        ("visibility", .string), ("iCalUID", .string), ("attendeesOmitted", .bool), ("eventType", .string),
        ("guestsCanModify", .bool), ("guestsCanInviteOthers", .bool), ("guestsCanSeeOtherGuests", .bool),
    ]

    /// The fields as one JSON object of the service's own bytes; empty when there are none.
    static func data(_ row: JSONValue) -> Data {
        row.object { key, value in !isHeld(key, value) }
    }

    private static func isHeld(_ key: UnsafeBufferPointer<UInt8>, _ value: JSONValue) -> Bool {
        for field in known where field.name.utf8CodeUnitCount == key.count {
            let name = UnsafeBufferPointer(start: field.name.utf8Start, count: key.count)
            if name.elementsEqual(key) { return value.isNull || value.kind == field.kind }
        }
        return false
    }
}
