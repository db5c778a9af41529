public import CalendarCore

/// Series, answers and moves.
extension InMemoryCalendarProvider {
    /// The occurrences of a series that touch a window, ascending by start.
    ///
    /// - Throws: `CalendarError.notFound` when there is no such series, `invalidArgument` when neither it nor the window
    ///   ends.
    public func instances(
        of series: RemoteEventID,
        in calendar: CalendarID,
        during window: SyncWindow,
        session: ProviderSession
    ) async throws -> [RemoteEvent] {
        try perform(.instances) { try $0.instances(of: series, in: calendar, during: window) }
    }

    /// One occurrence of a series as it is now.
    public func occurrence(
        _ key: OccurrenceKey,
        in calendar: CalendarID,
        session: ProviderSession
    ) async throws -> RemoteEvent {
        try perform(.occurrence) { try $0.occurrence(key, in: calendar) }
    }

    /// Answers an invitation: the guest who is the account itself.
    public func respond(
        _ response: InvitationResponse,
        in calendar: CalendarID,
        session: ProviderSession
    ) async throws -> RemoteEvent {
        try perform(.respond) { try $0.respond(response, in: calendar) }
    }

    /// Moves an event into another calendar.
    public func move(
        _ move: EventMove,
        from calendar: CalendarID,
        session: ProviderSession
    ) async throws -> RemoteEvent {
        try perform(.move) { try $0.move(move, from: calendar) }
    }
}

/// Channels.
extension InMemoryCalendarProvider {
    /// Opens a channel that lives for seven days or less; it sends until it is closed.
    public func openChannel(_ opening: ChannelOpening, session: ProviderSession) async throws -> NotificationChannel {
        let now = session.clock.now
        return try perform(.channel) { try $0.open(opening, at: now) }
    }

    /// Opens the new channel and closes the old one.
    public func renewChannel(
        _ channel: NotificationChannel,
        as opening: ChannelOpening,
        session: ProviderSession
    ) async throws -> NotificationChannel {
        let now = session.clock.now
        return try perform(.channel) { stored in
            let renewed = try stored.open(opening, at: now)
            stored.close(channel)
            return renewed
        }
    }

    /// Closes a channel; succeeds when it is closed already.
    public func closeChannel(_ channel: NotificationChannel, session: ProviderSession) async throws {
        try perform(.channel) { $0.close(channel) }
    }

    /// Reads a request that ``takeDeliveries()`` gave.
    public func webhookContents(of request: WebhookRequest) throws -> WebhookContents {
        try InMemoryCalendars.contents(of: request)
    }
}
