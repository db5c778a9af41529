import CalendarCore
import Foundation

/// What an in-memory repository holds; a commit works on a copy, which makes it atomic.
struct StoredEvents {
    struct RecordKey: Hashable {
        var tenant: TenantID
        var id: RecordID
    }

    struct OperationKey: Hashable {
        var tenant: TenantID
        var id: OperationID
    }

    struct Held {
        var lease: CalendarLease
        var isHeld: Bool
    }

    var states: [CalendarKey: CalendarSyncState] = [:]
    var records: [RecordKey: EventRecord] = [:]
    var links: [RepositoryCommit.LinkKey: EventLink] = [:]
    var operations: [OperationKey: OutboxOperation] = [:]
    var issues: [CalendarKey: [SyncIssue]] = [:]
    var conflicts: [TenantID: [ConflictID: SyncConflict]] = [:]
    var leases: [CalendarKey: Held] = [:]
    var changes: [TenantID: [SequencedChange]] = [:]

    func links(of record: RecordID, tenant: TenantID) -> [EventLink] {
        links.values
            .filter { $0.record == record && $0.calendar.tenant == tenant }
            .sorted { ($0.calendar, $0.event) < ($1.calendar, $1.event) }
    }

    func snapshot(_ request: SnapshotRequest) -> CalendarSnapshot {
        let calendar = request.calendar
        let tenant = calendar.tenant
        let found = links.values.filter { link in
            link.calendar == calendar
                && (request.events.contains(link.event) || link.series.map(request.events.contains) ?? false)
        }
        var wanted = request.records.union(found.map(\.record))
        let named = request.operations.compactMap { operations[.init(tenant: tenant, id: $0)] }
        wanted.formUnion(named.map(\.record))
        if !request.iCalUIDs.isEmpty {
            for record in records.values where record.tenant == tenant {
                if let uid = record.iCalUID, request.iCalUIDs.contains(uid) { wanted.insert(record.id) }
            }
        }
        for record in records.values where record.tenant == tenant {
            if let series = record.series, wanted.contains(series) { wanted.insert(record.id) }
        }
        var snapshot = CalendarSnapshot(
            state: states[calendar],
            links: [:],
            records: [:],
            otherLinks: [:],
            operations: [:]
        )
        for link in found { snapshot.links[link.event] = link }
        for id in wanted { snapshot.records[id] = records[.init(tenant: tenant, id: id)] }
        let others = links.values.filter { link in
            link.calendar.tenant == tenant && link.calendar != calendar && wanted.contains(link.record)
        }
        snapshot.otherLinks = Dictionary(grouping: others, by: \.record).mapValues { views in
            views.sorted { ($0.calendar, $0.event) < ($1.calendar, $1.event) }
        }
        for operation in named { snapshot.operations[operation.id] = operation }
        for (key, operation) in operations
        where key.tenant == tenant && operation.isPending && wanted.contains(operation.record) {
            snapshot.operations[operation.id] = operation
        }
        return snapshot
    }

    func records(_ query: RecordQuery) -> [EventRecord] {
        var visible: Set<RecordID>?
        if let calendars = query.calendars {
            let linked = links.values.filter { calendars.contains($0.calendar) }.map(\.record)
            let intended = operations.values.filter { calendars.contains($0.calendar) }.map(\.record)
            visible = Set(linked + intended)
        }
        let own = records.values.filter { record in
            record.tenant == query.tenant
                && (visible.map { $0.contains(record.id) || record.series.map($0.contains) ?? false } ?? true)
        }
        let series = Set(own.filter { $0.role == .series }.map(\.id))
        return own.filter { record in
            switch record.role {
            case .series: return record.content.start.date(floatingIn: .utc) < query.end.addingTimeInterval(86_400)
            case .exception(let id, _) where series.contains(id): return true
            case .single, .exception:
                // All-day events float: their instants differ by up to a day either way.
                let slack: Double = record.content.start.isAllDay ? 86_400 : 0
                return record.content.start.date(floatingIn: .utc) < query.end.addingTimeInterval(slack)
                    && record.content.end.date(floatingIn: .utc) > query.start.addingTimeInterval(-slack)
            }
        }.sorted { $0.id < $1.id }
    }
}

extension StoredEvents {
    mutating func apply(_ commit: RepositoryCommit) throws {
        try commit.validate()
        try checkLease(of: commit)
        if let state = commit.state { try apply(state) }
        for write in commit.records {
            let key = RecordKey(tenant: commit.tenant, id: write.record.id)
            try check(records[key]?.revision, is: write.expecting, what: "record")
            var record = write.record
            record.revision = (write.expecting ?? 0) + 1
            records[key] = record
        }
        for (id, revision) in commit.removedRecords {
            let key = RecordKey(tenant: commit.tenant, id: id)
            try check(records[key]?.revision, is: revision, what: "record")
            records[key] = nil
        }
        for link in commit.links { links[.init(calendar: link.calendar, event: link.event)] = link }
        for key in commit.removedLinks { links[key] = nil }
        for operation in commit.operations { operations[.init(tenant: commit.tenant, id: operation.id)] = operation }
        for id in commit.removedOperations { operations[.init(tenant: commit.tenant, id: id)] = nil }
        applyIssues(of: commit)
        for conflict in commit.conflicts { conflicts[commit.tenant, default: [:]][conflict.id] = conflict }
        for id in commit.removedConflicts { conflicts[commit.tenant]?[id] = nil }
        let last = changes[commit.tenant]?.count ?? 0
        let numbered = commit.changes.enumerated().map { SequencedChange(number: last + $0 + 1, change: $1) }
        if !numbered.isEmpty { changes[commit.tenant, default: []] += numbered }
    }

    /// Changes of a tenant; their numbers are their places, so the answer costs what it holds.
    func changes(of tenant: TenantID, after number: Int, limit: Int) -> [SequencedChange] {
        Array((changes[tenant] ?? []).dropFirst(max(0, number)).prefix(max(0, limit)))
    }

    private mutating func apply(_ state: CalendarSyncState) throws {
        try check(states[state.calendar]?.revision ?? 0, is: state.revision, what: "calendar")
        var next = state
        next.revision += 1
        states[state.calendar] = next
    }

    private mutating func applyIssues(of commit: RepositoryCommit) {
        guard let calendar = commit.state?.calendar else { return }
        var known = issues[calendar] ?? []
        known.removeAll { issue in
            issue.event.map(commit.resolvedIssues.contains) ?? false
                || commit.issues.contains { $0.event == issue.event && $0.code == issue.code }
        }
        issues[calendar] = known + commit.issues
    }

    private func check(_ stored: Int?, is expected: Int?, what: String) throws {
        guard stored == expected else {
            throw CalendarError(.revisionConflict, "The stored \(what) is not the version the change was made on.")
        }
    }

    private func checkLease(of commit: RepositoryCommit) throws {
        guard let lease = commit.lease, let calendar = commit.state?.calendar else { return }
        guard leases[calendar]?.lease.fencingNumber == lease.fencingNumber else {
            throw CalendarError(.leaseLost, "Another worker has taken over this calendar's mirror.")
        }
    }
}
