public import CalendarCore
import Foundation
import Synchronization

/// A calendar service that lives in memory and speaks no HTTP: a fake of `CalendarProvider` itself.
///
/// It keeps the promises of the protocol: a change feed with pages and cursors that can expire, etags, creates that are
/// idempotent by key, series with their exceptions, answers, moves, and channels whose notifications
/// ``takeDeliveries()`` hands to the test. Every connection sees the same calendars. For a double of a real service use
/// its simulator.
public final class InMemoryCalendarProvider: CalendarProvider {
    /// What the provider is called and can do.
    public let descriptor: ProviderDescriptor
    /// OAuth endpoints that lead nowhere.
    public let authorizationServer: AuthorizationServer

    private let state: Mutex<InMemoryCalendars>

    /// Creates a service with one primary calendar, called `primary-calendar`.
    ///
    /// - Parameters:
    ///   - id: The provider's id.
    ///   - pageSize: How many changes a page holds at most.
    public init(id: ProviderID = "in-memory", pageSize: Int = 100) {
        descriptor = ProviderDescriptor(
            id: id,
            name: "In memory",
            capabilities: [
                .listCalendars: .available, .readEvents: .available, .writeEvents: .available,
                .freeBusy: .available, .freeBusyByCalendar: .available, .instances: .available, .respond: .available,
                .moveEvents: .available, .notifications: .available,
            ],
            mailControl: .perWrite,
            environmentPrefixes: ["IN_MEMORY_CALENDAR"],
            registrationHelp: "It needs no OAuth client."
        )
        authorizationServer = AuthorizationServer(
            authorizationEndpoint: URL(filePath: "/nowhere/authorize"),
            tokenEndpoint: URL(filePath: "/nowhere/token"),
            identityScopes: [],
            scopes: [:],
            account: { ExternalAccount(key: $0["sub"] ?? "", address: $0["email"] ?? "") },
            isIssuer: { _, _ in true },
            failure: { CalendarError(.unavailable, "There is no token endpoint.", reason: $0.error) }
        )
        state = Mutex(InMemoryCalendars(pageSize: pageSize))
    }

    /// Adds a calendar, or changes the one with its id.
    public func add(_ calendar: RemoteCalendar) {
        state.withLock { stored in
            if let index = stored.calendars.firstIndex(where: { $0.id == calendar.id }) {
                stored.calendars[index] = calendar
            } else {
                stored.calendars.append(calendar)
            }
            stored.calendarLog.append(calendar.id)
        }
    }

    /// Removes a calendar from the account's list.
    public func removeCalendar(_ id: CalendarID) {
        state.withLock { stored in
            stored.calendars.removeAll { $0.id == id }
            stored.calendarLog.append(id)
        }
    }

    /// Adds or changes an event as somebody else would, and answers it with its new etag.
    @discardableResult
    public func put(_ event: RemoteEvent, in calendar: CalendarID = "primary-calendar") -> RemoteEvent {
        state.withLock { $0.put(event, in: calendar) }
    }

    /// Adds an event that the change feed cannot read and reports as an issue.
    public func putUnreadable(_ id: RemoteEventID, in calendar: CalendarID = "primary-calendar") {
        state.withLock { $0.putUnreadable(id, in: calendar) }
    }

    /// Removes an event, or cancels one occurrence by its id, as somebody else would.
    public func remove(_ id: RemoteEventID, from calendar: CalendarID = "primary-calendar") {
        state.withLock { $0.remove(id, from: calendar) }
    }

    /// Makes every cursor and resume point handed out so far void.
    public func expireCursors() {
        state.withLock { $0.generation += 1 }
    }

    /// Makes the next call of a kind fail; a lost reply takes effect first.
    public func fail(_ call: Call, with error: CalendarError, afterTakingEffect: Bool = false) {
        state.withLock { $0.failures.append(.init(call: call, error: error, afterTakingEffect: afterTakingEffect)) }
    }

    /// The events of a calendar, ordered by id.
    public func events(in calendar: CalendarID = "primary-calendar") -> [RemoteEvent] {
        state.withLock { stored in (stored.events[calendar] ?? [:]).values.sorted { $0.id < $1.id } }
    }

