import CalendarCore
import CalendarTesting
import Foundation

extension BrokenEventRepository {
    /// One broken promise, and how the checks begin that have to notice.
    enum Fault: CaseIterable {
        case storesInPieces, storesInPiecesBehindTheCheck, ignoresRecordVersions, ignoresStateVersions
        case ignoresOperationVersions, ignoresOwners
        case looksBeforeItStores, countsByTwo, acceptsTwice, refusesNothing
        case ignoresLeases, refusesReleasedLeases, sharesLeases, looksBeforeItLeases
        case cascades, needsRecords, keepsLinks, keepsOperations, keepsConflicts, keepsRecords, keepsOldRecords
        case losesListedOccurrences, losesQuarantine, losesPendingSeries, roundsToSeconds, ignoresCase
        case oneIssueOfACode, resolvesTheNewToo, oversteps, beginsWithTheLast, drawsNumbersEarly, tellsNothing
        case daysAreUTC, forgetsLongEvents, exceptionsByTime, exceptionsByLink, exceptionsWithSeriesOnly
        case everySeries, hidesRejected, noCalendarIsAll
        case hidesOperationsElsewhere, hidesLinksOfTheUnstored, hidesUnlinkedExceptions, hidesExceptionsOfTheUnlinked
        case leaksSnapshots, leaksSweeps, leaksRecords, leaksLinks, leaksQueries, leaksOperations, leaksIssues
        case leaksConflicts, leaksChanges
        case losesCursors, neverUpdatesUIDs, findsNoUIDs, acceptsForeigners, acceptsWithoutState, removesForAll
        case leasesForever, freesAnyLease, demandsLeases, inventsStates
        case inclusiveEnds, seriesByTime, allCalendars, hidesTheUnlinked, noOpenSpans
        case newestFirst, ordersByEvent, ignoresEpochs
        case hidesExceptionLinks, namedOperationsOnly, hidesRecordsOfOperations
        case listsReadCalendars, listsFromTheStart, erasesNothing, erasesTheTenant, ignoresErasedOwners
        case numbersByPlace, refusesToEraseNothing

