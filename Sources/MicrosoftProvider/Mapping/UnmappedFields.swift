import CalendarCore
import Foundation

/// The fields of an event that the model does not know; kept, never sent back.
enum UnmappedFields {
    private static let mapped: Set<String> = [
        "id", "@odata.etag", "@odata.type", "@odata.context", "changeKey", "subject", "body", "bodyPreview", "start",
        "end", "isAllDay", "originalStartTimeZone", "originalEndTimeZone", "recurrence", "showAs", "isCancelled",
        "sensitivity", "importance", "location", "attendees", "organizer", "isOrganizer", "isReminderOn",
        "reminderMinutesBeforeStart", "isOnlineMeeting", "onlineMeetingProvider", "onlineMeeting", "onlineMeetingUrl",
        "categories", "iCalUId", "webLink", "lastModifiedDateTime", "type", "seriesMasterId", "originalStart",
        "singleValueExtendedProperties", "singleValueExtendedProperties@odata.context", "hideAttendees",
    ]

    /// One JSON object in the service's order; empty when nothing is left over.
    static func of(_ event: JSONValue) -> Data {
        var writer = JSONWriter()
        var count = 0
        writer.object { writer in
            for (key, value) in event.members where !value.isNull {
                guard !mapped.contains(key) || saysMore(key, value, of: event) else { continue }
                writer.key(key)
                writer.rawElement(value.bytes)
                count += 1
            }
        }
        return count == 0 ? Data() : writer.data
    }

    /// Whether a field that is mapped says something beside that the model does not know.
    private static func saysMore(_ key: String, _ value: JSONValue, of event: JSONValue) -> Bool {
        switch key {
        // The first of `locations`, which are kept as they are, says the same.
        case "location": event["locations"] == nil && value.members.contains { $0.key != "displayName" }
        case "attendees": value.elements.contains { $0["proposedNewTime"].map { !$0.isNull } ?? false }
        default: false
        }
    }
}
