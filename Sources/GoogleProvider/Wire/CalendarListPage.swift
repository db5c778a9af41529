import CalendarCore

/// One page of `calendarList.list`.
struct CalendarListPage {
    /// One calendar of the list; nil for one that is hidden, deleted or out of reach.
    struct Entry {
        let id: CalendarID
        let calendar: RemoteCalendar?
    }

    /// The entries that have an id, in the service's order.
    let entries: [Entry]
    let nextPageToken: String?
    let nextSyncToken: String?

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
        entries = items.elements.compactMap { Self.entry($0) }
        nextPageToken = document.root["nextPageToken"]?.string.flatMap { $0.isEmpty ? nil : $0 }
        nextSyncToken = document.root["nextSyncToken"]?.string.flatMap { $0.isEmpty ? nil : $0 }
    }

    private static func entry(_ value: JSONValue) -> Entry? {
        guard let text = value["id"]?.string, !text.isEmpty else { return nil }
        let id = CalendarID(text)
        guard value["deleted"]?.bool != true, value["hidden"]?.bool != true,
            let access = access(value["accessRole"]?.string)
        else { return Entry(id: id, calendar: nil) }
        let solutions = value["conferenceProperties"]?["allowedConferenceSolutionTypes"]
        let calendar = RemoteCalendar(
            id: id,
            title: value["summaryOverride"]?.string ?? value["summary"]?.string ?? "",
            zone: value["timeZone"]?.string.map { EventZone($0) },
            access: access,
            isPrimary: value["primary"]?.bool ?? false,
            color: value["backgroundColor"]?.string.map { $0.lowercased() },
            defaultReminders: ReminderMapping.reminders(value["defaultReminders"]),
            conferenceSolutions: solutions.map { $0.elements.compactMap(\.string) } ?? []
        )
        return Entry(id: id, calendar: calendar)
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
