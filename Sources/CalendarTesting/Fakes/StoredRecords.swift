import CalendarCore
import Foundation

/// The records of one tenant with their links, by everything they are asked for.
///
/// Each id has a slot, by which everything else names it.
struct StoredRecords {
    private var slots: [StoredKey<RecordID>: Int] = [:]
    private var rows: [StoredRecord] = []
    private var freeSlots: [Int] = []
    private var slotsOfUID = GroupedIDs<StoredKey<String>, Int>()
    private var exceptionsOfSeries = GroupedIDs<RecordID, Int>()
    private var days = StoredDays()

    subscript(id: RecordID) -> EventRecord? { slots[StoredKey(id)].flatMap { rows[$0].record } }

    /// The records that have an iCalendar UID.
    func records(iCalUID: String) -> [RecordID] { slotsOfUID[StoredKey(iCalUID)].compactMap { rows[$0].record?.id } }

    /// The exceptions of a series.
    func exceptions(of series: RecordID) -> [RecordID] { exceptionsOfSeries[series].compactMap { rows[$0].record?.id } }

    /// Where the links of a record are, which may be there without it.
    func links(of id: RecordID) -> [RepositoryCommit.LinkKey] { slots[StoredKey(id)].map { rows[$0].links } ?? [] }

    /// The records of an owner, in no order.
    func records(ownedBy owner: Connection.Owner) -> [RecordID] {
        rows.compactMap(\.record).filter { $0.owner == owner }.map(\.id)
    }

    /// Records in the order of their ids.
    func page(after id: RecordID?, limit: Int) -> [EventRecord] {
        let following = rows.compactMap(\.record).filter { record in id.map { $0 < record.id } ?? true }
        return Array(following.sorted { $0.id < $1.id }.prefix(max(0, limit)))
    }

    mutating func store(_ record: EventRecord) {
        let slot = assuredSlot(of: record.id)
        let earlier = rows[slot].record
        rows[slot].record = record
        if let uid = record.iCalUID, uid != earlier?.iCalUID { slotsOfUID.insert(slot, under: StoredKey(uid)) }
        if let series = record.series, series != earlier?.series { exceptionsOfSeries.insert(slot, under: series) }
        if let earlier { takeOut(earlier, besides: record, slot) }
        let place = StoredDays.Day(of: record)
        if place != rows[slot].day { move(slot, to: place) }
    }

    mutating func remove(_ id: RecordID) {
        guard let slot = slots[StoredKey(id)], let earlier = rows[slot].record else { return }
        rows[slot].record = nil
        takeOut(earlier, besides: nil, slot)
        move(slot, to: nil)
        release(slot, of: id)
    }

    mutating func insert(_ link: RepositoryCommit.LinkKey, of id: RecordID) {
        rows[assuredSlot(of: id)].links.append(link)
    }

    mutating func remove(_ link: RepositoryCommit.LinkKey, of id: RecordID) {
        guard let slot = slots[StoredKey(id)] else { return }
        rows[slot].links.removeAll { $0 == link }
        release(slot, of: id)
    }

    /// What a query finds among the visible records, by id; a series brings all its exceptions.
    func find(_ query: RecordQuery, isVisible: (EventRecord) -> Bool) -> [EventRecord] {
        var found: [RecordID: EventRecord] = [:]
        for slot in days.candidates(from: query.start, to: query.end) {
            guard let record = rows[slot].record, record.mayTouch(query), isVisible(record) else { continue }
            found[record.id] = record
            guard record.role == .series else { continue }
            for exception in exceptions(of: record.id) { found[exception] = self[exception] }
        }
        return found.values.sorted { $0.id < $1.id }
    }
}

extension StoredRecords {
    private mutating func assuredSlot(of id: RecordID) -> Int {
        let key = StoredKey(id)
        if let slot = slots[key] { return slot }
        let slot = freeSlots.popLast() ?? rows.count
        if slot == rows.count { rows.append(StoredRecord()) }
        slots[key] = slot
        return slot
    }

    /// Gives a slot back that holds nothing any more.
    private mutating func release(_ slot: Int, of id: RecordID) {
        guard rows[slot].record == nil, rows[slot].links.isEmpty else { return }
        slots[StoredKey(id)] = nil
        freeSlots.append(slot)
    }

    private mutating func takeOut(_ earlier: EventRecord, besides record: EventRecord?, _ slot: Int) {
        if let uid = earlier.iCalUID, uid != record?.iCalUID { slotsOfUID.remove(slot, under: StoredKey(uid)) }
        if let series = earlier.series, series != record?.series { exceptionsOfSeries.remove(slot, under: series) }
    }

    private mutating func move(_ slot: Int, to day: StoredDays.Day?) {
        if let earlier = rows[slot].day, let moved = days.remove(at: rows[slot].place, of: earlier) {
            rows[moved].place = rows[slot].place
        }
        rows[slot].day = day
        if let day { rows[slot].place = days.append(slot, to: day) }
    }
}

/// What is stored under a record's id.
struct StoredRecord {
    /// The record; nil where only links name it.
    var record: EventRecord?
    var links: [RepositoryCommit.LinkKey] = []
    /// The day that names the record, and its place there.
    var day: StoredDays.Day?
    var place = 0
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
