public import CalendarCore

extension MicrosoftCalendarProvider {
    /// Deletes an event; succeeds when it is gone already.
    ///
    /// A silent deletion first looks whether it would mail anybody, and one with a comment whether anybody would read it:
    /// one request more. A guest's copy goes without an answer; decline it with ``respond(_:in:session:)`` to give one.
    ///
    /// - Throws: `CalendarError.conflict` when the event changed since its etag, `unsupported` when a silent deletion
    ///   would mail guests; nothing is deleted then.
    public func delete(_ deletion: EventDeletion, in calendar: CalendarID, session: ProviderSession) async throws {
        let call = GraphCall(session: session, identifier: deletion.id.rawValue)
        do {
            if deletion.invitations == .silent {
                let event = try await guests(of: deletion, call)
                guard !event.areTold else { throw MailRule.refusal }
            } else if let comment = deletion.comment {
                let event = try await guests(of: deletion, call)
                if event.areTold { return try await cancel(deletion, comment, version: event.etag, call) }
            }
            _ = try await call.send(try requests.delete(deletion.id, etag: deletion.etag), .write)
        } catch let error as CalendarError where error.code == .notFound {
            return
        }
    }

    /// Whether deleting an event mails its guests, and its version.
    private func guests(of deletion: EventDeletion, _ call: GraphCall) async throws -> (areTold: Bool, etag: String?) {
        let request = try requests.guests(of: deletion.id)
        let response = try await call.send(request)
        return try call.reading(request.operation) {
            let event = try GraphPage.root(response.body)
            return (MailRule.mails(deleting: event), EventVersion.etag(of: event))
        }
    }

    /// Cancels a meeting with a word to its guests; Graph takes no etag for that, so it is compared before.
    private func cancel(
        _ deletion: EventDeletion,
        _ comment: String,
        version: String?,
        _ call: GraphCall
    ) async throws {
        let request = try requests.cancel(deletion.id, comment: comment)
        guard deletion.etag == nil || deletion.etag == version else {
            throw CalendarError(.conflict, "The event changed since it was last read.")
                .adding(provider: .microsoft, operation: request.operation, identifier: call.identifier)
        }
        do {
            _ = try await call.send(request, .write)
        } catch let error as CalendarError where error.isOutcomeUnknown {
            // A second cancellation could mail twice; an event that is gone was cancelled, and ends as not found.
            _ = try await guests(of: deletion, call)
            throw error
        }
    }
}
