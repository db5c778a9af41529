/// What is read from storage before a plan is made, and the reading of one event outside of the feed.
extension SyncEngine {
    /// A page's changes, confirmed and complete, with what is stored about them.
    func reading(
        _ changes: [RemoteChange],
        _ state: inout CalendarSyncState,
        provider: any CalendarProvider,
        session: ProviderSession
    ) async throws -> (changes: [RemoteChange], snapshot: CalendarSnapshot, issues: [SyncIssue]) {
        let calendar = state.calendar
        let issues = try await knownIssues(of: changes, in: calendar)
        let first = try await snapshot(for: changes, in: calendar, issues: issues)
        let confirmed = try await confirm(changes, first, provider: provider, session: session)
        let complete = try await hydrate(confirmed, first, &state, provider: provider, session: session)
        guard complete != changes else { return (changes, first, issues) }
        return (complete, try await snapshot(for: complete, in: calendar, issues: issues), issues)
    }

    /// What is on record about a calendar's events; nothing is read where no change needs it.
    func knownIssues(of changes: [RemoteChange], in calendar: CalendarKey) async throws -> [SyncIssue] {
        changes.isEmpty ? [] : try await repository.issues(in: calendar)
    }

    /// What is stored about the events that changes name, and about those which share a record with them.
    func snapshot(
        for changes: [RemoteChange],
        in calendar: CalendarKey,
        issues: [SyncIssue]
    ) async throws -> CalendarSnapshot {
        let request = SyncPlanner.request(for: changes, in: calendar)
        var snapshot = try await repository.snapshot(request)
        var records = snapshot.recordsOnlyKnown(by: request.iCalUIDs)
        if issues.contains(where: { $0.code == .duplicates }) {
            records.formUnion(snapshot.links.values.filter { $0.series == nil }.map(\.record))
        } else {
            for case .removed(let id, _) in changes {
                if let link = snapshot.links[id], link.series == nil { records.insert(link.record) }
            }
        }
        try await complete(&snapshot, with: records, in: calendar)
        return snapshot
    }

    /// Adds the calendar's further links of some records, so that a view that stays is not lost with one that goes.
    func complete(
        _ snapshot: inout CalendarSnapshot,
        with records: Set<RecordID>,
        in calendar: CalendarKey
    ) async throws {
        for record in records.sorted() {
            for link in try await repository.links(of: record, tenant: calendar.tenant) where link.calendar == calendar
            {
                snapshot.links[link.event] = snapshot.links[link.event] ?? link
            }
        }
    }

    /// Takes over what one event is now, as a page of the feed would; the position in the feed stays.
    func absorb(
        _ change: RemoteChange,
        in calendar: CalendarKey,
        provider: any CalendarProvider,
        lease: CalendarLease
    ) async throws -> SyncReport {
        let issues = try await knownIssues(of: [change], in: calendar)
        let snapshot = try await snapshot(for: [change], in: calendar, issues: issues)
        var plan = planner(for: calendar, provider, issues: issues).planReading(
            of: change,
            state: snapshot.state ?? CalendarSyncState(calendar: calendar),
            snapshot: snapshot
        )
        plan.commit.lease = lease
        try await repository.commit(plan.commit)
        return plan.report
    }
}

extension CalendarSnapshot {
    /// Records with one of the UIDs to which no link of the calendar was read.
    fileprivate func recordsOnlyKnown(by iCalUIDs: Set<String>) -> Set<RecordID> {
        let linked = Set(links.values.map(\.record))
        return Set(
            records.values
                .filter { $0.series == nil && !linked.contains($0.id) && ($0.iCalUID.map(iCalUIDs.contains) ?? false) }
                .map(\.id)
        )
    }
}
