public import CalendarCore
import Foundation

extension GoogleCalendarProvider {
    /// Creates an event whose id is the key, or finds the one an earlier call with the same key created.
    ///
    /// The id of a deleted event stays taken at Google, so a key whose event was deleted since is `duplicate`. Where the
    /// calendar takes no conference the event is created without, and its conference reads as failed.
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
        do {
            return try await insert(creation, in: calendar, session: session)
        } catch let error as CalendarError where error.code == .duplicate {
            guard let earlier = try await createdEvent(for: creation.key, in: calendar, session: session) else {
                throw error
            }
            return earlier
        }
    }

    /// Inserts an event; where the service makes no conference for this calendar, without one.
    private func insert(
        _ creation: EventCreation,
        in calendar: CalendarID,
        session: ProviderSession
    ) async throws -> RemoteEvent {
        let request = try EventInsertRequest(calendar: calendar, creation: creation, markers: configuration.markers)
            .request(root: configuration.root)
        let id = RemoteEventID(creation.key.rawValue)
        do {
            let document = try await document(answering: request, session: session, event: id)
            return try read(document, answering: request, event: id)
        } catch let error as CalendarError where mayRefuseConference(error, of: creation.content) {
            var content = creation.content
            content.conference = nil
            let plain = EventCreation(key: creation.key, content: content, invitations: creation.invitations)
            return refusedConference(of: creation.content, in: try await insert(plain, in: calendar, session: session))
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
    /// A refused version is looked at once more: where the event already says what was wanted, an earlier attempt of the
    /// same change landed. A conference that the calendar does not take is left out and reads as failed.
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
        return try await patch(update, changed, in: calendar, session: session)
    }

    /// Patches an event; where the service makes no conference for this calendar, all fields but that one.
    private func patch(
        _ update: EventUpdate,
        _ changed: Set<EventField>,
        in calendar: CalendarID,
        session: ProviderSession
    ) async throws -> RemoteEvent {
        guard !changed.isEmpty else { return try await event(update.id, in: calendar, session: session) }
        let request = try EventPatchRequest(
            calendar: calendar,
            update: update,
            changed: changed,
            markers: configuration.markers
        ).request(root: configuration.root)
        do {
            let document = try await document(answering: request, session: session, event: update.id)
            return try read(document, answering: request, event: update.id)
        } catch let error as CalendarError where error.code == .conflict {
            // A repetition of a patch that landed, whose reply was lost on the way, is refused for its own change.
            let current = try await event(update.id, in: calendar, session: session)
            guard says(current, update.content, in: changed) else { throw error }
            return current
        } catch let error as CalendarError
            where changed.contains(.conference) && mayRefuseConference(error, of: update.content)
        {
            let others = changed.subtracting([.conference])
            let event = try await patch(update, others, in: calendar, session: session)
            return refusedConference(of: update.content, in: event)
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

    /// Whether an event already says what was wanted in some fields; a conference counts by being there.
    private func says(_ event: RemoteEvent, _ content: EventContent, in fields: Set<EventField>) -> Bool {
        var wanted = canonical(content)
        let found = canonical(event.content)
        if wanted.conference != nil, found.conference != nil { wanted.conference = found.conference }
        return wanted.changedFields(from: found).isDisjoint(with: fields)
    }

    /// Whether a refusal may be about the conference: for a type the calendar does not allow the service answers
    /// `invalid` and names the field in the message alone, which is never read.
    private func mayRefuseConference(_ error: CalendarError, of content: EventContent) -> Bool {
        error.code == .rejected && error.reason == "invalid" && canonical(content).conference != nil
    }

    /// The event with a conference that could not be made.
    private func refusedConference(of content: EventContent, in event: RemoteEvent) -> RemoteEvent {
        var event = event
        if event.content.conference == nil {
            event.content.conference = EventConference(
                solution: canonical(content).conference?.solution,
                joinURL: nil,
                state: .failed
            )
        }
        return event
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
