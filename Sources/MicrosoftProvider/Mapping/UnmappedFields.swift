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
        "singleValueExtendedProperties", "singleValueExtendedProperties@odata.context",
    ]

    /// One JSON object in the service's order; empty when nothing is left over.
    static func of(_ event: JSONValue) -> Data {
        var writer = JSONWriter()
        var count = 0
        writer.object { writer in
            for (key, value) in event.members where !mapped.contains(key) && !value.isNull {
                writer.raw(key, value.bytes)
                count += 1
            }
        }
        return count == 0 ? Data() : writer.data
    }
}
