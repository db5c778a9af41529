public import CalendarCore
import Foundation

extension GoogleCalendarProvider {
    /// Creates an event whose id is the key, or finds the one an earlier call with the same key created.
    ///
    /// The id of a deleted event stays taken at Google, so a key whose event was deleted since is `duplicate`.
    ///
    /// - Throws: `CalendarError` with `isOutcomeUnknown` when no answer arrived; `duplicate` when the id belongs to
    ///   another or a deleted event.
    public func create(
        _ creation: EventCreation,
        in calendar: CalendarID,
        session: ProviderSession
    ) async throws -> RemoteEvent {
        try creation.content.validate()
        guard creation.content.status != .cancelled else {
            throw CalendarError.invalidArgument("status", "A cancelled event cannot be created.")
        }
        try refuseIncomplete(creation.content)
        let request = try EventInsertRequest(calendar: calendar, creation: creation, markers: configuration.markers)
            .request(root: configuration.root)
        let id = RemoteEventID(creation.key.rawValue)
        do {
            let document = try await document(answering: request, session: session, event: id)
            return try read(document, answering: request, event: id)
        } catch let error as CalendarError where error.code == .duplicate {
            guard let earlier = try await createdEvent(for: creation.key, in: calendar, session: session) else {
                throw error
            }
            return earlier
        }
    }

    /// The live event that carries the key's id and this SDK's mark; nil when there is none.
    public func createdEvent(
        for key: OperationID,
        in calendar: CalendarID,
        session: ProviderSession
    ) async throws -> RemoteEvent? {
        do {
            let event = try await event(RemoteEventID(key.rawValue), in: calendar, session: session)
            return event.creationKey == key ? event : nil
        } catch let error as CalendarError where error.code == .notFound {
            return nil
        }
    }

    /// Changes the fields of an event that differ from its base; reads it when none does.
    ///
    /// - Throws: `CalendarError.conflict` when the event changed since its etag, `notFound` when it is gone, `rejected`
    ///   when guests would be changed although the service left some out.
    public func update(
        _ update: EventUpdate,
        in calendar: CalendarID,
        session: ProviderSession
    ) async throws -> RemoteEvent {
        let changed = canonical(update.content).changedFields(from: canonical(update.base))
        guard !changed.isEmpty else { return try await event(update.id, in: calendar, session: session) }
        if changed.contains(.time) { try update.content.validate() }
        if changed.contains(.attendees) {
            try refuseIncomplete(update.content)
            try refuseIncomplete(update.base)
        }
        let patch = EventPatchRequest(
            calendar: calendar,
            update: update,
            changed: changed,
            markers: configuration.markers
        )
        let request = try patch.request(root: configuration.root)
        do {
            let document = try await document(answering: request, session: session, event: update.id)
            return try read(document, answering: request, event: update.id)
        } catch let error as CalendarError where error.code == .forbidden {
            // Google forbids changing a deleted event as it forbids changing another's; reading it tells which.
            _ = try await event(update.id, in: calendar, session: session)
            throw error
        }
    }

    /// Deletes an event; succeeds when it is gone already.
    ///
    /// - Throws: `CalendarError.conflict` when the event changed since its etag.
    public func delete(_ deletion: EventDeletion, in calendar: CalendarID, session: ProviderSession) async throws {
        let request = try EventDeleteRequest(calendar: calendar, deletion: deletion).request(root: configuration.root)
        do {
            _ = try await answer(to: request, session: session, event: deletion.id)
        } catch let error as CalendarError where error.code == .notFound {
            return
        }
    }

    private func refuseIncomplete(_ content: EventContent) throws {
        guard content.attendeesAreIncomplete else { return }
        throw CalendarError(
            .rejected,
            "The service left guests out of this event, so its guests cannot be written.",
            field: EventField.attendees.rawValue,
            provider: .google
        )
    }
}
