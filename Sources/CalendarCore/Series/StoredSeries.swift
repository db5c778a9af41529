import Foundation

/// A series as the host has stored it, with what its edits are decided on.
package struct StoredSeries {
    /// The record of the series.
    package let record: EventRecord
    /// The records of the occurrences that differ or are cancelled, by original start.
    package let exceptions: [EventRecord]
    /// The calendar it is written to.
    package let calendar: CalendarKey
    /// The link through which it is written; nil before the service has it.
    package let link: EventLink?
    /// The links of its exceptions in the same calendar.
    package let exceptionLinks: [EventLink]
    /// What is still to be sent of the series and its exceptions, oldest first.
    package let pending: [OutboxOperation]

    /// Takes a series out of a snapshot that holds it.
    ///
    /// - Parameters:
    ///   - record: The record of the series.
    ///   - calendar: The calendar it is written to.
    ///   - snapshot: A snapshot that names the series' event, or its record where there is no event yet.
    ///   - operations: What is still to be sent to the calendar.
    package init(
        _ record: EventRecord,
        in calendar: CalendarKey,
        _ snapshot: CalendarSnapshot,
        operations: [OutboxOperation]
    ) {
        self.record = record
        self.calendar = calendar
        exceptions = snapshot.records.values.filter { $0.series == record.id }
            .sorted { ($0.originalInstant, $0.id) < ($1.originalInstant, $1.id) }
        let links = snapshot.links.values.sorted { $0.event < $1.event }
        let own = links.first { $0.record == record.id && $0.role == .master }
        link = own
        exceptionLinks = links.filter { $0.series != nil && $0.series == own?.event }
        let concerned = Set(exceptions.map(\.id) + [record.id])
        pending = operations.filter { $0.isPending && !$0.concerned.isDisjoint(with: concerned) }
    }

    /// The exception that stands for an occurrence; nil where it says what its series says.
    package func exception(at originalStart: EventTime) -> EventRecord? {
        let instant = originalStart.date(floatingIn: .utc)
        return exceptions.first { $0.originalInstant == instant }
    }

    /// The link of an exception; nil while the service has none.
    package func link(of exception: EventRecord) -> EventLink? {
        exceptionLinks.first { $0.record == exception.id && $0.base != nil }
    }

    /// An original start on the clock of the series.
    ///
    /// - Throws: `CalendarError` when the record is no series.
    func inOwnZone(_ originalStart: EventTime) throws -> EventTime {
        try PlannedSeries(record.content).inOwnZone(originalStart)
    }

    /// The exceptions that follow an edit of the series.
    ///
    /// Unsent edits of them stay as they are: they are sent before this one, to a series that does not say it yet.
    ///
    /// - Parameters:
    ///   - before: What the series said.
    ///   - after: What it says now.
    ///   - now: The instant of the edit.
    /// - Returns: Those that are different now.
    func inheriting(from before: EventContent, to after: EventContent, at now: Date) -> [EventRecord] {
        SeriesInheritance(from: before, to: after).applied(to: exceptions, pending, at: now).records
    }

    /// What an edit starts from: the occurrence, with the rule of its series where the edit reaches beyond it.
    package func content(at originalStart: EventTime, for scope: SeriesScope) throws -> EventContent {
        let series = try PlannedSeries(record.content)
        var content = exception(at: originalStart)?.content ?? series.occurrence(at: series.inOwnZone(originalStart))
        if scope != .this { content.recurrence = record.content.recurrence }
        return content
    }
}

extension StoredSeries {
    /// The series as the host shows it.
    package func localState() -> SeriesState {
        let id = link?.event ?? RemoteEventID(record.id.rawValue)
        var changed: [RemoteEvent] = []
        var cancelled: [EventTime] = []
        for exception in exceptions {
            guard case .exception(_, let originalStart) = exception.role else { continue }
            if exception.content.status == .cancelled {
                cancelled.append(originalStart)
                continue
            }
            let key = OccurrenceKey(series: id, originalStart: originalStart)
            changed.append(
                RemoteEvent(
                    id: RemoteEventID(exception.id.rawValue),
                    etag: nil,
                    iCalUID: nil,
                    role: .exception(key),
                    content: exception.content,
                    isOrganizer: true
                )
            )
        }
        return SeriesState(
            master: Self.master(id, record.content),
            exceptions: changed,
            cancelled: cancelled + unlisted
        )
    }

    /// The series as the service had it when it was last read, without what did not take place when an edit was made.
    ///
    /// - Parameter intent: The edit.
    /// - Returns: The state; nil before the service has the series.
    package func agreedState(for intent: SeriesIntent) -> SeriesState? {
        guard let link, let base = link.base else { return nil }
        var changed: [RemoteEvent] = []
        var cancelled: [EventTime] = []
        for exception in exceptionLinks {
            guard case .exception(let key) = exception.role, let content = exception.base else { continue }
            if content.status == .cancelled {
                cancelled.append(key.originalStart)
            } else {
                changed.append(
                    RemoteEvent(
                        id: exception.event,
                        etag: exception.etag,
                        iCalUID: nil,
                        role: exception.role,
                        content: content,
                        isOrganizer: exception.isOrganizer
                    )
                )
            }
        }
        let changedStarts = changed.compactMap(\.originalInstant)
        cancelled += intent.cancelled.filter { start in
            let instant = start.date(floatingIn: .utc)
            return !changedStarts.contains(instant) && !cancelled.contains { $0.date(floatingIn: .utc) == instant }
        }
        return SeriesState(master: Self.master(link.event, base), exceptions: changed, cancelled: cancelled)
    }

    /// The original starts that the rule gives and the service did not list: it names no cancelled ones.
    private var unlisted: [EventTime] {
        guard let listed = record.listedOccurrences else { return [] }
        let present = listed.originalStarts + exceptions.map(\.originalInstant)
        return record.content.starts(in: listed.window, besides: present)
    }

    private static func master(_ id: RemoteEventID, _ content: EventContent) -> RemoteEvent {
        RemoteEvent(id: id, etag: nil, iCalUID: nil, role: .master, content: content, isOrganizer: true)
    }
}

extension EventRecord {
    /// The original start of an exception as an instant, days as their midnight in UTC; the distant past for others.
    var originalInstant: Date {
        guard case .exception(_, let originalStart) = role else { return .distantPast }
        return originalStart.date(floatingIn: .utc)
    }
}

extension RemoteEvent {
    /// The original start of an exception as an instant, days as their midnight in UTC; nil for others.
    var originalInstant: Date? {
        guard case .exception(let key) = role else { return nil }
        return key.originalStart.date(floatingIn: .utc)
    }
}

extension EventContent {
    /// The original starts that a series gives within a window whose listing has only some.
    ///
    /// - Parameters:
    ///   - window: What was listed.
    ///   - present: The instants that the listing has.
    /// - Returns: The starts that are missing, without those in a day of the window's bounds: an all-day event there may
    ///   have been listed or not.
    func starts(in window: SyncWindow, besides present: [Date]) -> [EventTime] {
        let first = window.start.addingTimeInterval(86_400)
        guard let recurrence, recurrence.problem == nil, let end = window.end else { return [] }
        let last = end.addingTimeInterval(-86_400)
        guard first < last else { return [] }
        let present = Set(present)
        return RecurrenceSet(recurrence, start: start).occurrences(in: first..<last, floatingIn: .utc)
            .filter { !present.contains($0.date(floatingIn: .utc)) }
    }
}
