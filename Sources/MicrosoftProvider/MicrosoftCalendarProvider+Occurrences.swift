public import CalendarCore
import Foundation

extension MicrosoftCalendarProvider {
    /// The occurrences of a series that touch a window, ascending by start; cancelled ones are left out.
    ///
    /// Costs one request for each page of ``Configuration/pageSize`` occurrences. Without an end the window is a year.
    ///
    /// - Throws: `CalendarError.notFound` when there is no such series, `invalidArgument` for a window of 1,825 days or
    ///   more.
    public func instances(
        of series: RemoteEventID,
        in calendar: CalendarID,
        during window: SyncWindow,
        session: ProviderSession
    ) async throws -> [RemoteEvent] {
        let window = try window.boundedForGraph()
        let found = try await occurrences(of: series, during: window, session: session).compactMap { event in
            let start = event.content.start.date(floatingIn: configuration.allDayZone)
            let end = event.content.end.date(floatingIn: configuration.allDayZone)
            // Graph also lists what lasts no time where the window starts.
            return window.overlaps(start: start, end: end) ? (start: start, event: event) : nil
        }
        return found.sorted { ($0.start, $0.event.id) < ($1.start, $1.event.id) }.map(\.event)
    }

    /// One occurrence of a series as it is now, looked for around its original start.
    ///
    /// Graph cannot ask for an original start, and an occurrence may have moved as far as its neighbours; so the search
    /// widens from days to a month to a year on each side, one listing each.
    ///
    /// - Throws: `CalendarError.notFound` when it does not take place or the rule never gave it.
    public func occurrence(
        _ key: OccurrenceKey,
        in calendar: CalendarID,
        session: ProviderSession
    ) async throws -> RemoteEvent {
        let start = key.originalStart.date(floatingIn: configuration.allDayZone)
        for days in [2.0, 32, 366] {
            let window = try SyncWindow(
                start: start.addingTimeInterval(-days * 86_400),
                end: start.addingTimeInterval(days * 86_400)
            )
            let found = try await occurrences(of: key.series, during: window, session: session).first { event in
                guard case .exception(let other) = event.role else { return false }
                return Self.isSameStart(other.originalStart, key.originalStart)
            }
            if let found { return found }
        }
        throw CalendarError(
            .notFound,
            "The series has no occurrence with this original start.",
            provider: .microsoft,
            operation: "events.instances",
            identifier: key.series.rawValue
        )
    }

    /// Every occurrence that the service lists and that takes place, in the service's order.
    func occurrences(
        of series: RemoteEventID,
        during window: SyncWindow,
        session: ProviderSession
    ) async throws -> [RemoteEvent] {
        let call = GraphCall(session: session, identifier: series.rawValue)
        var events: [RemoteEvent] = []
        try await eachPage(from: try requests.instances(of: series, during: window), call) { page in
            for item in page.items {
                let event = try mapping.read(item, account: session.accountAddress)
                guard case .exception(let key) = event.role, key.series == series else { continue }
                if event.content.status != .cancelled { events.append(event) }
            }
            return true
        }
        return events
    }

    /// Whether two starts name the same occurrence: by instant whatever the zone, else by day.
    ///
    /// Series of Graph recur daily at most, so the day is enough where an occurrence became all-day or stopped being so.
    static func isSameStart(_ left: EventTime, _ right: EventTime) -> Bool {
        switch (left, right) {
        case (.zoned(let left), .zoned(let right)): left.date == right.date
        default: left.civilDate == right.civilDate
        }
    }
}
