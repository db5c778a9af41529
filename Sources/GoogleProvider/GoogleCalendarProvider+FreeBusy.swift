public import CalendarCore

extension GoogleCalendarProvider {
    /// When the named calendars are busy; each subject of the query has an answer, at worst `unknown`.
    ///
    /// Costs one request for each 31 days and 50 subjects. A subject that fails for a part of the time is unknown for
    /// the whole, so that no gap reads as free (requirement R-37).
    public func freeBusy(_ query: FreeBusyQuery, session: ProviderSession) async throws -> [String: BusyTime] {
        var collected = BusyCollection(start: query.start, end: query.end)
        for part in FreeBusyRequest.parts(of: query) {
            let request = try part.request(root: configuration.root)
            let answer = FreeBusyAnswer(try await document(answering: request, session: session))
            for subject in part.subjects {
                collected.add(answer.busyTime(of: subject), for: subject)
            }
        }
        return collected.bySubject
    }
}
