import CalendarCore
import Foundation
import Synchronization

/// A provider that breaks one promise of the fake behind it.
struct BrokenProvider: CalendarProvider {
    let next: any CalendarProvider
    let fault: Fault
    private let creations = Creations()

    init(_ next: any CalendarProvider, _ fault: Fault) {
        (self.next, self.fault) = (next, fault)
    }

    /// Numbers creates, for the fault that gives each one a key of its own.
    private final class Creations: Sendable {
        private let count = Mutex(0)

        func next() -> Int {
            count.withLock { count in
                count += 1
                return count
            }
        }
    }

    var descriptor: ProviderDescriptor {
        guard fault == .hidesCapability else { return next.descriptor }
        var capabilities = next.descriptor.capabilities
        capabilities[.moveEvents] = nil
        return ProviderDescriptor(
            id: next.descriptor.id,
            name: next.descriptor.name,
            capabilities: capabilities,
            mailControl: .perWrite,
            environmentPrefixes: [],
            registrationHelp: ""
        )
    }

    var authorizationServer: AuthorizationServer { next.authorizationServer }

    func canonical(_ content: EventContent) -> EventContent {
        guard fault == .restlessForm else { return next.canonical(content) }
        var content = content
        content.title = (content.title ?? "") + "+"
        return content
    }

    func losses(writing content: EventContent) -> [FidelityLoss] { next.losses(writing: content) }

    func calendars(session: ProviderSession) async throws -> [RemoteCalendar] {
        let found = try await next.calendars(session: session)
        guard fault == .primaryAlias else { return found }
        return found.map { RemoteCalendar(id: "primary", title: $0.title, access: .owner, isPrimary: true) }
    }

    func calendars(since cursor: SyncCursor?, session: ProviderSession) async throws -> CalendarListing {
        do {
            let found = try await next.calendars(since: cursor, session: session)
            guard fault == .forgetsNewCalendars, cursor != nil else { return found }
            return CalendarListing(calendars: [], isComplete: false, cursor: found.cursor)
        } catch let error as CalendarError where fault == .swallowsExpiry && error.code == .cursorExpired {
            return CalendarListing(calendars: [], isComplete: false, cursor: cursor)
        }
    }

    func changes(in calendar: CalendarID, from position: ChangePosition, session: ProviderSession) async throws
        -> ChangePage
    {
        let page: ChangePage
        do {
            page = try await next.changes(in: calendar, from: position, session: session)
        } catch let error as CalendarError where error.code == .cursorExpired {
            switch position {
            case .page where fault == .swallowsExpiryInRound:
                return ChangePage(changes: [], continuation: .end(SyncCursor("1/log/0/0")))
            case .cursor(let cursor) where fault == .swallowsExpiry:
                return ChangePage(changes: [], continuation: .end(cursor))
            default: throw error
            }
        }
        if fault == .onePageOnly, case .more(let point) = page.continuation {
            let rest = try await changes(in: calendar, from: .page(point), session: session)
            return ChangePage(changes: page.changes, continuation: rest.continuation)
        }
        return ChangePage(changes: try page.changes.compactMap(told), continuation: page.continuation)
    }

    private func told(_ change: RemoteChange) throws -> RemoteChange? {
        switch (fault, change) {
        case (.hidesRemovals, .removed), (.hidesCancellations, .occurrenceCancelled): return nil
        case (.failsOnBadEvent, .unreadable): throw CalendarError(.invalidResponse, "An event cannot be read.")
        case (.removesOutsideWindow, .upserted(let event))
        where event.content.start.civilDate > CivilDate(daysSinceEpoch: 20_700):
            return .removed(event.id, isCertain: true)
        case (.otherEtagInFeed, .upserted(var event)):
            event.etag = (event.etag ?? "") + "-feed"
            return .upserted(event)
        case (_, .upserted(let event)): return .upserted(altered(event))
        default: return change
        }
    }

    func event(_ id: RemoteEventID, in calendar: CalendarID, session: ProviderSession) async throws -> RemoteEvent {
        altered(try await next.event(id, in: calendar, session: session))
    }

    func create(_ creation: EventCreation, in calendar: CalendarID, session: ProviderSession) async throws
        -> RemoteEvent
    {
        let key = fault == .forgetsKeys ? OperationID("fresh\(creations.next())") : creation.key
        let creation = EventCreation(key: key, content: creation.content, invitations: policy(creation.invitations))
        do {
            return altered(try await next.create(creation, in: calendar, session: session))
        } catch var error as CalendarError where fault == .hidesUnknownOutcome {
            error.isOutcomeUnknown = false
            throw error
        }
    }

    func createdEvent(for key: OperationID, in calendar: CalendarID, session: ProviderSession) async throws
        -> RemoteEvent?
    {
        if fault == .findsNothing { return nil }
        return try await next.createdEvent(for: key, in: calendar, session: session).map(altered)
    }

    func update(_ update: EventUpdate, in calendar: CalendarID, session: ProviderSession) async throws -> RemoteEvent {
        var base = update.base
        var content = update.content
        if fault == .replacesWhole { base = try await next.event(update.id, in: calendar, session: session).content }
        if fault == .keepsEmptied { content.location = content.location ?? base.location }
        if fault == .losesAnswers {
            for index in content.attendees.indices { content.attendees[index].response = .needsAction }
        }
        let update = EventUpdate(
            id: update.id,
            etag: fault == .ignoresEtags ? nil : update.etag,
            base: base,
            content: content,
            invitations: policy(update.invitations)
        )
        return altered(try await next.update(update, in: calendar, session: session))
    }

    func delete(_ deletion: EventDeletion, in calendar: CalendarID, session: ProviderSession) async throws {
        if fault == .failsOnGone { _ = try await next.event(deletion.id, in: calendar, session: session) }
        let deletion = EventDeletion(
            id: deletion.id,
            etag: fault == .ignoresEtags ? nil : deletion.etag,
            invitations: policy(deletion.invitations)
        )
        try await next.delete(deletion, in: calendar, session: session)
    }

    func freeBusy(_ query: FreeBusyQuery, session: ProviderSession) async throws -> [String: BusyTime] {
        try await next.freeBusy(query, session: session).mapValues { time in
            switch (fault, time) {
            case (.unknownIsFree, .unknown): .known([])
            case (.unsortedBusyTime, .known(let busy)): .known(busy.reversed())
            default: time
            }
        }
    }

    private func policy(_ asked: InvitationPolicy) -> InvitationPolicy {
        switch fault {
        case .mailAlways: .notifyGuests
        case .mailNever: .silent
        default: asked
        }
    }
}
