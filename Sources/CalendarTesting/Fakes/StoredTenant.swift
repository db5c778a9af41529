import CalendarCore
import Foundation

/// What is stored of one tenant; every read looks at what it answers, whatever else is stored.
struct StoredTenant {
    private(set) var calendars: [CalendarKey: StoredCalendar] = [:]
    private(set) var records = StoredRecords()
    private(set) var operations = StoredOperations()
    private(set) var conflicts = StoredConflicts()
    private var changes: [SequencedChange] = []
    /// The newest number of the feed, erased or not.
    private var lastChange = 0
    /// The newest fencing number of any calendar that was erased.
    private var lastFencingNumber = 0

    /// Gives access to a calendar, in place.
    mutating func withCalendar<Answer>(
        _ calendar: CalendarKey,
        _ body: (inout StoredCalendar) -> Answer
    ) -> Answer {
        body(&calendars[calendar, default: StoredCalendar(lastFencingNumber: lastFencingNumber)])
    }

    /// The links of a record, by calendar, then event.
    func links(of record: RecordID) -> [EventLink] {
        records.links(of: record).compactMap { calendars[$0.calendar]?.link(to: $0.event) }
            .sorted { ($0.calendar, $0.event) < ($1.calendar, $1.event) }
    }

    /// Changes after a number, found between two bounds, so that the answer costs what it holds.
    func changes(after number: Int, limit: Int) -> [SequencedChange] {
        var (low, high) = (changes.startIndex, changes.endIndex)
        while low < high {
            let middle = (low + high) / 2
            if changes[middle].number > number { high = middle } else { low = middle + 1 }
        }
        return Array(changes[low...].prefix(max(0, limit)))
    }

    /// The calendars of which more than a lease is stored, in order.
    var knownCalendars: [CalendarKey] {
        calendars.filter { !$0.value.isEmpty }.map(\.key).reduce(into: operations.calendars.union(conflicts.calendars))
        {
            $0.insert($1)
        }
        .sorted()
    }

    /// The records that a query finds.
    func records(_ query: RecordQuery) -> [EventRecord] {
        guard let calendars = query.calendars else { return records.find(query) { _ in true } }
        return records.find(query) { record in
            record.owner.map(query.owners.contains) ?? false
                || records.links(of: record.id).contains { calendars.contains($0.calendar) }
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
            if records.links(of: id).contains(where: { $0.calendar != request.calendar }) {
                snapshot.otherLinks[id] = links(of: id).filter { $0.calendar != request.calendar }
            }
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
        for write in commit.records { records.store(write.stored) }
        for id in commit.removedRecords.keys { records.remove(id) }
        store(commit.links)
        for key in commit.removedLinks { removeLink(key) }
        for var operation in commit.operations {
            operation.revision += 1
            operations.store(operation)
        }
        for id in commit.removedOperations.keys { operations.remove(id) }
        for conflict in commit.conflicts { conflicts.store(conflict) }
        for id in commit.removedConflicts { conflicts.remove(id) }
        for change in commit.changes {
            lastChange += 1
            changes.append(SequencedChange(number: lastChange, change: change))
        }
    }

    /// Stores links; most commits have those of one calendar, one behind the other.
    private mutating func store(_ links: [EventLink]) {
        var rest = links[...]
        while let first = rest.first {
            let calendar = first.calendar
            let same = rest.prefix { $0.calendar == calendar }
            rest = rest.dropFirst(same.count)
            var stored = calendars.removeValue(forKey: calendar) ?? StoredCalendar(lastFencingNumber: lastFencingNumber)
            for link in same {
                let earlier = stored.store(link)
                guard earlier?.record != link.record else { continue }
                let key = RepositoryCommit.LinkKey(calendar: calendar, event: link.event)
                if let earlier { records.remove(key, of: earlier.record) }
                records.insert(key, of: link.record)
            }
            calendars[calendar] = stored
        }
    }

    private mutating func removeLink(_ key: RepositoryCommit.LinkKey) {
        guard let earlier = withCalendar(key.calendar, { $0.removeLink(of: key.event) }) else { return }
        records.remove(key, of: earlier.record)
    }

    /// Forgets everything but how far numbers were given.
    mutating func eraseEverything() {
        var empty = StoredTenant()
        empty.lastChange = lastChange
        empty.lastFencingNumber = newestFencingNumber(in: Array(calendars.keys))
        self = empty
    }

    /// Forgets what some connections brought and hold, and their owner made, unless another connection has it as well.
    mutating func erase(_ connections: Set<ConnectionID>, owner user: UserID?) {
        let owner = user.map { Connection.Owner.user($0) }
        let gone = calendars.keys.filter { connections.contains($0.connection) }
        lastFencingNumber = newestFencingNumber(in: gone)
        var concerned = owner.map { records.records(ownedBy: $0) } ?? []
        for key in knownCalendars where connections.contains(key.connection) {
            for link in calendars[key]?.allLinks ?? [] {
                concerned.append(link.record)
                removeLink(.init(calendar: key, event: link.event))
            }
            for operation in operations.operations(in: key) {
                concerned.append(operation.record)
                operations.remove(operation.id)
            }
            for conflict in conflicts.conflicts(in: key) { conflicts.remove(conflict.id) }
        }
        for key in gone { calendars[key] = nil }
        var removed: Set<RecordID> = []
        while let id = concerned.popLast() {
            guard var record = records[id] else { continue }
            if records.links(of: id).isEmpty && operations.operations(of: id).isEmpty {
                records.remove(id)
                removed.insert(id)
                concerned += records.exceptions(of: id)
            } else if owner != nil, record.owner == owner {
                record.owner = nil
                record.revision += 1
                records.store(record)
            }
        }
        changes.removeAll { entry in
            removed.contains(entry.change.record)
                || entry.change.calendar.map { connections.contains($0.connection) } ?? false
        }
    }

    private func newestFencingNumber(in keys: [CalendarKey]) -> Int {
        keys.compactMap { calendars[$0]?.fencingNumber }.reduce(lastFencingNumber, max)
    }

    private func check(_ stored: Int?, is expected: Int?, what: String) throws {
        guard stored == expected else {
            throw CalendarError(.revisionConflict, "The stored \(what) is not the version the change was made on.")
        }
    }
}
