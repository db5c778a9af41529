public import CalendarCore

extension GoogleCalendarProvider {
    /// The account's calendars, the primary one first, under their real ids; hidden and deleted ones are left out.
    ///
    /// Costs one request for each 250 calendars.
    public func calendars(session: ProviderSession) async throws -> [RemoteCalendar] {
        let calendars = try await calendars(since: nil, session: session).calendars
        return calendars.filter(\.isPrimary) + calendars.filter { !$0.isPrimary }
    }

    /// The account's calendars, or what changed in its list since an earlier look; hidden ones count as removed.
    ///
    /// Google does not report a change of what only the calendar's owner can change, such as its title, since a look:
    /// look without a cursor now and then. Costs one request for each 250 entries.
    ///
    /// - Throws: `CalendarError.cursorExpired` when the cursor is no longer valid; ask again without one.
    public func calendars(since cursor: SyncCursor?, session: ProviderSession) async throws -> CalendarListing {
        let listing = try CalendarListRequest(since: cursor)
        var entries = CalendarListEntries()
        var seen: Set<String> = []
        var pageToken: String?
        while true {
            let request = try listing.page(pageToken).request(root: configuration.root)
            let document = try await document(
                answering: request,
                session: session,
                isContinued: listing.syncToken != nil
            )
            let page = try CalendarListPage(document)
            entries.add(page)
            pageToken = page.nextPageToken
            guard let pageToken else {
                return CalendarListing(
                    calendars: entries.calendars,
                    removed: listing.syncToken == nil ? [] : entries.removed,
                    isComplete: listing.syncToken == nil,
                    cursor: page.nextSyncToken.map(CalendarListRequest.cursor)
                )
            }
            guard seen.insert(pageToken).inserted else {
                throw invalidResponse("The service repeated a page token.", operation: request.operation)
            }
        }
    }

    /// The colours behind the numbers that events and calendars carry, the same for all accounts.
    public func colors(session: ProviderSession) async throws -> ColorPalette {
        let request = try ColorsRequest().request(root: configuration.root)
        return ColorPalette(try await document(answering: request, session: session))
    }
}
