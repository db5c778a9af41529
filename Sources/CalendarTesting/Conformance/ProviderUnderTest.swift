public import CalendarCore
import Foundation

/// A provider with everything a check of its promises needs.
///
/// Whatever is set after making it is optional: the checks that need it are skipped without it, and say so.
public struct ProviderUnderTest: Sendable {
    /// The provider.
    public let provider: any CalendarProvider
    /// A session of an account with an empty, writable calendar.
    public let session: ProviderSession
    /// That calendar.
    public let calendar: CalendarID
    /// Makes every position in the feeds handed out so far void.
    public let expireFeed: @Sendable () async throws -> Void
    /// Gives the account one more writable calendar, and answers its id.
    public var makeCalendar: (@Sendable () async throws -> CalendarID)?
    /// Lets the service take the next write and lose its reply.
    public var loseNextReply: (@Sendable () async throws -> Void)?
    /// Makes the event with this id one that cannot be read.
    public var makeUnreadable: (@Sendable (RemoteEventID) async throws -> Void)?
    /// How many mails the service has sent to guests and organizers so far.
    public var mailCount: (@Sendable () async throws -> Int)?
    /// Somebody who can be invited, and lets them accept an event of the account.
    public var guest: Guest?
    /// Lets somebody invite the account to an event, and answers the id of the account's copy.
    public var invitation: (@Sendable () async throws -> RemoteEventID)?
    /// What the service has sent to the addresses of channels since the last look.
    public var deliveries: (@Sendable () async throws -> [WebhookRequest])?

    /// A guest whom the test plays.
    public struct Guest: Sendable {
        /// The guest's address.
        public let address: String
        /// Lets the guest accept an event in the account's calendar.
        public let accept: @Sendable (RemoteEvent) async throws -> Void

        /// Creates a guest.
        public init(address: String, accept: @escaping @Sendable (RemoteEvent) async throws -> Void) {
            self.address = address
            self.accept = accept
        }
    }

    /// Creates a subject with what every check needs.
    public init(
        provider: any CalendarProvider,
        session: ProviderSession,
        calendar: CalendarID,
        expireFeed: @escaping @Sendable () async throws -> Void
    ) {
        self.provider = provider
        self.session = session
        self.calendar = calendar
        self.expireFeed = expireFeed
    }
}

/// Times and contents.
extension ProviderUnderTest {
    static let berlin = EventZone("Europe/Berlin")

    /// An instant so many hours after the session's present, on the hour.
    func instant(hour: Int) -> Date {
        let now = session.clock.now.timeIntervalSince1970
        return Date(timeIntervalSince1970: (now / 3600).rounded(.down) * 3600 + Double(hour) * 3600)
    }

    /// An hour in Berlin.
    func content(_ title: String, hour: Int) -> EventContent {
        EventContent(
            title: title,
            start: .zoned(ZonedDateTime(instant(hour: hour), in: Self.berlin)),
            end: .zoned(ZonedDateTime(instant(hour: hour + 1), in: Self.berlin))
        )
    }

    /// An hour at ten o'clock on a day in a zone.
    func content(_ title: String, on day: CivilDate, in zone: EventZone = berlin) -> EventContent {
        let start = CivilDateTime(startOf: day).adding(seconds: 36_000)
        return EventContent(title: title, start: .zoned(start, zone), end: .zoned(start.adding(seconds: 3600), zone))
    }

    /// The first day after tomorrow on which clocks in a zone change.
    func clockChange(in zone: EventZone = berlin) -> CivilDate {
        let first = zone.civil(at: instant(hour: 48)).date
        let offset = { (day: CivilDate) in zone.offset(at: zone.date(of: CivilDateTime(startOf: day))) }
        let days = (0..<400).lazy.map { first.adding(days: $0) }
        return days.first { offset($0) != offset($0.adding(days: 1)) } ?? first
    }

    /// From a day ago for so many days.
    func window(days: Int = 61) throws -> SyncWindow {
        try SyncWindow(start: instant(hour: -24), end: instant(hour: 24 * (days - 1)))
    }

    func canonical(_ event: RemoteEvent) -> EventContent { provider.canonical(event.content) }

    func can(_ capability: ProviderCapability) -> Bool { provider.descriptor.can(capability) }

    /// How guests are told where mail does not matter to the check.
    var mail: InvitationPolicy { provider.descriptor.mailControl == .perWrite ? .silent : .notifyGuests }
}

/// Calls.
extension ProviderUnderTest {
    /// A key that no other number has.
    func key(_ number: Int) -> OperationID {
        let digits = String(number, radix: 16)
        return OperationID(String(repeating: "a", count: 32 - digits.count) + digits)
    }

    func create(_ content: EventContent, key number: Int, _ mail: InvitationPolicy = .silent) async throws
        -> RemoteEvent
    {
        try await provider.create(
            EventCreation(key: key(number), content: content, invitations: mail),
            in: calendar,
            session: session
        )
    }

    func created(key number: Int) async throws -> RemoteEvent? {
        try await provider.createdEvent(for: key(number), in: calendar, session: session)
    }

    func read(_ id: RemoteEventID, in other: CalendarID? = nil) async throws -> RemoteEvent {
        try await provider.event(id, in: other ?? calendar, session: session)
    }

    func update(
        _ event: RemoteEvent,
        etag: String?,
        _ mail: InvitationPolicy = .silent,
        _ edit: (inout EventContent) -> Void
    ) async throws -> RemoteEvent {
        var content = event.content
        edit(&content)
        let update = EventUpdate(
            id: event.id,
            etag: etag,
            base: provider.canonical(event.content),
            content: content,
            invitations: mail
        )
        return try await provider.update(update, in: calendar, session: session)
    }

    func delete(_ event: RemoteEvent, etag: String?, _ mail: InvitationPolicy = .silent) async throws {
        let deletion = EventDeletion(id: event.id, etag: etag, invitations: mail)
        try await provider.delete(deletion, in: calendar, session: session)
    }

    func occurrence(of series: RemoteEvent, at start: EventTime) async throws -> RemoteEvent {
        let key = OccurrenceKey(series: series.id, originalStart: start)
        return try await provider.occurrence(key, in: calendar, session: session)
    }

    func page(at position: ChangePosition) async throws -> ChangePage {
        try await provider.changes(in: calendar, from: position, session: session)
    }

    /// Reads a round to its end.
    func round(from position: ChangePosition, in other: CalendarID? = nil) async throws -> (
        changes: [RemoteChange], cursor: SyncCursor
    ) {
        var position = position
        var changes: [RemoteChange] = []
        while true {
            let page = try await provider.changes(in: other ?? calendar, from: position, session: session)
            changes += page.changes
            switch page.continuation {
            case .more(let point): position = .page(point)
            case .end(let cursor): return (changes, cursor)
            }
        }
    }

    /// A full round from a day ago on.
    func fullRound(in other: CalendarID? = nil) async throws -> (changes: [RemoteChange], cursor: SyncCursor) {
        try await round(from: .beginning(try window()), in: other)
    }
}

extension [RemoteChange] {
    /// The events that are there.
    var upserted: [RemoteEvent] {
        compactMap { change in if case .upserted(let event) = change { event } else { nil } }
    }

    /// Their titles, in order, each once.
    var titles: [String] { Set(upserted.compactMap(\.content.title)).sorted() }

    /// The events that are gone.
    var removed: [RemoteEventID] {
        compactMap { change in if case .removed(let id, _) = change { id } else { nil } }
    }
}
