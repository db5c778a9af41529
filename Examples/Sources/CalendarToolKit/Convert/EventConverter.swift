import CalendarCore
import Foundation

/// Turns a payload of a service into JSON lines, one a row and in the order of the rows.
///
/// A row that takes place is `{"event":…}`, or `{"conversion":…}` where another service is to be told; one that is gone
/// is `{"removed":…}`, an occurrence that does not take place `{"cancelledOccurrence":…}`, one that cannot be read
/// `{"issue":…}`. Keys are sorted; what is absent or empty is left out.
package struct EventConverter {
    private let format: EventFormat
    private let target: EventFormat?
    private let isRoundtrip: Bool

    /// Creates a converter.
    ///
    /// - Parameters:
    ///   - format: The service's format.
    ///   - target: The format of the service to be told, when each event shall say what that one would be sent.
    ///   - isRoundtrip: Whether each event also says what it would send back unchanged, which should be nothing.
    package init(_ format: EventFormat, to target: EventFormat? = nil, isRoundtrip: Bool = false) {
        self.format = format
        self.target = target
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
        case .upserted(let event) where target != nil: .conversion(try conversion(of: event))
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
        var base = format.canonical(event.content)
        // Not every service's feed tells the host's marks, so they are no part of what is compared.
        base.hostTags = event.content.hostTags
        let update = EventUpdate(
            id: event.id,
            etag: event.etag,
            base: base,
            content: stored,
            invitations: .silent
        )
        return try JSONTree(format.patch(update))
    }

    /// What the other service would be sent to create the event there, or why it would not.
    private func conversion(of event: RemoteEvent) throws -> ConversionLine.Conversion {
        guard let target else { return .init(id: event.id.rawValue, losses: []) }
        var conversion = ConversionLine.Conversion(id: event.id.rawValue, losses: target.losses(event.content))
        // The same event gets the same key each time, in characters that every service takes.
        let digits = event.id.rawValue.utf8.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }
        let key = OperationID("event" + digits.joined())
        let creation = EventCreation(key: key, content: event.content, invitations: .notifyGuests)
        do {
            conversion.payload = try JSONTree(target.payload(creation))
        } catch let error as CalendarError {
            conversion.refusal = .init(code: error.code.rawValue, field: error.field, message: error.message)
        }
        return conversion
    }
}
