import CalendarCore

/// One page of `events.list`.
struct EventPage {
    private let root: JSONValue
    private let items: JSONElements
    private let reader: EventReader

    init(_ document: JSONDocument, markers: MarkerNames) throws {
        root = document.root
        guard let items = root["items"], items.kind == .array else {
            throw Self.invalid("The page has no list of events.", field: "items")
        }
        self.items = items.elements
        reader = EventReader(
            markers: markers,
            calendarZone: root["timeZone"]?.string,
            accessRole: root["accessRole"]?.string
        )
    }

    /// The changes and what follows them; a page may be empty and still not be the last.
    ///
    /// A page that names a next page is not the last, whatever else it names: a cursor taken from it would run ahead.
    ///
    /// - Throws: `CalendarError.invalidResponse` when the page names neither a next page nor the end.
    func changePage(after listing: EventListing) throws -> ChangePage {
        let continuation: ChangePage.Continuation
        if let token = token("nextPageToken") {
            guard token != listing.pageToken else {
                throw Self.invalid("The service repeated a page token.", field: "nextPageToken")
            }
            continuation = .more(listing.page(token).resumePoint)
        } else if let token = token("nextSyncToken") {
            continuation = .end(EventListing.cursor(token))
        } else {
            throw Self.invalid("The page names neither a next page nor the end of the round.", field: "nextSyncToken")
        }
        return ChangePage(changes: items.map { reader.change($0) }, continuation: continuation)
    }

    private func token(_ key: String) -> String? {
        root[key]?.string.flatMap { $0.isEmpty ? nil : $0 }
    }

    private static func invalid(_ message: String, field: String) -> CalendarError {
        CalendarError(.invalidResponse, message, field: field, provider: .google, operation: "events.list")
    }
}
