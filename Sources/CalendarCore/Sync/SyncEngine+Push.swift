import Foundation

extension SyncEngine {
    /// Sends the pending operations of a calendar, oldest first; each is journalled before its call.
    ///
    /// A failure that concerns the whole connection ends the push and is thrown; everything else is recorded with its
    /// operation and the next one follows.
    package func push(
        _ calendar: CalendarKey,
        provider: any CalendarProvider,
        session: ProviderSession
    ) async throws -> SyncReport {
        guard !(try await repository.pendingOperations(in: calendar)).isEmpty else { return SyncReport() }
        return try await withLease(on: calendar) { lease in
            var report = SyncReport()
            for operation in try await repository.pendingOperations(in: calendar) {
                guard operation.notBefore <= clock.now else {
                    report.waiting += 1
                    continue
                }
                let sender = OperationSender(engine: self, provider: provider, session: session, lease: lease)
                report.add(try await sender.send(operation))
            }
            return report
        }
    }
}

/// Carries one outbox operation through: journal, call, settle; and after a lost reply: look, then call again.
struct OperationSender {
    let engine: SyncEngine
    let provider: any CalendarProvider
    let session: ProviderSession
    let lease: CalendarLease

    private var repository: any EventRepository { engine.repository }
    private var clock: any WallClock { engine.clock }

    func send(_ queued: OutboxOperation) async throws -> SyncReport {
        var operation = queued
        var sends = 0
        while true {
            do {
                if operation.action == .create, operation.state != .queued,
                    let found = try await provider.createdEvent(
                        for: operation.id,
                        in: operation.calendar.calendar,
                        session: session
                    )
                {
                    return try await settle(operation, with: found)
                }
                operation.state = .sent
                operation.attempts += 1
                try await journal(operation)
                sends += 1
                return try await call(operation)
            } catch let error as CalendarError {
                guard let next = try await react(to: error, operation, sends: sends) else {
                    return SyncReport.waitingForOne
                }
                operation = next
            }
        }
    }

    private func call(_ operation: OutboxOperation) async throws -> SyncReport {
        switch operation.action {
        case .create:
            let event = try await provider.create(
                EventCreation(
                    key: operation.id,
                    content: operation.content,
                    invitations: operation.invitations
                ),
                in: operation.calendar.calendar,
                session: session
            )
            return try await settle(operation, with: event)
        case .update: return try await update(operation)
        case .delete: return try await delete(operation)
        }
    }

    /// What follows a failed attempt: the operation to try again now, or nil when it has to wait.
    private func react(
        to error: CalendarError,
        _ operation: OutboxOperation,
        sends: Int
    ) async throws -> OutboxOperation? {
        var next = operation
        switch error.failureClass {
        case .retry(let after):
            next.state = error.isOutcomeUnknown || operation.state == .sentWithoutReply ? .sentWithoutReply : .queued
            let wait = max(after ?? 0, Double(1 << min(operation.attempts, 8)))
            next.notBefore = clock.now.addingTimeInterval(wait)
            try await journal(next)
            guard sends < engine.configuration.maxSends, wait <= 30 else { return nil }
            try await clock.sleep(until: next.notBefore)
            return next
        case .pauseWrites(let after):
            next.state = .queued
            next.notBefore = clock.now.addingTimeInterval(after ?? 3600)
            try await journal(next)
            throw error
        case .reconnect, .configuration, .resync:
            next.state = operation.state == .sentWithoutReply ? .sentWithoutReply : .queued
            try await journal(next)
            throw error
        case .poison, .fatal:
            next.state = .rejected(error.code)
            try await reject(next, error)
            return nil
        }
    }

    private func journal(_ operation: OutboxOperation) async throws {
        var commit = RepositoryCommit(tenant: operation.calendar.tenant)
        commit.lease = lease
        commit.state = try await currentState(operation.calendar)
        commit.operations = [operation]
        try await repository.commit(commit)
    }

    private func reject(_ operation: OutboxOperation, _ error: CalendarError) async throws {
        var commit = RepositoryCommit(tenant: operation.calendar.tenant)
        commit.lease = lease
        commit.state = try await currentState(operation.calendar)
        commit.operations = [operation]
        commit.issues = [
            SyncIssue(
                event: try await link(of: operation)?.event,
                code: .writeRejected,
                field: error.field,
                message: error.message
            )
        ]
        try await repository.commit(commit)
    }

    /// Stores what the service answered as the agreed base and removes the operation, in one commit.
    private func settle(_ operation: OutboxOperation, with event: RemoteEvent) async throws -> SyncReport {
        let snapshot = try await repository.snapshot(
            SnapshotRequest(calendar: operation.calendar, events: [event.id], records: [operation.record])
        )
        var commit = RepositoryCommit(tenant: operation.calendar.tenant)
        commit.lease = lease
        commit.state = snapshot.state ?? CalendarSyncState(calendar: operation.calendar)
        commit.removedOperations = [operation.id]
        commit.links = [settledLink(operation, event, snapshot)]
        claim(event.id, for: operation.record, snapshot, &commit)
        if var record = snapshot.records[operation.record], record.iCalUID == nil, event.iCalUID != nil {
            record.iCalUID = event.iCalUID
            commit.records.append(.init(record, expecting: record.revision))
        }
        try await repository.commit(commit)
        var report = SyncReport()
        report.pushed = 1
        return report
    }

