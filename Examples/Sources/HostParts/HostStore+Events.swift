import CalendarCore
import Foundation

extension HostStore: EventRepository {
    package func snapshot(_ request: SnapshotRequest) async throws -> CalendarSnapshot {
        read(request.calendar.tenant) { rows in
            let links = rows.sortedLinks { link in
                link.calendar == request.calendar
                    && (request.events.contains(link.event) || link.series.map(request.events.contains) == true)
            }
            let named = request.operations.compactMap { rows.operations[$0] }
            let sameUID = rows.records.values.filter { $0.iCalUID.map(request.iCalUIDs.contains) == true }
            var wanted = request.records.union(links.map(\.record) + named.map(\.record) + sameUID.map(\.id))
            wanted.formUnion(rows.records.values.filter { $0.series.map(wanted.contains) == true }.map(\.id))
            let others = rows.sortedLinks { $0.calendar != request.calendar && wanted.contains($0.record) }
            let theirs = rows.operations.values.filter { wanted.contains($0.record) }
            return CalendarSnapshot(
                state: rows.states[request.calendar],
                links: Dictionary(uniqueKeysWithValues: links.map { ($0.event, $0) }),
                records: rows.records.filter { wanted.contains($0.key) },
                otherLinks: Dictionary(grouping: others, by: \.record),
                operations: Dictionary((named + theirs).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
            )
        }
    }

    package func links(
        in calendar: CalendarKey,
        notListedSince epoch: Int,
        after event: RemoteEventID?,
        limit: Int
    ) async throws -> [EventLink] {
        let stale = read(calendar.tenant) { $0.sortedLinks { $0.calendar == calendar && $0.epoch < epoch } }
        return Array(stale.drop { link in event.map { link.event <= $0 } == true }.prefix(limit))
    }

    package func record(_ id: RecordID, tenant: TenantID) async throws -> EventRecord? {
        read(tenant) { $0.records[id] }
    }

    package func links(of record: RecordID, tenant: TenantID) async throws -> [EventLink] {
        read(tenant) { $0.sortedLinks { $0.record == record } }
    }

    package func records(_ query: RecordQuery) async throws -> [EventRecord] {
        read(query.tenant) { rows in
            let calendars =
                rows.links.values.map { ($0.record, $0.calendar) }
                + rows.operations.values.map { ($0.record, $0.calendar) }
            let visible = query.calendars.map { wanted in Set(calendars.filter { wanted.contains($0.1) }.map(\.0)) }
            let touching = rows.records.values.filter { record in
                (visible?.contains(record.id) != false || record.owner.map(query.owners.contains) == true)
                    && record.mayTouch(query)
            }
            // A series is expanded by whoever asked, who needs all its exceptions for that.
            let series = Set(touching.filter { $0.role == .series }.map(\.id))
            let exceptions = rows.records.values.filter { $0.series.map(series.contains) == true }
            return Set(touching + exceptions).sorted { $0.id < $1.id }
        }
    }

    package func calendars(of tenant: TenantID) async throws -> [CalendarKey] {
        read(tenant) { rows in
            Set(rows.states.keys)
                .union(rows.links.keys.map(\.calendar))
                .union(rows.operations.values.map(\.calendar))
                .union(rows.conflicts.values.map(\.calendar))
                .sorted()
        }
    }

    package func records(of tenant: TenantID, after id: RecordID?, limit: Int) async throws -> [EventRecord] {
        read(tenant) { rows in
            let following = rows.records.keys.filter { key in id.map { $0 < key } ?? true }
            return following.sorted().prefix(limit).compactMap { rows.records[$0] }
        }
    }

    package func operations(in calendar: CalendarKey) async throws -> [OutboxOperation] {
        read(calendar.tenant) { $0.operations.values.filter { $0.calendar == calendar } }
            .sorted { ($0.createdAt, $0.id) < ($1.createdAt, $1.id) }
    }

    package func issues(in calendar: CalendarKey) async throws -> [SyncIssue] {
        read(calendar.tenant) { $0.issues[calendar] ?? [] }.sorted {
            ($0.event?.rawValue ?? "", $0.code.rawValue) < ($1.event?.rawValue ?? "", $1.code.rawValue)
        }
    }

    package func conflicts(in calendar: CalendarKey) async throws -> [SyncConflict] {
        read(calendar.tenant) { $0.conflicts.values.filter { $0.calendar == calendar } }
            .sorted { ($0.at, $0.id) < ($1.at, $1.id) }
    }

    package func changes(of tenant: TenantID, after number: Int, limit: Int) async throws -> [SequencedChange] {
        read(tenant) { Array($0.changes.drop { $0.number <= number }.prefix(limit)) }
    }

    package func acquireLease(
        on calendar: CalendarKey,
        now: Date,
        lasting seconds: Double
    ) async throws -> CalendarLease? {
        try change(calendar.tenant) { $0.takeLease(.calendar(calendar), now: now, seconds: seconds) }
            .map { CalendarLease(fencingNumber: $0.number, expiresAt: $0.expiresAt) }
    }

    package func release(_ lease: CalendarLease, on calendar: CalendarKey) async throws {
        try change(calendar.tenant) { $0.giveBack(.calendar(calendar), number: lease.fencingNumber) }
    }

    package func commit(_ commit: RepositoryCommit) async throws {
        try commit.validate()
        try change(commit.tenant) { try $0.apply(commit) }
    }

    package func erase(_ erasure: EventErasure) async throws {
        try change(erasure.tenant) { $0.erase(erasure) }
    }
}

extension EventRecord {
    /// Whether it touches a query's span; an all-day event has no zone and may lie up to a day earlier or later.
    fileprivate func mayTouch(_ query: RecordQuery) -> Bool {
        let slack: Double = content.start.isAllDay ? 86_400 : 0
        let begins = content.start.date(floatingIn: .utc).addingTimeInterval(-slack) < query.end
        if role == .series { return begins }
        return begins && query.start < content.end.date(floatingIn: .utc).addingTimeInterval(slack)
    }
}

extension HostRows {
    fileprivate func sortedLinks(where isWanted: (EventLink) -> Bool) -> [EventLink] {
        links.values.filter(isWanted).sorted { ($0.calendar, $0.event) < ($1.calendar, $1.event) }
    }

