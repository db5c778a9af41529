import CalendarCore
import Foundation

/// The fields of an event that the neutral model does not hold, or holds in part only.
enum UnknownFields {
    /// The fields that the model holds whole, if they are of this kind; everything else is kept as it was sent.
    private static let known: [String: JSONValue.Kind] = [
        "kind": .string, "id": .string, "etag": .string, "status": .string, "htmlLink": .string, "updated": .string,
        "summary": .string, "description": .string, "location": .string, "colorId": .string, "start": .object,
        "end": .object, "recurrence": .array, "recurringEventId": .string, "originalStartTime": .object,
        "transparency": .string, "visibility": .string, "iCalUID": .string, "attendeesOmitted": .bool,
        "eventType": .string, "guestsCanModify": .bool, "guestsCanInviteOthers": .bool,
        "guestsCanSeeOtherGuests": .bool,
    ]

    /// The fields as one JSON object of the service's own bytes; empty when there are none.
    static func data(_ row: JSONValue) -> Data {
        var writer = JSONWriter()
        var isEmpty = true
        writer.object { writer in
            for (key, value) in row.members where !isHeld(key, value) {
                isEmpty = false
                writer.raw(key, value.bytes)
            }
        }
        return isEmpty ? Data() : writer.data
    }

    private static func isHeld(_ key: String, _ value: JSONValue) -> Bool {
        guard let kind = known[key] else { return false }
        return value.isNull || value.kind == kind
    }
}
