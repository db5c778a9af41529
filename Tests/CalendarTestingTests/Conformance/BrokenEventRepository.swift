import CalendarCore
import CalendarTesting
import Foundation
import Synchronization

/// An event repository that breaks one of the promises.
final class BrokenEventRepository: ForwardingEventRepository {
    let next: any EventRepository
    let fault: Fault
    private let memory = Mutex(Memory())

    /// What a fault remembers from call to call.
    private struct Memory {
        var leases: [CalendarKey: CalendarLease] = [:]
        var released: Set<Int> = []
        var firstRecords: [RepositoryCommit.LinkKey: RecordID] = [:]
        var lastNumber = 0
        var changes: [SequencedChange] = []
    }

    init(_ next: any EventRepository, _ fault: Fault) {
        (self.next, self.fault) = (next, fault)
    }

    func snapshot(_ request: SnapshotRequest) async throws -> CalendarSnapshot {
        var request = request
        request.calendar = shown(request.calendar, unless: .leaksSnapshots)
        if fault == .findsNoUIDs { request.iCalUIDs = [] }
        var snapshot = try await next.snapshot(request)
        switch fault {
        case .countsByTwo: snapshot.state?.revision *= 2
        case .hidesOperationsElsewhere:
            snapshot.operations = snapshot.operations.filter {
                $0.value.calendar == request.calendar || request.operations.contains($0.key)
            }
        case .hidesLinksOfTheUnstored:
            snapshot.otherLinks = snapshot.otherLinks.filter { snapshot.records[$0.key] != nil }
        case .hidesUnlinkedExceptions:
            let linked = Set(snapshot.links.values.map(\.record)).union(request.records)
            snapshot.records = snapshot.records.filter { $0.value.series == nil || linked.contains($0.key) }
        case .hidesExceptionsOfTheUnlinked:
            snapshot.links = snapshot.links.filter { link in
                link.value.series.map { snapshot.links[$0] != nil } ?? true || request.events.contains(link.key)
            }
        case .hidesExceptionLinks: snapshot.links = snapshot.links.filter { request.events.contains($0.key) }
        case .namedOperationsOnly:
            snapshot.operations = snapshot.operations.filter { request.operations.contains($0.key) }
        case .hidesRecordsOfOperations:
            let named = Set(request.operations.compactMap { snapshot.operations[$0]?.record })
            snapshot.records = snapshot.records.filter { !named.contains($0.key) }
        case .inventsStates: snapshot.state = snapshot.state ?? CalendarSyncState(calendar: request.calendar)
        case .losesCursors: snapshot.state?.cursor = nil
        case .losesQuarantine: snapshot.state?.quarantine = nil
        case .losesPendingSeries: snapshot.state?.pendingSeries = []
        default: break
        }
        return snapshot
    }

    func links(
        in calendar: CalendarKey,
        notListedSince epoch: Int,
        after event: RemoteEventID?,
        limit: Int
    ) async throws -> [EventLink] {
        let key = shown(calendar, unless: .leaksSweeps)
        switch fault {
        case .oversteps: return try await next.links(in: key, notListedSince: epoch, after: event, limit: limit + 1)
        case .beginsWithTheLast:
            let all = try await next.links(in: key, notListedSince: epoch, after: nil, limit: .max)
            return Array(all.drop { link in event.map { link.event < $0 } ?? false }.prefix(limit))
        case .ignoresEpochs: return try await next.links(in: key, notListedSince: .max, after: event, limit: limit)
        default: return try await next.links(in: key, notListedSince: epoch, after: event, limit: limit)
        }
    }

    func record(_ id: RecordID, tenant: TenantID) async throws -> EventRecord? {
        var record = try await next.record(id, tenant: fault == .leaksRecords ? "acme" : tenant)
        if fault == .losesListedOccurrences { record?.listedOccurrences = nil }
        if fault == .roundsToSeconds, let date = record?.updatedAt {
            record?.updatedAt = Date(timeIntervalSince1970: date.timeIntervalSince1970.rounded())
        }
        return record
    }

    func links(of record: RecordID, tenant: TenantID) async throws -> [EventLink] {
        let links = try await next.links(of: record, tenant: fault == .leaksLinks ? "acme" : tenant)
        switch fault {
        case .ignoresCase: return links.sorted { $0.event.rawValue.lowercased() < $1.event.rawValue.lowercased() }
        case .ordersByEvent: return links.sorted { $0.event < $1.event }
        case .keepsOldRecords:
            return memory.withLock { memory in
                links.filter { memory.firstRecords[.init(calendar: $0.calendar, event: $0.event)] == record }
            }
        default: return links
        }
    }

    func operations(in calendar: CalendarKey) async throws -> [OutboxOperation] {
        let operations = try await next.operations(in: shown(calendar, unless: .leaksOperations))
        return fault == .newestFirst ? operations.reversed() : operations
    }

    func issues(in calendar: CalendarKey) async throws -> [SyncIssue] {
        let issues = try await next.issues(in: shown(calendar, unless: .leaksIssues))
        guard fault == .oneIssueOfACode else { return issues }
        return issues.enumerated().filter { index, issue in
            !issues[..<index].contains { $0.event == issue.event && $0.code == issue.code }
        }.map(\.element)
    }

    func conflicts(in calendar: CalendarKey) async throws -> [SyncConflict] {
        let conflicts = try await next.conflicts(in: shown(calendar, unless: .leaksConflicts))
        return fault == .newestFirst ? conflicts.reversed() : conflicts
    }

