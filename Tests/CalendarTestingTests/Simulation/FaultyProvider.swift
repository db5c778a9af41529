import CalendarCore
import Foundation
import Synchronization

/// A provider that makes one of the mistakes.
struct FaultyProvider: CalendarProvider {
    let next: any CalendarProvider
    let fault: EngineFault
    private let count = CallCount()

    init(_ next: any CalendarProvider, _ fault: EngineFault) {
        (self.next, self.fault) = (next, fault)
    }

    var descriptor: ProviderDescriptor { next.descriptor }

    var authorizationServer: AuthorizationServer { next.authorizationServer }

    func canonical(_ content: EventContent) -> EventContent {
        next.canonical(content)
    }

    func losses(writing content: EventContent) -> [FidelityLoss] { next.losses(writing: content) }

    func calendars(session: ProviderSession) async throws -> [RemoteCalendar] {
        try await next.calendars(session: session)
    }

    func changes(in calendar: CalendarID, from position: ChangePosition, session: ProviderSession) async throws
        -> ChangePage
    {
        let page: ChangePage
        do {
            page = try await next.changes(in: calendar, from: position, session: session)
        } catch let error as CalendarError where fault == .expiryIsEmpty && error.code == .cursorExpired {
            guard case .cursor(let cursor) = position else { throw error }
            return ChangePage(changes: [], continuation: .end(cursor))
        }
        if fault == .skippedPage, count.next() % 4 == 0 {
            return ChangePage(changes: [], continuation: page.continuation)
        }
        return ChangePage(changes: page.changes.filter(isHeard), continuation: page.continuation)
    }

    private func isHeard(_ change: RemoteChange) -> Bool {
        switch change {
        case .removed: fault != .deafToDeletions
        case .occurrenceCancelled, .occurrences: fault != .deafToOccurrences
        default: true
        }
    }

    func event(_ id: RemoteEventID, in calendar: CalendarID, session: ProviderSession) async throws -> RemoteEvent {
        try await next.event(id, in: calendar, session: session)
    }

    func create(_ creation: EventCreation, in calendar: CalendarID, session: ProviderSession) async throws
        -> RemoteEvent
    {
        var creation = creation
        if fault == .blindRetry {
            let tail = String(count.next(), radix: 16)
            let key = creation.key.rawValue.dropLast(tail.count) + tail
            creation = EventCreation(
                key: OperationID(String(key)),
                content: creation.content,
                invitations: creation.invitations
            )
        }
        if fault == .mutedInvitations {
            creation = EventCreation(key: creation.key, content: creation.content, invitations: .silent)
        }
        return try await next.create(creation, in: calendar, session: session)
    }

    func createdEvent(for key: OperationID, in calendar: CalendarID, session: ProviderSession) async throws
        -> RemoteEvent?
    {
        guard fault != .blindRetry else { return nil }
        return try await next.createdEvent(for: key, in: calendar, session: session)
    }

    func update(_ update: EventUpdate, in calendar: CalendarID, session: ProviderSession) async throws -> RemoteEvent {
        let told = EventUpdate(
            id: update.id,
            etag: update.etag,
            base: update.base,
            content: update.content,
            invitations: fault == .chattyWrites ? .notifyGuests : update.invitations
        )
        return try await next.update(told, in: calendar, session: session)
    }

    func delete(_ deletion: EventDeletion, in calendar: CalendarID, session: ProviderSession) async throws {
        try await next.delete(deletion, in: calendar, session: session)
    }

    func freeBusy(_ query: FreeBusyQuery, session: ProviderSession) async throws -> [String: BusyTime] {
        try await next.freeBusy(query, session: session)
    }
}

/// Counts calls.
final class CallCount: Sendable {
    private let state = Mutex(0)

    func next() -> Int {
        state.withLock { count in
            count += 1
            return count
        }
    }
}