        var noticedBy: [String] {
            switch self {
            case .storesInPieces:
                [
                    "a refused commit stores nothing of any kind", "of commits that race on one version of a record",
                    "a commit that fails leaves nothing",
                ]
            case .storesInPiecesBehindTheCheck:
                ["a refused commit stores nothing of any kind", "a commit that fails tells nothing"]
            case .ignoresRecordVersions:
                [
                    "a refused commit stores nothing", "a record that exists cannot be created",
                    "each stored version of a record has a new revision", "removing a record needs its revision",
                ]
            case .ignoresStateVersions: ["a refused commit stores nothing", "a commit on an older state"]
            case .ignoresOwners: ["a query for owners"]
            case .ignoresOperationVersions: ["an operation that changed since it was read"]
            case .looksBeforeItStores:
                ["of commits that race on one version of a record", "of commits that race on one state"]
            case .countsByTwo: ["revisions count each stored version by one"]
            case .acceptsTwice: ["a commit that names one thing twice", "a refused commit stores nothing"]
            case .refusesNothing: ["an empty commit is no error"]
            case .ignoresLeases:
                [
                    "a commit under a lease that was taken over", "a commit under an older lease is refused also after",
                    "what was decided before an erasure",
                ]
            case .refusesReleasedLeases: ["a lease that ran out or was given back still counts"]
            case .sharesLeases: ["leases of different tenants and calendars"]
            case .looksBeforeItLeases: ["of those who race for a lease"]
            case .cascades: ["removing a record leaves its links"]
            case .needsRecords: ["links, operations, conflicts and changes may name"]
            case .keepsLinks: ["a removed link is gone", "a commit stores, replaces and removes"]
            case .keepsOperations, .keepsConflicts, .keepsRecords: ["a commit stores, replaces and removes"]
            case .keepsOldRecords: ["a link that gets another record"]
            case .losesListedOccurrences, .roundsToSeconds: ["records, links, operations and conflicts are answered"]
            case .losesQuarantine, .losesPendingSeries: ["a state is answered as it was stored"]
            case .ignoresCase: ["ids that differ in case"]
            case .oneIssueOfACode: ["issues come by event, then code"]
            case .resolvesTheNewToo: ["an issue replaces the earlier one"]
            case .oversteps, .beginsWithTheLast: ["a limit is kept, and an answer begins behind"]
            case .drawsNumbersEarly: ["who reads changes while others commit"]
            case .tellsNothing: ["a commit stores, replaces and removes", "changes are told in the order"]
            case .daysAreUTC: ["an all-day event is answered wherever on earth"]
            case .forgetsLongEvents: ["an event that lasts for months"]
            case .exceptionsByTime, .exceptionsByLink: ["a series brings all its exceptions"]
            case .exceptionsWithSeriesOnly: ["an exception whose series is not answered"]
            case .everySeries: ["an event that only borders on the span is left out"]
            case .hidesRejected, .noCalendarIsAll: ["a query for calendars counts rejected operations"]
            case .hidesOperationsElsewhere: ["a snapshot holds the records' operations for every calendar"]
            case .hidesLinksOfTheUnstored: ["links, operations, conflicts and changes may name"]
            case .hidesUnlinkedExceptions:
                [
                    "a snapshot holds the named records with their exceptions",
                    "a snapshot of a series holds the records of its exceptions",
                ]
            case .hidesExceptionsOfTheUnlinked: ["a snapshot holds the exceptions of a named series that has no link"]
            case .leaksSnapshots, .leaksRecords, .leaksLinks, .leaksQueries, .leaksOperations, .leaksConflicts:
                ["two tenants that use the same ids", "nothing of one tenant is seen"]
            case .leaksSweeps, .leaksIssues, .leaksChanges: ["two tenants that use the same ids"]
            case .losesCursors: ["a page's changes and the position", "a state is answered as it was stored"]
            case .neverUpdatesUIDs: ["a changed record is found by what it says now"]
            case .findsNoUIDs: ["a snapshot finds records by UID", "a changed record is found"]
            case .acceptsForeigners: ["a commit that names another tenant's"]
            case .acceptsWithoutState: ["a lease or an issue without the state"]
            case .removesForAll: ["what one tenant removes"]
            case .leasesForever: ["a calendar has one lease at a time"]
            case .freesAnyLease: ["giving back an old lease"]
            case .demandsLeases: ["a commit without a lease is guarded"]
            case .inventsStates: ["a snapshot of an unknown calendar", "an empty commit"]
            case .inclusiveEnds: ["a query answers the events that touch", "an event that only borders"]
            case .seriesByTime: ["a series is answered for spans long after"]
            case .allCalendars: ["a query for some calendars leaves out", "a query for calendars counts"]
            case .hidesTheUnlinked: ["a query for a calendar holds what is still to be created"]
            case .noOpenSpans: ["a span without bounds"]
            case .newestFirst: ["operations come oldest first", "conflicts of a calendar come oldest first"]
            case .ordersByEvent: ["the links of a record come by calendar"]
            case .ignoresEpochs: ["links that a full round did not list"]
            case .hidesExceptionLinks:
                ["a snapshot of a series holds the links", "a snapshot holds the exceptions of a named series"]
            case .namedOperationsOnly: ["a snapshot holds the named operations, and those of the records"]
            case .listsReadCalendars: ["the calendars with anything stored"]
            case .listsFromTheStart: ["every record is answered page by page"]
            case .erasesNothing:
                [
                    "erasing connections leaves nothing", "erasing a tenant leaves nothing", "erasing twice",
                    "what the owner made goes",
                ]
            case .erasesTheTenant:
                ["erasing connections leaves nothing", "a record that another connection has as well"]
            case .ignoresErasedOwners: ["a record that another connection has as well", "what the owner made goes"]
            case .numbersByPlace: ["numbers of the feed grow across an erasure"]
            case .refusesToEraseNothing: ["erasing twice"]
            case .hidesRecordsOfOperations: ["a snapshot holds the records behind the named operations"]
            }
        }
    }
}