    func changes(of tenant: TenantID, after number: Int, limit: Int) async throws -> [SequencedChange] {
        switch fault {
        case .leaksChanges: return try await next.changes(of: "acme", after: number, limit: limit)
        case .oversteps: return try await next.changes(of: tenant, after: number, limit: limit + 1)
        case .beginsWithTheLast: return try await next.changes(of: tenant, after: number - 1, limit: limit)
        case .numbersByPlace:
            let all = try await next.changes(of: tenant, after: 0, limit: .max)
            let placed = all.enumerated().map { SequencedChange(number: $0.offset + 1, change: $0.element.change) }
            return Array(placed.drop { $0.number <= number }.prefix(limit))
        case .drawsNumbersEarly:
            return memory.withLock { memory in
                let known = memory.changes.filter { $0.number > number }.sorted { $0.number < $1.number }
                return Array(known.prefix(limit))
            }
        default: return try await next.changes(of: tenant, after: number, limit: limit)
        }
    }

    func calendars(of tenant: TenantID) async throws -> [CalendarKey] {
        var listed: [CalendarKey] = []
        for calendar in try await next.calendars(of: tenant) {
            let state = try await next.snapshot(SnapshotRequest(calendar: calendar)).state
            if fault != .listsReadCalendars || state != nil { listed.append(calendar) }
        }
        return listed
    }

    func records(of tenant: TenantID, after id: RecordID?, limit: Int) async throws -> [EventRecord] {
        try await next.records(of: tenant, after: fault == .listsFromTheStart ? nil : id, limit: limit)
    }

    func erase(_ erasure: EventErasure) async throws {
        switch (fault, erasure) {
        case (.erasesNothing, _): break
        case (.erasesTheTenant, _): try await next.erase(.tenant(erasure.tenant))
        case (.ignoresErasedOwners, .connections(let connections, of: let tenant, owner: _)):
            try await next.erase(.connections(connections, of: tenant, owner: nil))
        case (.refusesToEraseNothing, _):
            guard try await !next.calendars(of: erasure.tenant).isEmpty else {
                throw CalendarError(.notFound, "There is nothing to erase.")
            }
            try await next.erase(erasure)
        default: try await next.erase(erasure)
        }
    }

    func acquireLease(on calendar: CalendarKey, now: Date, lasting seconds: Double) async throws -> CalendarLease? {
        switch fault {
        case .sharesLeases:
            let shared = CalendarKey(tenant: "acme", connection: "c1", calendar: calendar.calendar)
            return try await next.acquireLease(on: shared, now: now, lasting: seconds)
        case .looksBeforeItLeases:
            let held = memory.withLock { $0.leases[calendar] }
            await dawdle()
            guard held == nil else { return nil }
            let lease = CalendarLease(fencingNumber: 1, expiresAt: now.addingTimeInterval(seconds))
            memory.withLock { $0.leases[calendar] = lease }
            return lease
        case .leasesForever: return try await next.acquireLease(on: calendar, now: .distantPast, lasting: seconds)
        default:
            let lease = try await next.acquireLease(on: calendar, now: now, lasting: seconds)
            if let lease { memory.withLock { $0.leases[calendar] = lease } }
            return lease
        }
    }

    func release(_ lease: CalendarLease, on calendar: CalendarKey) async throws {
        memory.withLock { _ = $0.released.insert(lease.fencingNumber) }
        let newest = memory.withLock { $0.leases[calendar] }
        try await next.release(fault == .freesAnyLease ? newest ?? lease : lease, on: calendar)
    }

    func records(_ query: RecordQuery) async throws -> [EventRecord] {
        var query = query
        if fault == .leaksQueries { query.tenant = "acme" }
        switch fault {
        case .noCalendarIsAll where query.calendars == []: query.calendars = nil
        case .allCalendars: query.calendars = nil
        case .inclusiveEnds: query.end += 1
        case .noOpenSpans where query.end.timeIntervalSince(query.start) > 1e9: return []
        default: break
        }
        let records = try await next.records(query)
        return try await withoutMissing(records, query)
    }

    func commit(_ commit: RepositoryCommit) async throws {
        try await store(commit)
        memory.withLock { memory in
            for link in commit.links {
                let key = RepositoryCommit.LinkKey(calendar: link.calendar, event: link.event)
                memory.firstRecords[key] = memory.firstRecords[key] ?? link.record
            }
        }
    }

    /// Lets others run between a look and what is done upon it.
    func dawdle() async {
        for _ in 0..<20 { await Task.yield() }
    }

    func isLeased(_ calendar: CalendarKey) -> Bool {
        memory.withLock { $0.leases[calendar] != nil }
    }

    func wasReleased(_ lease: CalendarLease) -> Bool {
        memory.withLock { $0.released.contains(lease.fencingNumber) }
    }

    /// Numbers changes before their commit and shows them after it.
    func tellEarlyNumbers(of commit: RepositoryCommit) async {
        let numbered = memory.withLock { memory in
            commit.changes.map { change in
                memory.lastNumber += 1
                return SequencedChange(number: memory.lastNumber, change: change)
            }
        }
        for _ in 0..<(numbered.last?.number ?? 0) % 4 { await dawdle() }
        memory.withLock { $0.changes += numbered }
    }

    /// The first tenant's calendar where the fault shows it to everybody.
    private func shown(_ calendar: CalendarKey, unless leak: Fault) -> CalendarKey {
        guard fault == leak else { return calendar }
        return CalendarKey(tenant: "acme", connection: calendar.connection, calendar: calendar.calendar)
    }
}