    // snippet: apply-commit
    fileprivate mutating func apply(_ commit: RepositoryCommit) throws {
        if let state = commit.state { try apply(state, commit) }
        for write in commit.records {
            try require(records[write.record.id]?.revision, toBe: write.expecting)
            var record = write.record
            record.revision = (write.expecting ?? 0) + 1
            records[record.id] = record
        }
        for (id, revision) in commit.removedRecords {
            try require(records[id]?.revision, toBe: revision)
            records[id] = nil
        }
        for link in commit.links { links[.init(calendar: link.calendar, event: link.event)] = link }
        for key in commit.removedLinks { links[key] = nil }
        for operation in commit.operations {
            try require(operations[operation.id]?.revision ?? 0, toBe: operation.revision)
            operations[operation.id] = operation
            operations[operation.id]?.revision += 1
        }
        for (id, revision) in commit.removedOperations {
            try require(operations[id]?.revision, toBe: revision)
            operations[id] = nil
        }
        for conflict in commit.conflicts { conflicts[conflict.id] = conflict }
        for id in commit.removedConflicts { conflicts[id] = nil }
        for change in commit.changes { changes.append(.init(number: nextNumber(), change: change)) }
    }
    // snippet end

    private mutating func apply(_ state: CalendarSyncState, _ commit: RepositoryCommit) throws {
        if let lease = commit.lease { try requireNewest(lease.fencingNumber, .calendar(state.calendar)) }
        try require(states[state.calendar]?.revision ?? 0, toBe: state.revision)
        states[state.calendar] = state
        states[state.calendar]?.revision += 1
        let kept = (issues[state.calendar] ?? []).filter { old in
            !(old.event.map(commit.resolvedIssues.contains) ?? false)
                && !commit.issues.contains { $0.event == old.event && $0.code == old.code }
        }
        issues[state.calendar] = kept + commit.issues
    }
}
