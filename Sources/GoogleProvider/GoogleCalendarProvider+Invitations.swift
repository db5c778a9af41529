public import CalendarCore
import Foundation

extension GoogleCalendarProvider {
    /// Answers an invitation with the account's own entry alone; an answer that stands already is not sent again.
    ///
    /// The event is read first, because the service would take an account that is not invited for a new guest. Costs a
    /// read and a write.
    ///
    /// - Throws: `CalendarError.rejected` when the account is not invited, `conflict` when the event changed since its
    ///   etag, `notFound` when it is gone.
    public func respond(
        _ response: InvitationResponse,
        in calendar: CalendarID,
        session: ProviderSession
    ) async throws -> RemoteEvent {
        var event = try await event(response.event, in: calendar, session: session)
        for _ in 0..<Self.answerRounds {
            var own = try ownEntry(of: event, session: session)
            if stands(response, own) { return event }
            own.response = response.answer
            own.comment = response.comment
            let request = try EventResponseRequest(
                calendar: calendar,
                event: response.event,
                etag: response.etag ?? event.etag,
                attendee: own,
                invitations: response.invitations
            ).request(root: configuration.root)
            do {
                let document = try await document(answering: request, session: session, event: response.event)
                return try read(document, answering: request, event: response.event)
            } catch let error as CalendarError where error.code == .conflict {
                // A repetition of a write that landed is refused too, and without an etag any version will do.
                event = try await self.event(response.event, in: calendar, session: session)
                if stands(response, try ownEntry(of: event, session: session)) { return event }
                if response.etag != nil { throw error }
            }
        }
        throw CalendarError(
            .conflict,
            "The event kept changing while it was answered.",
            provider: .google,
            operation: "events.patch",
            identifier: response.event.rawValue
        )
    }

    /// How often an answer to whatever is there is tried.
    private static var answerRounds: Int { 3 }

    private func stands(_ response: InvitationResponse, _ own: Attendee) -> Bool {
        own.response == response.answer && (response.comment == nil || own.comment == response.comment)
    }

    /// The entry of the calendar's owner, else that of the account: on a secondary calendar no entry is `self`.
    private func ownEntry(of event: RemoteEvent, session: ProviderSession) throws -> Attendee {
        let account = EventPerson(session.accountAddress)
        let attendees = event.content.attendees
        guard
            let own = attendees.first(where: \.isSelf)
                ?? attendees.first(where: { $0.person.isSamePerson(as: account) })
        else {
            throw CalendarError(
                .rejected,
                "The account is not invited to this event.",
                field: EventField.attendees.rawValue,
                provider: .google,
                operation: "events.patch",
                identifier: event.id.rawValue
            )
        }
        return own
    }
}
