import CalendarCore
import Foundation

/// The starts listed on one page, by series in the order they appeared.
struct OccurrenceSets {
    private var order: [String] = []
    private var starts: [String: Set<Date>] = [:]
    /// Series whose listing is complete: the master came along, or plain occurrences did.
    private var complete: Set<String> = []
    /// Series whose master came along.
    private var masters: Set<String> = []
    /// Series with an unreadable part, whose set would wrongly cancel it.
    private var discarded: Set<String> = []

    mutating func insert(_ start: Date, series: String, isSparse: Bool) {
        if starts[series] == nil { order.append(series) }
        starts[series, default: []].insert(start)
        if isSparse { complete.insert(series) }
    }

    /// A master is always followed by all its occurrences within the window, so none means none.
    ///
    /// One that comes again on the page begins anew: the last mention wins.
    mutating func noteMaster(_ series: String) {
        if masters.insert(series).inserted {
            insertNone(series)
        } else {
            starts[series] = []
        }
    }

    /// What is removed, a series or not, has no occurrence within the window.
    mutating func noteRemoval(_ id: String) {
        insertNone(id)
        starts[id] = []
    }

    private mutating func insertNone(_ series: String) {
        if starts[series] == nil {
            order.append(series)
            starts[series] = []
        }
        complete.insert(series)
    }

    mutating func discard(_ series: String?) {
        if let series { discarded.insert(series) }
    }

    func changes(window: SyncWindow) -> [RemoteChange] {
        sets { _ in window }
    }

    /// The sets of rows that come without a window: each reaches from its first start to its last.
    func changes() -> [RemoteChange] {
        sets { starts in
            guard let first = starts.first, let last = starts.last else { return nil }
            return try? SyncWindow(start: first, end: last.addingTimeInterval(1))
        }
    }

    private func sets(_ window: ([Date]) -> SyncWindow?) -> [RemoteChange] {
        order.filter { complete.contains($0) && !discarded.contains($0) }.compactMap { series in
            let starts = (starts[series] ?? []).sorted()
            return window(starts).map {
                .occurrences(SeriesOccurrences(series: RemoteEventID(series), window: $0, originalStarts: starts))
            }
        }
    }
}
