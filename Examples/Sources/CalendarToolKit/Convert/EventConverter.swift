import CalendarCore
import Foundation

/// Turns a payload of a service into JSON lines of neutral events, one a row and in the order of the rows.
///
/// A row that takes place is `{"event":…}`, one that is gone `{"removed":…}`, an occurrence that does not take place
/// `{"cancelledOccurrence":…}`, one that cannot be read `{"issue":…}`. Keys are sorted; what is absent or empty is left out.
package struct EventConverter {
    private let format: EventFormat
    private let isRoundtrip: Bool

    /// Creates a converter.
    ///
    /// - Parameters:
    ///   - format: The service's format.
    ///   - isRoundtrip: Whether each event also says what it would send back unchanged, which should be nothing.
    package init(_ format: EventFormat, isRoundtrip: Bool = false) {
        self.format = format
        self.isRoundtrip = isRoundtrip
    }

    /// The lines of a payload, without line feeds.
    ///
    /// - Throws: `CalendarError` for input that is no payload at all.
    package func lines(of payload: Data) throws -> [String] {
        try format.read(payload).map { String(decoding: try NeutralJSON.encode(line($0)), as: UTF8.self) }
    }

    private func line(_ change: RemoteChange) throws -> ConversionLine {
        switch change {
        case .upserted(let event): .event(NeutralEvent(event), patch: isRoundtrip ? try patch(unchanged: event) : nil)
        case .removed(let id, _): .removed(.init(id: id.rawValue))
        case .occurrenceCancelled(let key, let id, let etag):
            .cancelledOccurrence(
                .init(
                    id: id.rawValue,
                    etag: etag,
                    series: key.series.rawValue,
                    originalStart: NeutralTime(key.originalStart)
                )
            )
        case .occurrences(let listed):
            .occurrences(
                .init(series: listed.series.rawValue, originalStarts: listed.originalStarts.map(NeutralJSON.text))
            )
        case .unreadable(let issue): .issue(issue)
        }
    }

    /// What the event would send after a host stored it and read it back without a change.
    private func patch(unchanged event: RemoteEvent) throws -> JSONTree {
        let stored = try JSONDecoder().decode(EventContent.self, from: JSONEncoder().encode(event.content))
        let update = EventUpdate(
            id: event.id,
            etag: event.etag,
            base: format.canonical(event.content),
            content: stored,
            invitations: .silent
        )
        return try JSONTree(format.patch(update))
    }
}
