import Foundation

/// The stored values a plan works on, and what it changed of them so far.
///
/// Changes within one page see each other: the last mention of an event wins.
struct SyncDraft {
    let calendar: CalendarKey
    let snapshot: CalendarSnapshot
    private(set) var links: [RemoteEventID: EventLink]
    private(set) var records: [RecordID: EventRecord]
    private(set) var operations: [OperationID: OutboxOperation]
    private var otherLinks: [RecordID: [EventLink]]
    /// The records of each UID, so that a page of new events is not searched once for each of them.
    private var recordsByUID: [String: [RecordID]] = [:]
    private var exceptionsBySeries: [RecordID: Set<RecordID>] = [:]
    /// What changed, as often as it did; a page of new events is not worth a set.
    private var linkChanges: [RemoteEventID] = []
    private var recordChanges: [RecordID] = []
    private var changedOperations: Set<OperationID> = []
    private var promoted: [EventLink] = []
    private var settled: Set<OperationID> = []
    private var issues: [SyncIssue] = []
    private var conflicts: [SyncConflict] = []
    /// Links in other calendars that end with this change.
    var removedElsewhere: Set<RepositoryCommit.LinkKey> = []
    /// The links that are no records' content: the events of further accounts, and duplicates.
    private var furtherViews: Set<RemoteEventID> = []
    /// Why records change that did not change for the service's sake alone.
    private var reasons: [RecordID: RecordChange.Reason] = [:]
    /// The events of which an issue is on record; only what is can be over.
    private let eventsWithIssues: Set<RemoteEventID>
    private(set) var resolved: Set<RemoteEventID> = []
    /// The series whose masters are told.
    var toldSeries: Set<RemoteEventID> = []
    /// Whether the page is a whole round, so that what it lists of a series is all there is.
    var isWholeRound = false
    /// Whether occurrences were not listed that a further page of the round may name.
    var hasDoubts = false
    var report = SyncReport()

    /// Begins with what is stored; about as many events will be changed as the last argument says.
    init(snapshot: CalendarSnapshot, calendar: CalendarKey, issues: [SyncIssue], changes: Int = 0) {
        self.snapshot = snapshot
        eventsWithIssues = Set(issues.compactMap(\.event))
        self.calendar = calendar
        links = snapshot.links
        records = snapshot.records
        operations = snapshot.operations
        otherLinks = snapshot.otherLinks
        for record in snapshot.records.values { index(record) }
        if changes > 0 { reserve(changes) }
        furtherViews = Set(snapshot.links.values.filter { !$0.isPrimary }.map(\.event))
    }

    private mutating func reserve(_ changes: Int) {
        links.reserveCapacity(changes)
        records.reserveCapacity(changes)
        linkChanges.reserveCapacity(changes)
        recordChanges.reserveCapacity(changes)
    }

    mutating func put(_ link: EventLink) {
        links[link.event] = link
        if !link.isPrimary { furtherViews.insert(link.event) }
        linkChanges.append(link.event)
    }

    mutating func put(_ record: EventRecord) {
        records[record.id] = record
        recordChanges.append(record.id)
        index(record)
    }

    /// Stores a record that both sides had changed.
    mutating func put(_ record: EventRecord, because reason: RecordChange.Reason) {
        put(record)
        reasons[record.id] = reason
    }

    /// Notes a record under its UID and its series; entries may outlive a record and are checked when read.
    private mutating func index(_ record: EventRecord) {
        if let uid = record.iCalUID { recordsByUID[uid, default: []].append(record.id) }
        if let series = record.series { exceptionsBySeries[series, default: []].insert(record.id) }
    }

    mutating func put(_ operation: OutboxOperation) {
        operations[operation.id] = operation
        changedOperations.insert(operation.id)
    }

    /// The unsent changes of a record for one calendar, oldest first.
    func pendingUpdates(of record: RecordID, in calendar: CalendarKey) -> [OutboxOperation] {
        operations.values
            .filter { $0.record == record && $0.calendar == calendar && $0.action == .update && $0.isPending }
            .oldestFirst()
    }

    mutating func note(_ issue: SyncIssue) {
        report.issues += 1
        issues.append(issue)
    }

    /// Records an issue that was on record before and goes on.
    mutating func keep(_ issue: SyncIssue) {
        issues.append(issue)
    }