    /// How many mails writes have sent to guests and organizers so far.
    public var mailCount: Int { state.withLock(\.mailCount) }

    /// The channels that are open, in the order they were opened.
    public var openChannels: [NotificationChannel] { state.withLock(\.channels) }

    /// The requests that the service has sent to the addresses of its channels since the last look, in order.
    public func takeDeliveries() -> [WebhookRequest] {
        state.withLock { stored in
            defer { stored.deliveries = [] }
            return stored.deliveries
        }
    }

    /// The calls made so far, in order.
    public var calls: [Call] { state.withLock { $0.calls } }

    /// A kind of call.
    public enum Call: String, Hashable, Sendable {
        /// List calendars.
        case calendars
        /// Read a page of changes.
        case changes
        /// Read one event.
        case event
        /// Create an event.
        case create
        /// Look for a created event.
        case createdEvent
        /// Change an event.
        case update
        /// Delete an event.
        case delete
        /// List the occurrences of a series.
        case instances
        /// Read one occurrence.
        case occurrence
        /// Answer an invitation.
        case respond
        /// Move an event.
        case move
        /// Open, renew or close a channel.
        case channel
        /// Ask for busy times.
        case freeBusy

        /// Whether it changes a calendar.
        public var isWrite: Bool { [.create, .update, .delete, .respond, .move].contains(self) }
    }

    /// The calendars, the primary one first.
    public func calendars(session: ProviderSession) async throws -> [RemoteCalendar] {
        try perform(.calendars) { $0.calendars }
    }

    /// The calendars, or those that changed since an earlier look.
    public func calendars(since cursor: SyncCursor?, session: ProviderSession) async throws -> CalendarListing {
        try perform(.calendars) { try $0.listing(since: cursor) }
    }

    /// One page of a calendar's changes.
    public func changes(
        in calendar: CalendarID,
        from position: ChangePosition,
        session: ProviderSession
    ) async throws -> ChangePage {
        try perform(.changes) { try $0.changes(in: calendar, from: position) }
    }

    /// One event as it is now.
    public func event(
        _ id: RemoteEventID,
        in calendar: CalendarID,
        session: ProviderSession
    ) async throws -> RemoteEvent {
        try perform(.event) { try $0.event(id, in: calendar) }
    }

    /// Creates an event, or finds the one an earlier call with the same key created.
    public func create(
        _ creation: EventCreation,
        in calendar: CalendarID,
        session: ProviderSession
    ) async throws -> RemoteEvent {
        try perform(.create) { $0.create(creation, in: calendar) }
    }

    /// The event that was created under a key.
    public func createdEvent(
        for key: OperationID,
        in calendar: CalendarID,
        session: ProviderSession
    ) async throws -> RemoteEvent? {
        try perform(.createdEvent) { stored in stored.events[calendar]?.values.first { $0.creationKey == key } }
    }

    /// Changes an event.
    public func update(
        _ update: EventUpdate,
        in calendar: CalendarID,
        session: ProviderSession
    ) async throws -> RemoteEvent {
        try perform(.update) { try $0.update(update, in: calendar) }
    }

    /// Deletes an event; succeeds when it is gone already.
    public func delete(_ deletion: EventDeletion, in calendar: CalendarID, session: ProviderSession) async throws {
        try perform(.delete) { try $0.delete(deletion, in: calendar) }
    }

    /// When the named calendars are busy.
    public func freeBusy(_ query: FreeBusyQuery, session: ProviderSession) async throws -> [String: BusyTime] {
        try perform(.freeBusy) { try $0.freeBusy(query) }
    }

    /// The content itself: everything is kept.
    public func canonical(_ content: EventContent) -> EventContent { content }

    /// Nothing.
    public func losses(writing content: EventContent) -> [FidelityLoss] { [] }

    func perform<Answer>(_ call: Call, _ body: (inout InMemoryCalendars) throws -> sending Answer) throws
        -> Answer
    {
        try state.withLock { stored throws -> Answer in
            stored.calls.append(call)
            let index = stored.failures.firstIndex { $0.call == call }
            let failure = index.map { stored.failures.remove(at: $0) }
            if let failure, !failure.afterTakingEffect { throw failure.error }
            let answer = try body(&stored)
            if let failure { throw failure.error }
            return answer
        }
    }
}
