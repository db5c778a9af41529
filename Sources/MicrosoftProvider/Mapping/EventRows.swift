import CalendarCore
import Foundation

/// Graph's JSON outside a feed: one event, a listing, or the body of a request, which has no id yet.
struct EventRows {
    let mapping: EventMapping

    /// What each row says, in the order of the rows; what is no event is `unreadable`.
    ///
    /// A master that names its cancelled occurrences and carries its exceptions is followed by them
    /// (https://learn.microsoft.com/graph/api/event-get). Sparse occurrences become one set a series, after the rows.
    func changes(_ root: JSONValue) -> [RemoteChange] {
        var changes: [RemoteChange] = []
        var occurrences = OccurrenceSets()
        let list = root.kind == .array ? root : root["value"]
        if let list, list.kind == .array {
            for row in list.elements { read(row, into: &changes, &occurrences) }
        } else {
            read(root, into: &changes, &occurrences)
        }
        return changes + occurrences.changes()
    }

    private func read(_ row: JSONValue, into changes: inout [RemoteChange], _ occurrences: inout OccurrenceSets) {
        do throws(UnreadableField) {
            if row["@removed"] != nil {
                guard let id = row["id"]?.string else { throw UnreadableField(name: "id") }
                changes.append(.removed(RemoteEventID(id), isCertain: false))
            } else if let series = Self.series(ofSparse: row) {
                occurrences.insert(try OccurrenceMapping.start(of: row), series: series, isSparse: true)
            } else {
                let event = try mapping.read(row, account: "", isAnswer: false)
                changes.append(.upserted(event))
                if let exceptions = row["exceptionOccurrences"] {
                    for exception in exceptions.elements { read(exception, into: &changes, &occurrences) }
                }
                changes += cancelled(row, of: event)
            }
        } catch {
            changes.append(.unreadable(SyncIssue(row, error)))
        }
    }

    /// The series of an occurrence that says only when it is, as the view's feed lists them.
    private static func series(ofSparse row: JSONValue) -> String? {
        guard row["type"]?.string?.lowercased() == "occurrence", row["subject"] == nil else { return nil }
        return row["seriesMasterId"]?.string
    }

    /// The occurrences a master names as deleted, `OID.<id of the master>.<day>`; the id may hold dots itself.
    private func cancelled(_ row: JSONValue, of master: RemoteEvent) -> [RemoteChange] {
        (row["cancelledOccurrences"]?.elements.compactMap(\.string) ?? []).compactMap { text in
            guard let day = CivilDate(String(text.suffix(10))) else { return nil }
            let start: EventTime =
                switch master.content.start {
                case .day: .day(day)
                case .zoned(let time):
                    .zoned(time.civil.adding(days: day.daysSinceEpoch - time.civil.date.daysSinceEpoch), time.zone)
                }
            let key = OccurrenceKey(series: master.id, originalStart: start)
            return .occurrenceCancelled(key, id: RemoteEventID(text), etag: nil)
        }
    }
}
