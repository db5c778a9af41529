extension ActingCalendars {
    /// What the next sync of a connection would write, and how much mail that causes; nothing is sent or stored.
    ///
    /// Reads the outbox and the links of the events in it: the cost grows with what waits, not with what is stored.
    ///
    /// - Parameter connection: The connection.
    /// - Returns: The plan; empty when nothing waits.
    /// - Throws: `notFound` for an unknown connection, `permissionDenied` without the right to view it.
    public func syncPlan(of connection: ConnectionID) async throws -> SyncPlan {
        let connection = try await self.connection(connection, for: .view)
        var steps: [SyncPlan.Step] = []
        for calendar in connection.selection.mirrored {
            let key = CalendarKey(tenant: principal.tenant, connection: connection.key.connection, calendar: calendar)
            let operations = try await service.storage.events.pendingOperations(in: key)
            steps += try await self.steps(of: operations, in: key, connection)
        }
        return SyncPlan(steps: steps)
    }

    /// What some writes to a calendar are in a plan.
    func steps(
        of operations: [OutboxOperation],
        in calendar: CalendarKey,
        _ connection: Connection
    ) async throws -> [SyncPlan.Step] {
        guard !operations.isEmpty else { return [] }
        let provider = try service.registration(connection.provider).provider
        let events = service.storage.events
        let state = try await events.snapshot(SnapshotRequest(calendar: calendar)).state
        let reader = SyncPlanReader(
            mailControl: provider.descriptor.mailControl,
            canonical: provider.canonical,
            now: service.clock.now,
            writesPausedUntil: connection.writesPausedUntil,
            isInQuarantine: state?.needsConfirmation ?? false
        )
        var steps: [SyncPlan.Step] = []
        for operation in operations {
            let links = try await events.links(of: operation.record, tenant: principal.tenant)
            var series: StoredSeries?
            if let intent = operation.series { series = try await storedSeries(intent.series, in: calendar) }
            steps.append(reader.step(operation, link: links.first { $0.calendar == calendar }, series: series))
        }
        return steps
    }
}
