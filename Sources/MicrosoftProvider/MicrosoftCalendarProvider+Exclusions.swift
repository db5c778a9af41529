import CalendarCore
import Foundation

/// Excluded dates of series: Graph has no EXDATE, so the occurrences on them are deleted
/// (https://learn.microsoft.com/graph/api/event-delete).
extension MicrosoftCalendarProvider {
    /// Deletes the occurrences that a new series leaves out, and reads it again.
    ///
    /// - Throws: What the service says; the outcome is unknown then, so that the series is looked for before anything is
    ///   sent again.
    func finish(
        _ event: RemoteEvent,
        excluding readings: [CivilDateTime],
        in calendar: CalendarID,
        session: ProviderSession
    ) async throws -> RemoteEvent {
        let starts = readings.map { reading in
            event.content.start.zone.map { EventTime.zoned(reading, $0) } ?? .day(reading.date)
        }
        do {
            let left = try await listed(starts, of: event.id, session: session)
            try await leaveOut(left, of: event.id, session: session)
            return try await self.event(event.id, in: calendar, session: session)
        } catch var error as CalendarError {
            error.isOutcomeUnknown = true
            throw error
        }
    }

    /// The excluded starts of a content that its series may still have.
    ///
    /// A change of times or of the rule brings deleted occurrences back.
    func exclusions(
        missingFor update: EventUpdate,
        _ fields: [EventField],
        session: ProviderSession
    ) async throws -> [EventTime] {
        let wanted = update.content.excludedStarts
        guard !fields.contains(.time), !fields.contains(.recurrence) else { return wanted }
        let settled = Set(update.base.excludedStarts)
        return try await listed(wanted.filter { !settled.contains($0) }, of: update.id, session: session)
    }

    /// Deletes the occurrences with some original starts; those that are gone already are left alone.
    func leaveOut(_ starts: [EventTime], of series: RemoteEventID, session: ProviderSession) async throws {
        for start in starts {
            let middle = start.date(floatingIn: configuration.allDayZone)
            let window = try SyncWindow(
                start: middle.addingTimeInterval(-86_400),
                end: middle.addingTimeInterval(86_400)
            )
            let found = try await occurrences(of: series, during: window, session: session).first { event in
                guard case .exception(let key) = event.role else { return false }
                return Self.isSameStart(key.originalStart, start)
            }
            guard let found else { continue }
            let call = GraphCall(session: session, identifier: found.id.rawValue)
            do {
                _ = try await call.send(try requests.delete(found.id, etag: nil), .write)
            } catch let error as CalendarError where error.code == .notFound {
                continue
            }
        }
    }

    /// The starts among some that a series does not name as deleted; an answer without names leaves all of them.
    private func listed(
        _ starts: [EventTime],
        of series: RemoteEventID,
        session: ProviderSession
    ) async throws -> [EventTime] {
        guard !starts.isEmpty else { return [] }
        let call = GraphCall(session: session, identifier: series.rawValue)
        let request = try requests.deletedOccurrences(of: series)
        let response = try await call.send(request)
        let names = try call.reading(request.operation) {
            try GraphPage.root(response.body)["cancelledOccurrences"]?.elements.compactMap(\.string) ?? []
        }
        // A name is `OID.<id of the master>.<day>`, and the id may hold dots itself.
        let days = Set(names.compactMap { CivilDate(String($0.suffix(10))) })
        return starts.filter { !days.contains($0.civilDate) }
    }
}

extension EventContent {
    /// The starts that the series leaves out, each once and in their order.
    var excludedStarts: [EventTime] {
        var starts: [EventTime] = []
        for exclusion in recurrence?.exclusions ?? [] {
            let time = exclusion.time(like: start)
            if !starts.contains(time) { starts.append(time) }
        }
        return starts.sorted { $0.date(floatingIn: .utc) < $1.date(floatingIn: .utc) }
    }
}
