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

    /// When the named calendars are busy; each subject of the query has an answer, at worst `unknown`.
    func freeBusy(_ query: FreeBusyQuery, session: ProviderSession) async throws -> [String: BusyTime]

    /// The form in which two contents are compared: what the service would answer after writing this one.
    ///
    /// Law: `canonical(read(write(x))) == canonical(x)`, or the difference is a declared ``FidelityLoss``. Idempotent.
    func canonical(_ content: EventContent) -> EventContent

    /// What the service cannot express of a content.
    func losses(writing content: EventContent) -> [FidelityLoss]
}