/// The faults of queries.
extension BrokenEventRepository {
    func withoutMissing(_ records: [EventRecord], _ query: RecordQuery) async throws -> [EventRecord] {
        let answered = Set(records.map(\.id))
        switch fault {
        case .daysAreUTC: return records.filter { !$0.content.start.isAllDay || touches($0, query) }
        case .forgetsLongEvents:
            let earliest = query.start.addingTimeInterval(-30 * 86_400)
            return records.filter { $0.role != .single || $0.content.start.date(floatingIn: .utc) > earliest }
        case .exceptionsByTime: return records.filter { $0.series == nil || touches($0, query) }
        case .exceptionsByLink, .hidesTheUnlinked:
            var linked: [EventRecord] = []
            for record in records {
                let links = try await next.links(of: record.id, tenant: query.tenant)
                let needsLink = fault == .hidesTheUnlinked || record.series != nil
                if !needsLink || !links.isEmpty { linked.append(record) }
            }
            return linked
        case .seriesByTime: return records.filter { $0.role != .series || touches($0, query) }
        case .ignoresOwners:
            var linked = query
            linked.owners = []
            return try await next.records(linked)
        case .exceptionsWithSeriesOnly: return records.filter { $0.series.map(answered.contains) ?? true }
        case .everySeries:
            var later = query
            later.end = query.end.addingTimeInterval(366 * 86_400)
            let series = try await next.records(later).filter { $0.role == .series && !answered.contains($0.id) }
            return (records + series).sorted { $0.id < $1.id }
        case .hidesRejected:
            guard let calendars = query.calendars else { return records }
            var wanted: Set<RecordID> = []
            for calendar in calendars {
                wanted.formUnion(try await next.operations(in: calendar).filter(\.isPending).map(\.record))
            }
            return records.filter { wanted.contains($0.id) }
        default: return records
        }
    }

    private func touches(_ record: EventRecord, _ query: RecordQuery) -> Bool {
        record.content.start.date(floatingIn: .utc) < query.end
            && record.content.end.date(floatingIn: .utc) > query.start
    }
}

/// The faults of commits.
extension BrokenEventRepository {
    func store(_ commit: RepositoryCommit) async throws {
        var commit = commit
        switch fault {
        case .storesInPieces:
            var first = RepositoryCommit(tenant: commit.tenant)
            swap(&first.links, &commit.links)
            try await next.commit(first)
        case .storesInPiecesBehindTheCheck:
            try commit.validate()
            var first = RepositoryCommit(tenant: commit.tenant)
            swap(&first.links, &commit.links)
            swap(&first.changes, &commit.changes)
            try await next.commit(first)
        case .ignoresRecordVersions: try await adoptRecordVersions(&commit)
        case .ignoresStateVersions: try await adoptStateVersion(&commit)
        case .ignoresOperationVersions: try await adoptOperationVersions(&commit)
        case .looksBeforeItStores: try await lookBeforeStoring(&commit)
        case .countsByTwo: commit.state?.revision /= 2
        case .acceptsTwice: dropRepeated(&commit)
        case .refusesNothing where commit == RepositoryCommit(tenant: commit.tenant):
            throw CalendarError.invalidArgument("commit", "There is nothing to store.")
        case .ignoresLeases: commit.lease = nil
        case .refusesReleasedLeases where commit.lease.map(wasReleased) ?? false:
            throw CalendarError(.leaseLost, "The lease was given back.")
        case .cascades:
            for id in commit.removedRecords.keys {
                for link in try await next.links(of: id, tenant: commit.tenant) {
                    commit.removedLinks.insert(.init(calendar: link.calendar, event: link.event))
                }
            }
        case .needsRecords:
            for link in commit.links where !commit.records.contains(where: { $0.record.id == link.record }) {
                guard try await next.record(link.record, tenant: commit.tenant) != nil else {
                    throw CalendarError(.notFound, "There is no such record.")
                }
            }
        case .keepsLinks: commit.removedLinks = []
        case .keepsOperations: commit.removedOperations = [:]
        case .keepsConflicts: commit.removedConflicts = []
        case .keepsRecords: commit.removedRecords = [:]
        case .resolvesTheNewToo:
            commit.issues.removeAll { $0.event.map(commit.resolvedIssues.contains) ?? false }
        case .drawsNumbersEarly: await tellEarlyNumbers(of: commit)
        case .tellsNothing: commit.changes = []
        case .neverUpdatesUIDs:
            for index in commit.records.indices {
                let stored = try await next.record(commit.records[index].record.id, tenant: commit.tenant)
                if let stored { commit.records[index].record.iCalUID = stored.iCalUID }
            }
        case .acceptsForeigners:
            commit.links.removeAll { $0.calendar.tenant != commit.tenant }
            commit.records.removeAll { $0.record.tenant != commit.tenant }
            commit.removedLinks = commit.removedLinks.filter { $0.calendar.tenant == commit.tenant }
        case .acceptsWithoutState where commit.state == nil:
            commit.lease = nil
            commit.issues = []
        case .removesForAll:
            var elsewhere = RepositoryCommit(tenant: "other")
            elsewhere.removedOperations = commit.removedOperations
            try await next.commit(elsewhere)
        case .demandsLeases: try refuseUnleased(commit)
        default: break
        }
        try await next.commit(commit)
    }

