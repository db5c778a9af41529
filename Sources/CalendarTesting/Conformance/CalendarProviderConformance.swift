public import CalendarCore
import Foundation

/// A provider with everything a check of its promises needs.
public struct ProviderUnderTest: Sendable {
    /// The provider.
    public let provider: any CalendarProvider
    /// A session of an account with an empty, writable calendar.
    public let session: ProviderSession
    /// That calendar.
    public let calendar: CalendarID
    /// Makes every position in the change feed handed out so far void.
    public let expireFeed: @Sendable () async throws -> Void

    /// Creates a subject.
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

/// The promises of `CalendarProvider`, one check each; they write to the subject's calendar.
public enum CalendarProviderConformance {
    /// A check of a provider.
    public typealias Check = ConformanceCheck<ProviderUnderTest>

    /// Every check.
    public static let all: [Check] = calendars + writes + feed + freeBusy

    private static let calendars: [Check] = [
        Check("one calendar is the primary one, comes first, and goes by its own id") { subject, promise in
            let found = try await subject.provider.calendars(session: subject.session)
            try promise.equal(found.filter(\.isPrimary).count, 1, "the number of primary calendars")
            try promise.equal(found.first?.isPrimary, true, "whether the first one is primary")
            try promise.holds(!found.contains { $0.id == "primary" }, "no calendar goes by an alias")
        }
    ]

    private static let freeBusy: [Check] = [
        Check(skippable: "a busy event is busy time, a free one is not, and an unknown subject is never free (R-37)") {
            subject,
            promise in
            guard subject.provider.descriptor.can(.freeBusy) else { return .skipped("the provider has no free/busy") }
            var free = subject.content("Free", hour: 30)
            free.availability = .free
            _ = try await subject.create(subject.content("Busy", hour: 26), key: 1)
            _ = try await subject.create(free, key: 2)
            let own =
                subject.provider.descriptor.can(.freeBusyByCalendar)
                ? subject.calendar.rawValue : subject.session.accountAddress
            let query = try FreeBusyQuery(
                subjects: [own, "nobody@nowhere.invalid"],
                start: subject.instant(hour: 24),
                end: subject.instant(hour: 48)
            )
            let answer = try await subject.provider.freeBusy(query, session: subject.session)
            let busy = BusyInterval(start: subject.instant(hour: 26), end: subject.instant(hour: 27))
            try promise.equal(answer[own], .known([busy]), "the busy time")
            guard case .unknown = answer["nobody@nowhere.invalid"] else {
                try promise.holds(false, "an unknown subject's time is unknown")
                return .passed
            }
            return .passed
        }
    ]
}

extension ProviderUnderTest {
    /// An instant so many hours after the session's present, on the hour.
    func instant(hour: Int) -> Date {
        let now = session.clock.now.timeIntervalSince1970
        return Date(timeIntervalSince1970: (now / 3600).rounded(.down) * 3600 + Double(hour) * 3600)
    }

    /// An hour in Berlin.
    func content(_ title: String, hour: Int) -> EventContent {
        let berlin = EventZone("Europe/Berlin")
        return EventContent(
            title: title,
            start: .zoned(ZonedDateTime(instant(hour: hour), in: berlin)),
            end: .zoned(ZonedDateTime(instant(hour: hour + 1), in: berlin))
        )
    }

    /// A key that no other number has.
    func key(_ number: Int) -> OperationID {
        let digits = String(number, radix: 16)
        return OperationID(String(repeating: "a", count: 32 - digits.count) + digits)
    }

    func create(_ content: EventContent, key number: Int) async throws -> RemoteEvent {
        try await provider.create(
            EventCreation(key: key(number), content: content, invitations: .silent),
            in: calendar,
            session: session
        )
    }

    func created(key number: Int) async throws -> RemoteEvent? {
        try await provider.createdEvent(for: key(number), in: calendar, session: session)
    }

    func update(_ event: RemoteEvent, etag: String?, _ edit: (inout EventContent) -> Void) async throws -> RemoteEvent {
        var content = event.content
        edit(&content)
        let update = EventUpdate(
            id: event.id,
            etag: etag,
            base: provider.canonical(event.content),
            content: content,
            invitations: .silent
        )
        return try await provider.update(update, in: calendar, session: session)
    }

    func delete(_ event: RemoteEvent, etag: String?) async throws {
        let deletion = EventDeletion(id: event.id, etag: etag, invitations: .silent)
        try await provider.delete(deletion, in: calendar, session: session)
    }

    /// Reads a round to its end.
    func round(from position: ChangePosition) async throws -> (changes: [RemoteChange], cursor: SyncCursor) {
        var position = position
        var changes: [RemoteChange] = []
        while true {
            let page = try await provider.changes(in: calendar, from: position, session: session)
            changes += page.changes
            switch page.continuation {
            case .more(let point): position = .page(point)
            case .end(let cursor): return (changes, cursor)
            }
        }
    }

    /// A full round from a day ago on.
    func fullRound() async throws -> (changes: [RemoteChange], cursor: SyncCursor) {
        let window = try SyncWindow(start: instant(hour: -24), end: instant(hour: 24 * 60))
        return try await round(from: .beginning(window))
    }
}