    /// Records two edits that met, and tells the host of them with the record's change.
    mutating func note(_ conflict: SyncConflict) {
        conflicts.append(conflict)
        report.conflicts += max(1, conflict.fields.count)
        reasons[conflict.record] = .conflict
    }

    /// Whether an event's link was read for the plan, or made by it.
    func isLoaded(_ event: RemoteEventID) -> Bool {
        links[event] != nil || snapshot.links[event] != nil
    }

    /// Notes that what was wrong with an event is over; answers whether that is news.
    @discardableResult
    mutating func resolve(_ event: RemoteEventID) -> Bool {
        eventsWithIssues.contains(event) && resolved.insert(event).inserted
    }

    /// The records that changed, in the order of their ids.
    var changedRecords: [RecordID] { recordChanges.sortedOnce() }

    mutating func settle(_ operation: OperationID) {
        operations[operation] = nil
        settled.insert(operation)
    }

    /// Whether anything that was read is, or is to be, in another calendar too.
    var hasOtherPlaces: Bool { !otherLinks.isEmpty || operations.values.contains { $0.calendar != calendar } }

    /// The record's links in other calendars, ordered.
    func linksElsewhere(of record: RecordID) -> [EventLink] { otherLinks[record] ?? [] }

    /// Our copies of a record's event in other calendars.
    func copies(of record: RecordID) -> [EventLink] { linksElsewhere(of: record).filter(\.isCopy) }

    /// The records of the occurrences of a series that differ, by id.
    func exceptions(ofRecord series: RecordID) -> [EventRecord] {
        (exceptionsBySeries[series] ?? []).sorted().compactMap { records[$0] }.filter { $0.series == series }
    }

    /// The record of one occurrence of a series.
    func exception(of series: RecordID, at originalStart: EventTime) -> EventRecord? {
        let start = originalStart.date(floatingIn: .utc)
        return exceptions(ofRecord: series).first { $0.originalInstant == start }
    }

    func hasOtherLinks(_ record: RecordID) -> Bool {
        !linksElsewhere(of: record).isEmpty || links.values.contains { $0.record == record }
    }

    /// The record that other views of the same meeting, or of the same occurrence of it, have.
    func record(iCalUID: String?, role: RemoteEvent.Role) -> EventRecord? {
        guard let iCalUID else { return nil }
        let candidates = (recordsByUID[iCalUID] ?? []).sorted().compactMap { records[$0] }
            .filter { $0.iCalUID == iCalUID }
        switch role {
        case .single: return candidates.first { $0.role == .single }
        case .master: return candidates.first { $0.role == .series }
        case .exception(let key):
            let start = key.originalStart.date(floatingIn: .utc)
            return candidates.first {
                guard case .exception(_, let originalStart) = $0.role else { return false }
                return originalStart.date(floatingIn: .utc) == start
            }
        }
    }

    /// The host's record of an occurrence that differs from its series and whose event is not known yet.
    func unlinkedException(of series: RecordID, at originalStart: EventTime) -> EventRecord? {
        let instant = originalStart.date(floatingIn: .utc)
        let candidates = (exceptionsBySeries[series] ?? []).sorted().compactMap { records[$0] }
        return candidates.first { candidate in
            candidate.series == series && candidate.originalInstant == instant
                && linksElsewhere(of: candidate.id).allSatisfy(\.isCopy)
                && !links.values.contains { $0.record == candidate.id && !$0.isCopy }
        }
    }

    /// The edits of a series or an occurrence that are still to be sent.
    func pendingSeriesEdits(of record: RecordID) -> [OutboxOperation] {
        operations.values.filter { $0.record == record && $0.action == .series && $0.isPending }
            .oldestFirst()
    }

    /// The edits still to be sent of a series or an occurrence, and of what comes of it.
    func pendingSeriesEdits(concerning record: RecordID) -> [OutboxOperation] {
        operations.values.filter { $0.action == .series && $0.isPending && $0.concerned.contains(record) }
            .oldestFirst()
    }

    /// The links to a series' exceptions, by event.
    func exceptions(of series: RemoteEventID) -> [EventLink] {
        links.values.filter { $0.series == series }.sorted { $0.event < $1.event }
    }

    /// Removes an event, and with a master its exceptions: no service names them (Google traps 6, Graph 8.3).
    mutating func removeEvent(_ id: RemoteEventID, now: Date) {
        resolve(id)
        for event in exceptions(of: id).map(\.event) + [id] { removeLink(event, now: now) }
    }

