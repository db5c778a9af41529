import CalendarCore
import Foundation

/// What is stored of one tenant; every read looks at what it answers, whatever else is stored.
struct StoredTenant {
    private(set) var calendars: [CalendarKey: StoredCalendar] = [:]
    private(set) var records = StoredRecords()
    private(set) var operations = StoredOperations()
    private(set) var conflicts = StoredConflicts()
    private var linksOfRecord = GroupedIDs<RecordID, RepositoryCommit.LinkKey>()
    private var changes: [SequencedChange] = []

    /// Gives access to a calendar, in place.
    mutating func withCalendar<Answer>(
        _ calendar: CalendarKey,
        _ body: (inout StoredCalendar) -> Answer
    ) -> Answer {
        body(&calendars[calendar, default: StoredCalendar()])
    }

    /// The links of a record, by calendar, then event.
    func links(of record: RecordID) -> [EventLink] {
        linksOfRecord[record].compactMap { calendars[$0.calendar]?.link(to: $0.event) }
            .sorted { ($0.calendar, $0.event) < ($1.calendar, $1.event) }
    }

    /// Changes after a number; numbers are places, so the answer costs what it holds.
    func changes(after number: Int, limit: Int) -> [SequencedChange] {
        Array(changes.dropFirst(max(0, number)).prefix(max(0, limit)))
    }

    /// The records that a query finds.
    func records(_ query: RecordQuery) -> [EventRecord] {
        guard let calendars = query.calendars else { return records.find(query) { _ in true } }
        return records.find(query) { record in
            record.owner.map(query.owners.contains) ?? false
                || linksOfRecord[record.id].contains { calendars.contains($0.calendar) }
                || operations.operations(of: record.id).contains { calendars.contains($0.calendar) }
        }
    }

    /// What is stored about some events of a calendar.
    func snapshot(_ request: SnapshotRequest) -> CalendarSnapshot {
        let stored = calendars[request.calendar]
        var snapshot = CalendarSnapshot(
            state: stored?.state,
            links: stored?.links(of: request.events) ?? [:],
            records: [:],
            otherLinks: [:],
            operations: [:]
        )
        var wanted = request.records.union(snapshot.links.values.map(\.record))
        for id in request.operations {
            guard let operation = operations[id] else { continue }
            snapshot.operations[id] = operation
            wanted.insert(operation.record)
        }
        for uid in request.iCalUIDs { wanted.formUnion(records.records(iCalUID: uid)) }
        for id in wanted { wanted.formUnion(records.exceptions(of: id)) }
        for id in wanted {
            snapshot.records[id] = records[id]
            let others = linksOfRecord[id].contains { $0.calendar != request.calendar } ? links(of: id) : []
            if !others.isEmpty { snapshot.otherLinks[id] = others.filter { $0.calendar != request.calendar } }
            for operation in operations.operations(of: id) {
                snapshot.operations[operation.id] = operation
            }
        }
        return snapshot
    }
}

extension StoredTenant {
    /// Refuses a commit that was made on other versions, or under a lease that somebody else has taken over.
    func check(_ commit: RepositoryCommit) throws {
        if let state = commit.state {
            let stored = calendars[state.calendar]
            if let lease = commit.lease, stored?.fencingNumber != lease.fencingNumber {
                throw CalendarError(.leaseLost, "Another worker has taken over this calendar's mirror.")
            }
            try check(stored?.state?.revision ?? 0, is: state.revision, what: "calendar")
        }
        for write in commit.records {
            try check(records[write.record.id]?.revision, is: write.expecting, what: "record")
        }
        for (id, revision) in commit.removedRecords { try check(records[id]?.revision, is: revision, what: "record") }
        for operation in commit.operations {
            try check(operations[operation.id]?.revision ?? 0, is: operation.revision, what: "operation")
        }
        for (id, revision) in commit.removedOperations {
            try check(operations[id]?.revision, is: revision, what: "operation")
        }
    }

    /// Stores a checked commit, in place.
    mutating func store(_ commit: RepositoryCommit) {
        if let state = commit.state {
            withCalendar(state.calendar) { calendar in
                calendar.store(state)
                calendar.note(commit.issues, resolving: commit.resolvedIssues)
            }
        }
        for write in commit.records {
            var record = write.record
            record.revision = (write.expecting ?? 0) + 1
            records.store(record)
        }
        for id in commit.removedRecords.keys { records.remove(id) }
        for link in commit.links { store(link) }
        for key in commit.removedLinks { removeLink(key) }
        for var operation in commit.operations {
            operation.revision += 1
            operations.store(operation)
        }
        for id in commit.removedOperations.keys { operations.remove(id) }
        for conflict in commit.conflicts { conflicts.store(conflict) }
        for id in commit.removedConflicts { conflicts.remove(id) }
        for change in commit.changes { changes.append(SequencedChange(number: changes.count + 1, change: change)) }
    }

    private mutating func store(_ link: EventLink) {
        let key = RepositoryCommit.LinkKey(calendar: link.calendar, event: link.event)
        let earlier = withCalendar(link.calendar) { $0.store(link) }
        guard earlier?.record != link.record else { return }
        if let earlier { linksOfRecord.remove(key, under: earlier.record) }
        linksOfRecord.insert(key, under: link.record)
    }

    private mutating func removeLink(_ key: RepositoryCommit.LinkKey) {
        guard let earlier = withCalendar(key.calendar, { $0.removeLink(of: key.event) }) else { return }
        linksOfRecord.remove(key, under: earlier.record)
    }

    private func check(_ stored: Int?, is expected: Int?, what: String) throws {
        guard stored == expected else {
            throw CalendarError(.revisionConflict, "The stored \(what) is not the version the change was made on.")
        }
    }
}
