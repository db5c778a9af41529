public import CalendarCore

extension GoogleCalendarProvider {
    /// When the named calendars are busy; each subject of the query has an answer, at worst `unknown`.
    ///
    /// Costs one request for each 31 days and 50 subjects. A subject that fails for a part of the time is unknown for
    /// the whole, so that no gap reads as free (requirement R-37).
    public func freeBusy(_ query: FreeBusyQuery, session: ProviderSession) async throws -> [String: BusyTime] {
        var collected = BusyCollection(start: query.start, end: query.end)
        for part in FreeBusyRequest.parts(of: query) { try await ask(part, &collected, session: session) }
        return collected.bySubject
    }

    /// Asks one part, in halves where the service finds its span too long: its limit is not documented.
    private func ask(
        _ part: FreeBusyRequest,
        _ collected: inout BusyCollection,
        session: ProviderSession
    ) async throws {
        do {
            let request = try part.request(root: configuration.root)
            let answer = FreeBusyAnswer(try await document(answering: request, session: session))
            for subject in part.subjects { collected.add(answer.busyTime(of: subject), for: subject) }
        } catch let error as CalendarError where error.reason == "timeRangeTooLong" {
            let halves = part.halves
            guard !halves.isEmpty else { throw error }
            for half in halves { try await ask(half, &collected, session: session) }
        }
    }
}
