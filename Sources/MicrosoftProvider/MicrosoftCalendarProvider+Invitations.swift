public import CalendarCore

extension MicrosoftCalendarProvider {
    /// Answers an invitation; an answer that stands already is not sent again unless it comes with a word.
    ///
    /// Costs a read, the answer and a read of what became of it. Graph takes no etag for answers, so it is compared with
    /// the version read before. Declining may take the event out of the calendar; what was read before is answered then.
    ///
    /// - Throws: `CalendarError.rejected` when the account called the event itself, `conflict` when the event changed
    ///   since its etag, `notFound` when it is gone.
    public func respond(
        _ response: InvitationResponse,
        in calendar: CalendarID,
        session: ProviderSession
    ) async throws -> RemoteEvent {
        let call = GraphCall(session: session, identifier: response.event.rawValue)
        let before = try await copy(response.event, call)
        let request = try requests.respond(response)
        guard !before.event.isOrganizer else {
            throw CalendarError(
                .rejected,
                "The account called this event itself and is not invited to it.",
                field: EventField.attendees.rawValue
            ).adding(provider: .microsoft, operation: request.operation, identifier: response.event.rawValue)
        }
        if before.answer == response.answer, response.comment == nil { return before.event }
        guard response.etag == nil || response.etag == before.event.etag else {
            throw CalendarError(.conflict, "The event changed since it was last read.")
                .adding(provider: .microsoft, operation: request.operation, identifier: response.event.rawValue)
        }
        do {
            _ = try await call.send(request, .write)
        } catch let error as CalendarError where error.isOutcomeUnknown {
            // Sending it again could mail the organizer twice, so the event has to tell whether the answer arrived.
            guard before.answer != response.answer, let after = try await remaining(response.event, call),
                after.answer == response.answer
            else { throw error }
            return after.event
        }
        if let after = try await remaining(response.event, call) { return after.event }
        return before.event.answered(response.answer)
    }

    /// The calendar's copy of an event with the owner's answer, which is known even without an entry of their own.
    private func copy(_ id: RemoteEventID, _ call: GraphCall) async throws -> (
        event: RemoteEvent, answer: ResponseStatus
    ) {
        let request = try requests.event(id)
        let response = try await call.send(request)
        let event = try read(response, of: request, call)
        let answer = try call.reading(request.operation) {
            AttendeeMapping.ownAnswer(try GraphPage.root(response.body))
        }
        return (event, event.content.attendees.first(where: \.isSelf)?.response ?? answer)
    }

    private func remaining(_ id: RemoteEventID, _ call: GraphCall) async throws -> (
        event: RemoteEvent, answer: ResponseStatus
    )? {
        do {
            return try await copy(id, call)
        } catch let error as CalendarError where error.code == .notFound {
            return nil
        }
    }
}

extension RemoteEvent {
    /// The event with another answer of the calendar's owner.
    fileprivate func answered(_ answer: ResponseStatus) -> RemoteEvent {
        var copy = self
        for index in copy.content.attendees.indices where copy.content.attendees[index].isSelf {
            copy.content.attendees[index].response = answer
        }
        return copy
    }
}
