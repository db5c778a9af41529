import CalendarCore
import Foundation

/// The fields of an event that the neutral model does not hold, or holds in part only.
enum UnknownFields {
    /// The fields that the model holds whole; everything else is kept as it was sent.
    private static let known: Set<String> = [
        "kind", "id", "etag", "status", "htmlLink", "updated", "summary", "description", "location", "colorId",
        "start", "end", "recurrence", "recurringEventId", "originalStartTime", "transparency", "visibility", "iCalUID",
        "attendeesOmitted", "eventType",
    ]

    /// The fields as one JSON object of the service's own bytes; empty when there are none.
    static func data(_ row: JSONValue) -> Data {
        var writer = JSONWriter()
        var isEmpty = true
        writer.object { writer in
            for (key, value) in row.members where !known.contains(key) {
                isEmpty = false
                writer.raw(key, value.bytes)
            }
        }
        return isEmpty ? Data() : writer.data
    }
}
