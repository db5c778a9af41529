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
    ///   when guests would be changed although the service left some out, or a field that this event does not let be
    ///   written: locked events and special kinds keep to their owner's settings. No request is made then.
    public func update(
        _ update: EventUpdate,
        in calendar: CalendarID,
        session: ProviderSession
    ) async throws -> RemoteEvent {
        let changed = try changedFields(of: update)
        guard !changed.isEmpty else { return try await event(update.id, in: calendar, session: session) }
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

    /// The fields that an update has to send.
    ///
    /// - Throws: `CalendarError` naming a field that cannot be written.
    func changedFields(of update: EventUpdate) throws -> Set<EventField> {
        var changed = canonical(update.content).changedFields(from: canonical(update.base))
        if ConferenceMapping.keepsExisting(update) { changed.remove(.conference) }
        if let field = WritabilityMapping.refused(changed, of: update) {
            throw CalendarError(
                .rejected,
                "Google keeps this field of the event, which is locked, of a special kind or shown without details.",
                field: field.rawValue,
                provider: .google,
                operation: "events.patch",
                identifier: update.id.rawValue
            )
        }
        if changed.contains(.time) { try update.content.validate() }
        if changed.contains(.attendees) {
            try refuseIncomplete(update.content)
            try refuseIncomplete(update.base)
        }
        return changed
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
