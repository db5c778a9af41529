public import CalendarCore
import Foundation

extension GoogleCalendarProvider {
    /// The occurrences of a series that touch a window, ascending by start; cancelled ones are left out.
    ///
    /// Costs one request for each 2,500 occurrences. Without an end the service stops at some 730 of them. It also answers
    /// for a deleted event and for one that is no series, with nothing or the event itself, so where nothing is found one
    /// more request tells which it is.
    ///
    /// - Throws: `CalendarError.notFound` when there is no such series.
    public func instances(
        of series: RemoteEventID,
        in calendar: CalendarID,
        during window: SyncWindow,
        session: ProviderSession
    ) async throws -> [RemoteEvent] {
        var found: [(start: Date, event: RemoteEvent)] = []
        try await pages(of: series, in: calendar, .window(window), session: session) { page in
            for event in page.occurrences {
                let start = event.content.start.date(floatingIn: page.zone)
                let end = event.content.end.date(floatingIn: page.zone)
                // The lower bound of this method, unlike that of `events.list`, is inclusive.
                guard window.overlaps(start: start, end: end) else { continue }
                found.append((start, event))
            }
            return true
        }
        if found.isEmpty { try await requireSeries(series, in: calendar, session: session) }
        return found.sorted { ($0.start, $0.event.id) < ($1.start, $1.event.id) }.map(\.event)
    }

    /// One occurrence of a series as it is now, asked for by its original start.
    ///
    /// The id comes from the service: after a split in Google's own app an occurrence's id no longer begins with the id
    /// of its series.
    ///
    /// - Throws: `CalendarError.notFound` when it does not take place or the rule never gave it.
    public func occurrence(
        _ key: OccurrenceKey,
        in calendar: CalendarID,
        session: ProviderSession
    ) async throws -> RemoteEvent {
        var found: RemoteEvent?
        try await pages(of: key.series, in: calendar, .originalStart(key.originalStart), session: session) { page in
            found = page.occurrences.first { event in
                guard case .exception(let other) = event.role else { return false }
                return Self.isSameStart(other.originalStart, key.originalStart)
            }
            return found == nil
        }
        guard let found else {
            throw CalendarError(
                .notFound,
                "The series has no occurrence with this original start.",
                provider: .google,
                operation: "events.instances",
                identifier: key.series.rawValue
            )
        }
        return found
    }

    private func requireSeries(
        _ id: RemoteEventID,
        in calendar: CalendarID,
        session: ProviderSession
    ) async throws {
        guard try await event(id, in: calendar, session: session).role != .master else { return }
        throw CalendarError(
            .notFound,
            "The event is no series.",
            provider: .google,
            operation: "events.instances",
            identifier: id.rawValue
        )
    }

    /// Reads pages until there are no more or the function has seen enough; an empty page may still not be the last.
    private func pages(
        of series: RemoteEventID,
        in calendar: CalendarID,
        _ selection: EventInstancesRequest.Selection,
        session: ProviderSession,
        _ wantsMore: (InstancePage) -> Bool
    ) async throws {
        var seen: Set<String> = []
        var pageToken: String?
        repeat {
            let request = try EventInstancesRequest(
                calendar: calendar,
                series: series,
                selection: selection,
                pageToken: pageToken
            ).request(root: configuration.root)
            let document = try await document(answering: request, session: session, event: series)
            let page: InstancePage
            do throws(UnreadableField) {
                page = try InstancePage(document, of: series, markers: configuration.markers)
            } catch {
                throw unreadable(error, operation: request.operation, event: series)
            }
            guard wantsMore(page) else { return }
            pageToken = page.nextPageToken
            if let pageToken, !seen.insert(pageToken).inserted {
                throw invalidResponse("The service repeated a page token.", operation: request.operation)
            }
        } while pageToken != nil
    }

    private func unreadable(_ problem: UnreadableField, operation: String, event: RemoteEventID) -> CalendarError {
        var error = invalidResponse(problem.message, operation: operation)
        error.field = problem.field
        error.identifier = event.rawValue
        return error
    }

    /// Whether two starts name the same occurrence: by day, or by instant whatever the zone.
    private static func isSameStart(_ left: EventTime, _ right: EventTime) -> Bool {
        switch (left, right) {
        case (.day(let left), .day(let right)): left == right
        case (.zoned(let left), .zoned(let right)): left.date == right.date
        default: false
        }
    }
}
