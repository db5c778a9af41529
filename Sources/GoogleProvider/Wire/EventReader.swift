import CalendarCore
import Foundation

/// Reads the service's events.
///
/// Only the id and the times are needed; any other field that is not what it should be counts as absent.
struct EventReader {
    private let mapping: EventMapping
    private let markers: MarkerNames

    /// Creates a reader.
    ///
    /// - Parameters:
    ///   - markers: The names of this SDK's own properties.
    ///   - calendarZone: The zone of the calendar, for times that name none.
    ///   - accessRole: What the account may do in the calendar, as the page says.
    init(markers: MarkerNames, calendarZone: String? = nil, accessRole: String? = nil) {
        self.markers = markers
        mapping = EventMapping(
            markers: markers,
            calendarZone: calendarZone.map { EventZone($0) },
            accessRole: accessRole
        )
    }

    /// What a row of a page says; a row that cannot be read is an issue and stops no other.
    func change(_ value: JSONValue) -> RemoteChange {
        let row = EventFields.row(value)
        do throws(UnreadableField) {
            guard row.string("status") == "cancelled" else { return .upserted(try event(row)) }
            let id = RemoteEventID(try Self.id(row))
            // Only these two fields tell a cancelled occurrence from a deleted event (guide "Synchronize resources").
            guard let key = try occurrence(row) else { return .removed(id, isCertain: true) }
            return .occurrenceCancelled(key, id: id, etag: row.string("etag"))
        } catch {
            return .unreadable(
                SyncIssue(
                    event: row.string("id").map { RemoteEventID($0) },
                    etag: row.string("etag"),
                    code: .unreadableField,
                    field: error.field,
                    message: error.message
                )
            )
        }
    }

    /// An event that takes place.
    func event(_ value: JSONValue) throws(UnreadableField) -> RemoteEvent {
        try event(EventFields.row(value))
    }

    private func event(_ row: JSONRow) throws(UnreadableField) -> RemoteEvent {
        let id = try Self.id(row)
        let content = try mapping.read(row)
        let role: RemoteEvent.Role
        if let key = try occurrence(row) {
            role = .exception(key)
        } else {
            role = content.recurrence == nil ? .single : .master
        }
        return RemoteEvent(
            id: RemoteEventID(id),
            etag: row.string("etag"),
            iCalUID: row.string("iCalUID"),
            role: role,
            content: content,
            isOrganizer: OrganizerMapping.isOwn(row) && !mapping.hidesDetails(row),
            updatedAt: row["updated"]?.stringBytes.flatMap { Date(rfc3339: $0) },
            webLink: row.string("htmlLink"),
            creationKey: creationKey(row, id: id),
            providerFields: EventFields.unknown(row)
        )
    }

    private static func id(_ row: JSONRow) throws(UnreadableField) -> String {
        guard let id = row.string("id"), !id.isEmpty else { throw .missing("id") }
        return id
    }

    /// The place in a series; an instance id is never taken apart, because it does not always name its master.
    private func occurrence(_ row: JSONRow) throws(UnreadableField) -> OccurrenceKey? {
        guard let series = row.string("recurringEventId"), !series.isEmpty else { return nil }
        guard let start = row["originalStartTime"] else { throw .missing("originalStartTime") }
        return OccurrenceKey(
            series: RemoteEventID(series),
            originalStart: try mapping.time(start, field: "originalStartTime")
        )
    }

    /// The operation that created the event; occurrences and split series inherit the mark, but not the id.
    private func creationKey(_ row: JSONRow, id: String) -> OperationID? {
        guard let key = row["extendedProperties"]?["private"]?[markers.operation]?.string, key == id else { return nil }
        return OperationID(key)
    }
}
