extension ActingCalendars {
    /// The writes of a connection that wait to be sent or were refused, per calendar in the order of sending (M-43).
    ///
    /// - Parameter connection: The connection.
    /// - Returns: The writes; refused ones stay until they are retried or cancelled.
    /// - Throws: `notFound` for an unknown connection, `permissionDenied` without the right to view it.
    public func outbox(of connection: ConnectionID) async throws -> [OutboxEntry] {
        let connection = try await self.connection(connection, for: .view)
        var entries: [OutboxEntry] = []
        for calendar in mirroredCalendars(of: connection) {
            entries += try await service.storage.events.operations(in: calendar).map(OutboxEntry.init)
        }
        return entries
    }

    /// Has a refused write sent once more by the next ``sync(_:)``; one that waits already is left as it is.
    ///
    /// - Parameters:
    ///   - operation: The write.
    ///   - connection: Its connection.
    /// - Throws: `notFound` for an unknown write or one of another connection or tenant, `permissionDenied`, `leaseLost`
    ///   while a sync changes the calendar.
    public func retry(_ operation: OperationID, of connection: ConnectionID) async throws {
        let connection = try await self.connection(connection, for: .schedule)
        try await change(operation, of: connection) { found, lease in
            guard OutboxEntry(found).rejection != nil else { return }
            var commit = try await self.commit(ending: found, lease)
            try edits(for: connection).retry(found, &commit)
            try await service.storage.events.commit(commit)
        }
    }

    /// Takes back a write that had no effect, because it was never taken by the service or was refused.
    ///
    /// - A cancelled create takes its event along: it is in no calendar.
    /// - A cancelled update gives the event back what the service has; where a newer edit of the event waits, that one
    ///   stands, with all that it says. Where an older one waits, the event says what that one does.
    /// - A cancelled deletion brings the event back as the service has it now, for which the event is read.
    ///
    /// - Parameters:
    ///   - operation: The write.
    ///   - connection: Its connection.
    /// - Throws: `notFound` for an unknown write or one of another connection or tenant; `permissionDenied`; `rejected`
    ///   for one that may have had an effect; `leaseLost` while a sync changes the calendar; what reading the event of a
    ///   deletion throws. Nothing is changed then.
    public func cancel(_ operation: OperationID, of connection: ConnectionID) async throws {
        let connection = try await self.connection(connection, for: .schedule)
        try await change(operation, of: connection) { found, lease in
            guard OutboxEntry(found).isCancellable else {
                throw CalendarError(
                    .rejected,
                    "The write may have reached the service.",
                    field: "operation",
                    identifier: operation.rawValue
                )
            }
            let events = service.storage.events
            let links = try await events.links(of: found.record, tenant: principal.tenant)
                .filter { $0.calendar == found.calendar }
            let link = links.first(where: \.isPrimary) ?? links.first
            var latest: RemoteChange?
            if found.action == .delete, let link { latest = try await read(link.event, in: found.calendar, connection) }
            var names = Set([link?.event, link?.series].compactMap(\.self))
            if let series = found.series?.series {
                let ties = try await events.links(of: series, tenant: principal.tenant)
                names.formUnion(ties.filter { $0.calendar == found.calendar }.map(\.event))
            }
            let request = SnapshotRequest(
                calendar: found.calendar,
                events: names,
                records: found.concerned
            )
            let others = try await events.operations(in: found.calendar)
                .filter { !$0.concerned.isDisjoint(with: found.concerned) && $0.id != found.id }
            guard found.action != .series || others.isEmpty else {
                throw CalendarError(
                    .rejected,
                    "Other writes of the series build on this one; cancel them first.",
                    field: "operation",
                    identifier: operation.rawValue
                )
            }
            var commit = try await self.commit(ending: found, lease)
            let snapshot = try await events.snapshot(request)
            try edits(for: connection).cancel(
                found,
                link: link,
                snapshot: snapshot,
                others: others.filter { $0.record == found.record },
                &commit
            )
            try await events.commit(commit)
            if let latest { try await take(latest, in: found.calendar, connection, lease) }
        }
    }

    /// Works on a write while nobody else changes its calendar.
    private func change(
        _ id: OperationID,
        of connection: Connection,
        _ body: (OutboxOperation, CalendarLease) async throws -> Void
    ) async throws {
        for calendar in mirroredCalendars(of: connection) {
            let operations = try await service.storage.events.operations(in: calendar)
            guard operations.contains(where: { $0.id == id }) else { continue }
            return try await service.engine.withLease(on: calendar) { lease in
                // A sync may have settled it before the lease was taken.
                let found = try await service.storage.events.operations(in: calendar).first { $0.id == id }
                guard let found else { throw Self.noOperation(id) }
                try await body(found, lease)
            }
        }
        throw Self.noOperation(id)
    }

    private static func noOperation(_ id: OperationID) -> CalendarError {
        CalendarError(.notFound, "There is no such write.", identifier: id.rawValue)
    }

    private func edits(for connection: Connection) throws -> OutboxEdits {
        let provider = try service.registration(connection.provider).provider
        return OutboxEdits(now: service.clock.now, canonical: provider.canonical)
    }

    /// A commit under the lease that ends the issue of a refused write, and leaves the event's other ones.
    private func commit(ending operation: OutboxOperation, _ lease: CalendarLease) async throws -> RepositoryCommit {
        let events = service.storage.events
        let links = try await events.links(of: operation.record, tenant: principal.tenant)
        let names = Set(links.filter { $0.calendar == operation.calendar }.map(\.event))
            .union([RemoteEventID(operation.id.rawValue)])
        let known = try await events.issues(in: operation.calendar)
        let ended = known.filter { $0.code == .writeRejected && ($0.event.map(names.contains) ?? false) }
        var commit = RepositoryCommit(tenant: principal.tenant)
        commit.lease = lease
        let state = try await events.snapshot(SnapshotRequest(calendar: operation.calendar)).state
        commit.state = state ?? CalendarSyncState(calendar: operation.calendar)
        commit.resolvedIssues = Set(ended.compactMap(\.event))
        commit.issues = known.filter { issue in
            issue.code != .writeRejected && (issue.event.map(commit.resolvedIssues.contains) ?? false)
        }
        return commit
    }
}