    private mutating func removeLink(_ id: RemoteEventID, now: Date) {
        guard let link = links.removeValue(forKey: id) else { return }
        linkChanges.append(id)
        report.removed += 1
        guard link.isPrimary, var record = records[link.record] else {
            // Somebody took our copy out of the calendar: the event itself stays.
            if link.isCopy { for operation in unsettled(link.record, in: calendar) { settle(operation) } }
            return
        }
        if let heir = takeHeir(of: record.id) {
            record.content = heir.base ?? record.content
            record.updatedAt = now
            put(record)
        } else {
            removeRecord(record.id)
            for exception in exceptionsBySeries[record.id] ?? [] where records[exception]?.series == record.id {
                if !linksElsewhere(of: exception).contains(where: { !$0.isCopy }) { removeRecord(exception) }
            }
        }
    }

    private mutating func removeRecord(_ id: RecordID) {
        records[id] = nil
        recordChanges.append(id)
        for operation in unsettled(id, in: nil) { settle(operation) }
    }

    /// The operations of a record that are void once its event is gone; a copy that may have been made is still looked for.
    private func unsettled(_ record: RecordID, in calendar: CalendarKey?) -> [OperationID] {
        operations.values.filter { operation in
            operation.record == record && (calendar ?? operation.calendar) == operation.calendar
                && !(operation.isCopy && operation.action == .create && operation.isPending
                    && operation.state != .queued)
        }.map(\.id)
    }

    /// The view whose content the record has from now on: one in this calendar, else one in another.
    private mutating func takeHeir(of record: RecordID) -> EventLink? {
        let here = furtherViews.sorted().compactMap { links[$0] }
        if var heir = here.first(where: { $0.record == record && !$0.isPrimary && !$0.isCopy }) {
            heir.isPrimary = true
            put(heir)
            return heir
        }
        guard let index = otherLinks[record]?.firstIndex(where: { !$0.isCopy }),
            var heir = otherLinks[record]?.remove(at: index)
        else { return nil }
        heir.isPrimary = true
        promoted.append(heir)
        return heir
    }

    /// Everything that changed, in an order that depends on ids alone.
    func commit(tenant: TenantID, now: Date) -> RepositoryCommit {
        var commit = RepositoryCommit(tenant: tenant)
        let changedRecords = self.changedRecords
        commit.records.reserveCapacity(changedRecords.count)
        commit.changes.reserveCapacity(changedRecords.count)
        for id in changedRecords {
            let stored = snapshot.records[id]
            if let record = records[id] {
                if record != stored { commit.records.append(.init(record, expecting: stored?.revision)) }
            } else if let stored {
                commit.removedRecords[id] = stored.revision
            }
            let change = RecordChange(
                from: stored,
                to: records[id],
                reason: reasons[id] ?? .remoteEdit,
                calendar: calendar,
                at: now
            )
            if let change = change ?? unseenConflict(of: id, at: now) { commit.changes.append(change) }
        }
        let changedLinks = linkChanges.sortedOnce()
        commit.links.reserveCapacity(changedLinks.count)
        for id in changedLinks {
            if let link = links[id] {
                if link != snapshot.links[id] { commit.links.append(link) }
            } else if snapshot.links[id] != nil {
                commit.removedLinks.insert(.init(calendar: calendar, event: id))
            }
        }
        commit.links += promoted
        commit.operations = changedOperations.sorted().compactMap { operations[$0] }
        for id in settled { commit.removedOperations[id] = snapshot.operations[id]?.revision }
        commit.removedLinks.formUnion(removedElsewhere)
        commit.issues = issues
        commit.resolvedIssues = resolved
        commit.conflicts = conflicts
        return commit
    }

    /// Where the host's values stood, a conflict changes nothing in the record; the host learns of it all the same.
    private func unseenConflict(of id: RecordID, at now: Date) -> RecordChange? {
        guard let record = records[id], let conflict = conflicts.last(where: { $0.record == id }) else { return nil }
        return RecordChange(
            record: id,
            kind: .updated,
            reason: .conflict,
            fields: conflict.fields,
            calendar: calendar,
            activity: record.activity,
            at: now
        )
    }
}

extension Array where Element: Comparable {
    /// The elements in order, each once.
    fileprivate func sortedOnce() -> [Element] {
        var elements: [Element] = []
        elements.reserveCapacity(count)
        for element in sorted() where element != elements.last { elements.append(element) }
        return elements
    }
}
