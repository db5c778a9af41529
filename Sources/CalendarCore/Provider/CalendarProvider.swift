/// An adapter to one calendar service.
///
/// The SDK ships two; a host or third party adds its own by conforming a value type and registering it, without a change
/// to the SDK. `CalendarProviderConformance` in CalendarTesting checks its promises:
///
/// - Every call is made through `session.http` and nothing else, and keeps no state between calls.
/// - Failures are `CalendarError`: an expired feed is `cursorExpired`, a changed event is `conflict`, an event that is
///   gone is `notFound`. One unreadable event is a `RemoteChange.unreadable`, never a failed page.
/// - Creating is idempotent by key, updating is conditional on the etag, deleting what is gone succeeds.
/// - No write sends mail unless it says `notifyGuests`; a service that cannot suppress mail refuses the call instead.
public protocol CalendarProvider: Sendable {
    /// What the provider is called and can do.
    var descriptor: ProviderDescriptor { get }

    /// The service's OAuth endpoints.
    var authorizationServer: AuthorizationServer { get }

    /// The account's calendars, the primary one first, then in the service's order.
    func calendars(session: ProviderSession) async throws -> [RemoteCalendar]

    /// The account's calendars, or what changed about them since an earlier look.
    ///
    /// Unless a provider does better, always the whole list.
    ///
    /// - Throws: `CalendarError.cursorExpired` when the cursor is no longer valid; ask again without one.
    func calendars(since cursor: SyncCursor?, session: ProviderSession) async throws -> CalendarListing

    /// One page of a calendar's change feed; costs exactly one request.
    ///
    /// - Throws: `CalendarError.cursorExpired` when the position is no longer valid, at the first page or in the middle.
    func changes(
        in calendar: CalendarID,
        from position: ChangePosition,
        session: ProviderSession
    ) async throws -> ChangePage

    /// One event as it is now.
    ///
    /// - Throws: `CalendarError.notFound` when it is gone.
    func event(_ id: RemoteEventID, in calendar: CalendarID, session: ProviderSession) async throws -> RemoteEvent

    /// Creates an event, or finds the one an earlier call with the same key created.
    ///
    /// - Throws: `CalendarError` with `isOutcomeUnknown` when no answer arrived; probe with
    ///   ``createdEvent(for:in:session:)`` before trying again.
    func create(
        _ creation: EventCreation,
        in calendar: CalendarID,
        session: ProviderSession
    ) async throws -> RemoteEvent

    /// The event that was created under a key; nil when there is none.
    func createdEvent(
        for key: OperationID,
        in calendar: CalendarID,
        session: ProviderSession
    ) async throws -> RemoteEvent?

    /// Changes the fields of an event that differ from its base.
    ///
    /// - Throws: `CalendarError.conflict` when the event changed since its etag, `notFound` when it is gone.
    func update(_ update: EventUpdate, in calendar: CalendarID, session: ProviderSession) async throws -> RemoteEvent

    /// Deletes an event; succeeds when it is gone already.
    ///
    /// - Throws: `CalendarError.conflict` when the event changed since its etag.
    func delete(_ deletion: EventDeletion, in calendar: CalendarID, session: ProviderSession) async throws

    /// The occurrences of a series that touch a window, as the service computes them, ascending by start.
    ///
    /// Each has its place in the series as its role; those that differ are among them, cancelled ones are not. Costs
    /// requests as the window holds occurrences, so keep it small; the mirror expands series itself.
    ///
    /// - Throws: `CalendarError.notFound` when there is no such series.
    func instances(
        of series: RemoteEventID,
        in calendar: CalendarID,
        during window: SyncWindow,
        session: ProviderSession
    ) async throws -> [RemoteEvent]

    /// One occurrence of a series as it is now; its id serves to change, delete or answer this occurrence alone.
    ///
    /// - Throws: `CalendarError.notFound` when it does not take place or the rule never gave it.
    func occurrence(
        _ key: OccurrenceKey,
        in calendar: CalendarID,
        session: ProviderSession
    ) async throws -> RemoteEvent

    /// Answers an invitation, and changes nothing about other guests.
    ///
    /// - Throws: `CalendarError.rejected` when the account is not invited, `conflict` when the event changed since its
    ///   etag, `notFound` when it is gone.
    func respond(
        _ response: InvitationResponse,
        in calendar: CalendarID,
        session: ProviderSession
    ) async throws -> RemoteEvent