    /// Gives up the record that a pull made of the event before the write's outcome was known.
    ///
    /// The change feed of Graph shows no creation key, so after a lost reply the event comes in as somebody else's. Its
    /// views and the exceptions of a series move over to the record whose write made it.
    private func claim(
        _ event: RemoteEventID,
        for record: RecordID,
        _ snapshot: CalendarSnapshot,
        _ commit: inout RepositoryCommit
    ) {
        guard let earlier = snapshot.links[event], earlier.record != record,
            let stray = snapshot.records[earlier.record]
        else { return }
        commit.removedRecords[stray.id] = stray.revision
        for var view in snapshot.otherLinks[stray.id] ?? [] {
            view.record = record
            view.isPrimary = false
            commit.links.append(view)
        }
        for var exception in snapshot.records.values.sorted(by: { $0.id < $1.id }) {
            guard case .exception(stray.id, let originalStart) = exception.role else { continue }
            exception.role = .exception(series: record, originalStart: originalStart)
            commit.records.append(.init(exception, expecting: exception.revision))
        }
    }

    private func settledLink(
        _ operation: OutboxOperation,
        _ event: RemoteEvent,
        _ snapshot: CalendarSnapshot
    ) -> EventLink {
        let earlier = snapshot.links[event.id]
        var link = EventLink(
            calendar: operation.calendar,
            event: event.id,
            record: operation.record,
            role: event.role,
            etag: event.etag,
            base: provider.canonical(event.content),
            syncedRevision: operation.localRevision,
            isPrimary: earlier?.isPrimary ?? (snapshot.otherLinks[operation.record] ?? []).isEmpty,
            isOrganizer: event.isOrganizer,
            epoch: snapshot.state?.epoch ?? 0,
            webLink: event.webLink,
            providerFields: event.providerFields,
            syncedAt: clock.now
        )
        link.occurrencesRound = earlier?.occurrencesRound ?? 0
        return link
    }

    private func update(_ operation: OutboxOperation) async throws -> SyncReport {
        guard let link = try await link(of: operation), let base = link.base else {
            return try await drop(operation)
        }
        do {
            let event = try await provider.update(
                EventUpdate(
                    id: link.event,
                    etag: link.etag,
                    base: base,
                    content: operation.content,
                    invitations: operation.invitations
                ),
                in: operation.calendar.calendar,
                session: session
            )
            return try await settle(operation, with: event)
        } catch let error as CalendarError where error.code == .conflict {
            return try await mergeAndUpdate(operation, link, base: base, rounds: 3)
        } catch let error as CalendarError where error.code == .notFound {
            return try await drop(operation)
        }
    }

    /// After a 412: reads the event again, merges the intent into it and sends what is still different.
    private func mergeAndUpdate(
        _ operation: OutboxOperation,
        _ link: EventLink,
        base: EventContent,
        rounds: Int
    ) async throws -> SyncReport {
        let calendar = operation.calendar.calendar
        let remote = try await provider.event(link.event, in: calendar, session: session)
        let merge = EventMerger.merge(
            base: base,
            local: operation.content,
            remote: remote.content,
            canonical: provider.canonical
        )
        var merged = operation
        merged.content = merge.content
        do {
            let event = try await provider.update(
                EventUpdate(
                    id: link.event,
                    etag: remote.etag,
                    base: provider.canonical(remote.content),
                    content: merge.content,
                    invitations: operation.invitations
                ),
                in: calendar,
                session: session
            )
            var report = try await settleMerged(merged, event)
            report.conflicts = merge.conflicts.count
            return report
        } catch let error as CalendarError where error.code == .conflict && rounds > 1 {
            return try await mergeAndUpdate(merged, link, base: provider.canonical(remote.content), rounds: rounds - 1)
        }
    }

    private func settleMerged(_ operation: OutboxOperation, _ event: RemoteEvent) async throws -> SyncReport {
        let tenant = operation.calendar.tenant
        if var record = try await repository.record(operation.record, tenant: tenant),
            record.localRevision == operation.localRevision, record.content != event.content
        {
            var commit = RepositoryCommit(tenant: tenant)
            let revision = record.revision
            record.content = event.content
            record.updatedAt = clock.now
            commit.records = [.init(record, expecting: revision)]
            try await repository.commit(commit)
        }
        return try await settle(operation, with: event)
    }

    private func delete(_ operation: OutboxOperation) async throws -> SyncReport {
        guard let link = try await link(of: operation) else { return try await drop(operation) }
        let calendar = operation.calendar.calendar
        do {
            try await provider.delete(
                EventDeletion(id: link.event, etag: link.etag, invitations: operation.invitations),
                in: calendar,
                session: session
            )
        } catch let error as CalendarError where error.code == .conflict {
            try await provider.delete(
                EventDeletion(id: link.event, etag: nil, invitations: operation.invitations),
                in: calendar,
                session: session
            )
        }
        return try await drop(operation)
    }

    /// Removes an operation whose event is gone, and the link to it.
    private func drop(_ operation: OutboxOperation) async throws -> SyncReport {
        var commit = RepositoryCommit(tenant: operation.calendar.tenant)
        commit.lease = lease
        commit.state = try await currentState(operation.calendar)
        commit.removedOperations = [operation.id]
        if let link = try await link(of: operation) {
            commit.removedLinks = [.init(calendar: operation.calendar, event: link.event)]
        }
        try await repository.commit(commit)
        var report = SyncReport()
        report.pushed = 1
        return report
    }

    private func link(of operation: OutboxOperation) async throws -> EventLink? {
        try await repository.links(of: operation.record, tenant: operation.calendar.tenant)
            .first { $0.calendar == operation.calendar }
    }

    private func currentState(_ calendar: CalendarKey) async throws -> CalendarSyncState {
        try await repository.snapshot(SnapshotRequest(calendar: calendar)).state
            ?? CalendarSyncState(calendar: calendar)
    }
}

extension SyncReport {
    fileprivate static var waitingForOne: SyncReport {
        var report = SyncReport()
        report.waiting = 1
        return report
    }
}
