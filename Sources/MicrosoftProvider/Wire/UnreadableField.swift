import CalendarCore

/// A field of an event that is missing or cannot be read.
struct UnreadableField: Error {
    let name: String

    /// The error of a call about one event.
    var error: CalendarError {
        CalendarError(.invalidResponse, "A field of the event cannot be read.", field: name, provider: .microsoft)
    }
}

extension SyncIssue {
    /// The issue of one event on a page.
    init(_ event: JSONValue, _ fault: UnreadableField) {
        self.init(
            event: event["id"]?.string.map { RemoteEventID($0) },
            etag: EventVersion.etag(of: event),
            code: .unreadableField,
            field: fault.name,
            message: "A field of the event is missing or cannot be read."
        )
    }
}

/// The version of an event.
enum EventVersion {
    /// The etag, or one made of the change key, which is what etags hold.
    static func etag(of event: JSONValue) -> String? {
        event["@odata.etag"]?.string ?? event["changeKey"]?.string.map { "W/\"\($0)\"" }
    }
}