    /// Moves an event into another calendar of the account, and answers it as it is there; succeeds when it is there
    /// already.
    ///
    /// - Throws: `CalendarError.rejected` when the event cannot move, `conflict` when it changed since its etag,
    ///   `notFound` when it is in neither calendar.
    func move(_ move: EventMove, from calendar: CalendarID, session: ProviderSession) async throws -> RemoteEvent

    /// Opens a channel on which the service reports changes of a calendar.
    ///
    /// - Throws: `CalendarError.unsupported` when this calendar cannot be watched, so that polling remains.
    func openChannel(_ opening: ChannelOpening, session: ProviderSession) async throws -> NotificationChannel

    /// Makes a channel last longer: in place, or by a new one that opens before the old one closes.
    ///
    /// Notifications may arrive twice meanwhile. An old channel that cannot be closed runs out by itself.
    ///
    /// - Parameters:
    ///   - channel: The channel that is about to expire.
    ///   - opening: The channel to open where the service cannot prolong one; stored before the call.
    ///   - session: The session of the connection that opened the channel.
    /// - Returns: The channel that lives on: the same or the new one.
    /// - Throws: As ``openChannel(_:session:)`` does.
    func renewChannel(
        _ channel: NotificationChannel,
        as opening: ChannelOpening,
        session: ProviderSession
    ) async throws -> NotificationChannel

    /// Closes a channel; succeeds when it is closed already. Notifications may still arrive for a while.
    func closeChannel(_ channel: NotificationChannel, session: ProviderSession) async throws

    /// Reads a request to the host's address for notifications; makes no call.
    ///
    /// What it says is not proven: check each notification against its stored channel.
    ///
    /// - Throws: `CalendarError.invalidArgument` for a request that is none of the service's.
    func webhookContents(of request: WebhookRequest) throws -> WebhookContents

    /// When the named calendars are busy; each subject of the query has an answer, at worst `unknown`.
    func freeBusy(_ query: FreeBusyQuery, session: ProviderSession) async throws -> [String: BusyTime]

    /// The form in which two contents are compared: what the service would answer after writing this one.
    ///
    /// Law: `canonical(read(write(x))) == canonical(x)`, or the difference is a declared ``FidelityLoss``. Idempotent.
    func canonical(_ content: EventContent) -> EventContent

    /// What the service cannot express of a content.
    func losses(writing content: EventContent) -> [FidelityLoss]
}

extension CalendarProvider {
    /// The whole list, without a cursor.
    public func calendars(since cursor: SyncCursor?, session: ProviderSession) async throws -> CalendarListing {
        CalendarListing(calendars: try await calendars(session: session), isComplete: true, cursor: nil)
    }

    /// Not available unless a provider implements it.
    public func instances(
        of series: RemoteEventID,
        in calendar: CalendarID,
        during window: SyncWindow,
        session: ProviderSession
    ) async throws -> [RemoteEvent] {
        throw unsupported("The service does not list the occurrences of a series.")
    }

    /// Not available unless a provider implements it.
    public func occurrence(
        _ key: OccurrenceKey,
        in calendar: CalendarID,
        session: ProviderSession
    ) async throws -> RemoteEvent {
        throw unsupported("The service does not name single occurrences of a series.")
    }

    /// Not available unless a provider implements it.
    public func respond(
        _ response: InvitationResponse,
        in calendar: CalendarID,
        session: ProviderSession
    ) async throws -> RemoteEvent {
        throw unsupported("The service takes no answers to invitations.")
    }

    /// Not available unless a provider implements it.
    public func move(
        _ move: EventMove,
        from calendar: CalendarID,
        session: ProviderSession
    ) async throws -> RemoteEvent {
        throw unsupported("The service does not move events between calendars.")
    }

    /// Not available unless a provider implements it.
    public func openChannel(_ opening: ChannelOpening, session: ProviderSession) async throws -> NotificationChannel {
        throw unsupported("The service sends no notifications.")
    }

    /// Not available unless a provider implements it.
    public func renewChannel(
        _ channel: NotificationChannel,
        as opening: ChannelOpening,
        session: ProviderSession
    ) async throws -> NotificationChannel {
        throw unsupported("The service sends no notifications.")
    }

    /// Not available unless a provider implements it.
    public func closeChannel(_ channel: NotificationChannel, session: ProviderSession) async throws {
        throw unsupported("The service sends no notifications.")
    }

    /// Not available unless a provider implements it.
    public func webhookContents(of request: WebhookRequest) throws -> WebhookContents {
        throw unsupported("The service sends no notifications.")
    }

    private func unsupported(_ message: String) -> CalendarError {
        CalendarError(.unsupported, message, provider: descriptor.id)
    }
}