    private func refuseUnleased(_ commit: RepositoryCommit) throws {
        guard let state = commit.state, commit.lease == nil, isLeased(state.calendar) else { return }
        throw CalendarError(.leaseLost, "A lease is missing.")
    }

    private func adoptRecordVersions(_ commit: inout RepositoryCommit) async throws {
        for index in commit.records.indices {
            let stored = try await next.record(commit.records[index].record.id, tenant: commit.tenant)
            commit.records[index].expecting = stored?.revision
        }
        for id in commit.removedRecords.keys {
            commit.removedRecords[id] = try await next.record(id, tenant: commit.tenant)?.revision
        }
    }

    private func adoptOperationVersions(_ commit: inout RepositoryCommit) async throws {
        let named = Set(commit.operations.map(\.id) + commit.removedOperations.keys)
        let nowhere = CalendarKey(tenant: commit.tenant, connection: "", calendar: "")
        let stored = try await next.snapshot(SnapshotRequest(calendar: nowhere, operations: named)).operations
        for index in commit.operations.indices {
            commit.operations[index].revision = stored[commit.operations[index].id]?.revision ?? 0
        }
        for id in commit.removedOperations.keys { commit.removedOperations[id] = stored[id]?.revision }
    }

    private func adoptStateVersion(_ commit: inout RepositoryCommit) async throws {
        guard let calendar = commit.state?.calendar else { return }
        commit.state?.revision =
            try await next.snapshot(SnapshotRequest(calendar: calendar)).state?.revision ?? 0
    }

    /// Compares first and swaps later, without a look at what was stored in between.
    private func lookBeforeStoring(_ commit: inout RepositoryCommit) async throws {
        var seen = commit
        try await adoptRecordVersions(&seen)
        try await adoptStateVersion(&seen)
        guard seen == commit else { throw CalendarError(.revisionConflict, "Another version is stored.") }
        await dawdle()
        try await adoptRecordVersions(&commit)
        try await adoptStateVersion(&commit)
    }

    private func dropRepeated(_ commit: inout RepositoryCommit) {
        var records: Set<RecordID> = []
        commit.records.removeAll { !records.insert($0.record.id).inserted }
        var links = commit.removedLinks
        commit.links.removeAll { !links.insert(.init(calendar: $0.calendar, event: $0.event)).inserted }
        let (operations, conflicts) = (commit.removedOperations, commit.removedConflicts)
        commit.operations.removeAll { operations[$0.id] != nil }
        commit.conflicts.removeAll { conflicts.contains($0.id) }
    }
}
