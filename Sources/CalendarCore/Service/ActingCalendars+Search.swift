import Foundation

extension ActingCalendars {
    /// The stored events and occurrences that a search finds, page by page (requirement M-45).
    ///
    /// The span is read piece by piece until the page is full, so a page costs what lies before its end and not what the
    /// whole span holds.
    ///
    /// - Parameters:
    ///   - search: What is looked for.
    ///   - position: Where the page begins: ``AgendaPage/next`` of the page before; nil for the first page.
    ///   - limit: How many entries at most; at least 1.
    /// - Returns: The entries by start, all-day ones first.
    /// - Throws: `invalidArgument` for a reversed span or a limit below 1, `permissionDenied`.
    public func events(
        matching search: EventSearch,
        after position: AgendaPosition? = nil,
        limit: Int = 50
    ) async throws -> AgendaPage {
        guard limit > 0 else { throw CalendarError.invalidArgument("limit", "A page holds at least one entry.") }
        var query = try await recordQuery(from: search.start, to: search.end, of: search.connection)
        var found: [AgendaEntry] = []
        var start = max(search.start, position?.start ?? search.start)
        var length = Self.firstPiece
        while start < search.end, found.count <= limit {
            let end = min(search.end, start.addingTimeInterval(length))
            (query.start, query.end) = (start, end)
            let records = try await service.storage.events.records(query)
            found += Agenda.entries(of: records, from: start, to: end, in: search.zone).filter { entry in
                // What began in an earlier piece was found there.
                (entry.start >= start || start == search.start) && search.matches(entry)
                    && position.map { $0 < AgendaPosition(behind: entry) } ?? true
            }
            start = end
            length *= 2
        }
        let page = found.prefix(limit)
        let isLast = found.count <= limit
        return AgendaPage(entries: Array(page), next: isLast ? nil : page.last.map { AgendaPosition(behind: $0) })
    }

    /// The seconds of the first piece that is read of a span; each further one is twice as long.
    private static var firstPiece: Double { 14 * 86_400 }
}
