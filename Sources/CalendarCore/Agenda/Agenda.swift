public import Foundation

/// Computes what takes place in a span of time from stored records; pure.
///
/// Series are expanded here and nowhere else: occurrences are never stored.
public enum Agenda {
    /// The entries that touch a span of time: by start, all-day ones first, then by record.
    ///
    /// Cancelled events and occurrences are left out. A series whose rule cannot be expanded shows the occurrences its
    /// service listed, and nothing else.
    ///
    /// - Parameters:
    ///   - records: The records of a ``RecordQuery`` over the same span.
    ///   - start: The start of the span, inclusive.
    ///   - end: The end of the span, exclusive.
    ///   - zone: The zone in which all-day events are read.
    /// - Returns: The entries in order.
    public static func entries(
        of records: [EventRecord],
        from start: Date,
        to end: Date,
        in zone: EventZone
    ) -> [AgendaEntry] {
        guard start < end else { return [] }
        var replaced: [RecordID: Set<Date>] = [:]
        for record in records {
            if case .exception(let series, let originalStart) = record.role {
                replaced[series, default: []].insert(originalStart.date(floatingIn: zone))
            }
        }
        var entries: [AgendaEntry] = []
        for record in records {
            switch record.role {
            case .single: append(record, occurrence: nil, content: record.content, in: zone, to: &entries)
            case .exception(let series, let originalStart):
                let occurrence = OccurrenceReference(series: series, originalStart: originalStart)
                append(record, occurrence: occurrence, content: record.content, in: zone, to: &entries)
            case .series:
                let series = SeriesReader(record: record, zone: zone)
                for originalStart in series.originalStarts(from: start, to: end)
                where !(replaced[record.id]?.contains(originalStart.date(floatingIn: zone)) ?? false) {
                    let content = series.content(at: originalStart)
                    let occurrence = OccurrenceReference(series: record.id, originalStart: originalStart)
                    append(record, occurrence: occurrence, content: content, in: zone, to: &entries)
                }
            }
        }
        return entries.filter { $0.start < end && $0.end > start }
            .sorted { AgendaPosition(behind: $0) < AgendaPosition(behind: $1) }
    }

    private static func append(
        _ record: EventRecord,
        occurrence: OccurrenceReference?,
        content: EventContent,
        in zone: EventZone,
        to entries: inout [AgendaEntry]
    ) {
        guard content.status != .cancelled else { return }
        entries.append(
            AgendaEntry(
                record: record.id,
                occurrence: occurrence,
                content: content,
                activity: record.activity,
                start: content.start.date(floatingIn: zone),
                end: content.end.date(floatingIn: zone)
            )
        )
    }
}

/// Reads the occurrences of one stored series.
private struct SeriesReader {
    let record: EventRecord
    let zone: EventZone

    private var length: Double {
        record.content.end.date(floatingIn: .utc).timeIntervalSince(record.content.start.date(floatingIn: .utc))
    }

    /// The original starts of occurrences that may touch the span, ascending.
    func originalStarts(from start: Date, to end: Date) -> [EventTime] {
        let window = start.addingTimeInterval(-max(0, length) - 86_400)..<end
        let listed = record.listedOccurrences
        var starts: [EventTime] = []
        if let recurrence = record.content.recurrence, recurrence.problem == nil {
            // Services show a start that its rule does not give; the bare rule leaves it out.
            let set = RecurrenceSet(recurrence, start: record.content.start, unmatchedStart: .counts)
            starts = Array(set.occurrences(in: window, floatingIn: zone))
            if let listed {
                starts.removeAll { listed.window.contains($0.date(floatingIn: .utc)) }
            }
        }
        guard let listed else { return starts }
        let known = listed.originalStarts.filter(window.contains).map(time(of:))
        return (starts + known).sorted { $0.date(floatingIn: zone) < $1.date(floatingIn: zone) }
    }

    func content(at originalStart: EventTime) -> EventContent { record.content.occurrence(at: originalStart) }

    private func time(of listed: Date) -> EventTime {
        switch record.content.start {
        case .day: .day(EventZone.utc.civil(at: listed).date)
        case .zoned(let start): .zoned(ZonedDateTime(listed, in: start.zone))
        }
    }
}
