public import CalendarCore
import Foundation

extension GoogleCalendarProvider {
    /// Moves an event into another calendar of the account; succeeds when it is there already.
    ///
    /// Occurrences cannot move, nor can events of a special kind. When the outcome is not known, the destination is read
    /// before anything is said.
    ///
    /// - Throws: `CalendarError.rejected` when the event cannot move, `conflict` when it changed since its etag,
    ///   `notFound` when it is in neither calendar.
    public func move(_ move: EventMove, from calendar: CalendarID, session: ProviderSession) async throws -> RemoteEvent
    {
        guard move.destination != calendar else {
            return try await event(move.event, in: calendar, session: session)
        }
        let request = try EventMoveRequest(calendar: calendar, move: move).request(root: configuration.root)
        do {
            let response = try await answer(to: request, session: session, event: move.event)
            // The answer to a move that succeeded can say `cancelled`, which is the view of the old calendar.
            if let document = try? JSONDocument(response.body), document.root["status"]?.string != "cancelled",
                let moved = try? read(document, answering: request, event: move.event)
            {
                return moved
            }
        } catch let error as CalendarError where mayHaveMoved(error) {
            guard let moved = try await arrived(move, session: session) else { throw error }
            return moved
        }
        guard let moved = try await arrived(move, session: session) else {
            throw CalendarError(
                .unavailable,
                "The event was moved, and its new calendar does not show it yet.",
                provider: .google,
                operation: request.operation,
                identifier: move.event.rawValue,
                isOutcomeUnknown: true
            )
        }
        return moved
    }

    /// The event at the destination, when that calendar called it: a guest's copy there is not the moved event.
    private func arrived(_ move: EventMove, session: ProviderSession) async throws -> RemoteEvent? {
        do {
            let event = try await event(move.event, in: move.destination, session: session)
            return event.isOrganizer ? event : nil
        } catch let error as CalendarError where error.code == .notFound {
            return nil
        }
    }

    /// Whether a failure may be the echo of an earlier attempt that succeeded.
    ///
    /// The old calendar keeps the remains of a moved event: what it says to a second move is not documented.
    private func mayHaveMoved(_ error: CalendarError) -> Bool {
        error.isOutcomeUnknown || [.notFound, .conflict, .forbidden, .duplicate].contains(error.code)
    }
}
