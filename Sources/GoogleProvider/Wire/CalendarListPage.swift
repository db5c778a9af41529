import CalendarCore

/// One page of `calendarList.list`.
struct CalendarListPage {
    /// The calendars that are neither hidden nor deleted nor out of reach, in the service's order.
    let calendars: [RemoteCalendar]
    let nextPageToken: String?

    init(_ document: JSONDocument) throws {
        guard let items = document.root["items"], items.kind == .array else {
            throw CalendarError(
                .invalidResponse,
                "The answer has no list of calendars.",
                field: "items",
                provider: .google,
                operation: "calendarList.list"
            )
        }
        calendars = items.elements.compactMap { Self.calendar($0) }
        nextPageToken = document.root["nextPageToken"]?.string
    }

    private static func calendar(_ entry: JSONValue) -> RemoteCalendar? {
        guard let id = entry["id"]?.string, entry["deleted"]?.bool != true, entry["hidden"]?.bool != true,
            let access = access(entry["accessRole"]?.string)
        else { return nil }
        return RemoteCalendar(
            id: CalendarID(id),
            title: entry["summaryOverride"]?.string ?? entry["summary"]?.string ?? "",
            zone: entry["timeZone"]?.string.map { EventZone($0) },
            access: access,
            isPrimary: entry["primary"]?.bool ?? false,
            color: entry["backgroundColor"]?.string.map { $0.lowercased() }
        )
    }

    /// What a role allows; a role added later counts as the least.
    private static func access(_ role: String?) -> RemoteCalendar.Access? {
        switch role {
        case "none": nil
        case "reader": .read
        case "writer", "writerWithoutPrivateAccess": .write
        case "owner": .owner
        default: .freeBusy
        }
    }
}
