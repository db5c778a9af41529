import CalendarCore
import Foundation

/// The records of one tenant, by everything they are asked for.
struct StoredRecords {
    private var rows: [RecordID: StoredRow<EventRecord>] = [:]
    private var recordsOfUID = GroupedIDs<String, RecordID>()
    private var exceptionsOfSeries = GroupedIDs<RecordID, RecordID>()
    private var days = StoredDays()

    subscript(id: RecordID) -> EventRecord? { rows[id]?.value }

    /// The records that have an iCalendar UID.
    func records(iCalUID: String) -> [RecordID] { recordsOfUID[iCalUID] }

    /// The exceptions of a series.
    func exceptions(of series: RecordID) -> [RecordID] { exceptionsOfSeries[series] }

    /// The records of an owner, in no order.
    func records(ownedBy owner: Connection.Owner) -> [RecordID] {
        rows.values.filter { $0.value.owner == owner }.map(\.value.id)
    }

    /// Records in the order of their ids.
    func page(after id: RecordID?, limit: Int) -> [EventRecord] {
        let following = rows.keys.filter { key in id.map { $0 < key } ?? true }
        return following.sorted().prefix(max(0, limit)).compactMap { self[$0] }
    }

    mutating func store(_ record: EventRecord) {
        if let earlier = rows.updateValue(StoredRow(record), forKey: record.id) { takeOut(earlier.value) }
        if let uid = record.iCalUID { recordsOfUID.insert(record.id, under: uid) }
        if let series = record.series { exceptionsOfSeries.insert(record.id, under: series) }
        days.insert(record)
    }

    mutating func remove(_ id: RecordID) {
        if let earlier = rows.removeValue(forKey: id) { takeOut(earlier.value) }
    }

    private mutating func takeOut(_ record: EventRecord) {
        if let uid = record.iCalUID { recordsOfUID.remove(record.id, under: uid) }
        if let series = record.series { exceptionsOfSeries.remove(record.id, under: series) }
        days.remove(record)
    }

    /// What a query finds among the visible records, by id; a series brings all its exceptions.
    func find(_ query: RecordQuery, isVisible: (EventRecord) -> Bool) -> [EventRecord] {
        var found: [RecordID: EventRecord] = [:]
        for id in days.candidates(from: query.start, to: query.end) {
            guard let record = self[id], record.mayTouch(query), isVisible(record) else { continue }
            found[id] = record
            guard record.role == .series else { continue }
            for exception in exceptions(of: id) { found[exception] = self[exception] }
        }
        return found.values.sorted { $0.id < $1.id }
    }
}

extension EventRecord {
    /// Whether the event, or any occurrence of the series, may touch a query's span in some zone.
    fileprivate func mayTouch(_ query: RecordQuery) -> Bool {
        // All-day events float: their instants differ by up to a day either way.
        let slack: Double = content.start.isAllDay ? 86_400 : 0
        let start = content.start.date(floatingIn: .utc)
        guard start < query.end.addingTimeInterval(slack) else { return false }
        let end = content.end.date(floatingIn: .utc)
        return role == .series || end > query.start.addingTimeInterval(-slack)
    }
}
