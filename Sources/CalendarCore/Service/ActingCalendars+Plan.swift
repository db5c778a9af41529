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
        let provider = try service.registration(connection.provider).provider
        var steps: [SyncPlan.Step] = []
        for calendar in connection.selection.mirrored {
            let key = CalendarKey(tenant: principal.tenant, connection: connection.key.connection, calendar: calendar)
            let operations = try await service.storage.events.pendingOperations(in: key)
            guard !operations.isEmpty else { continue }
            let state = try await service.storage.events.snapshot(SnapshotRequest(calendar: key)).state
            let reader = SyncPlanReader(
                mailControl: provider.descriptor.mailControl,
                canonical: provider.canonical,
                now: service.clock.now,
                writesPausedUntil: connection.writesPausedUntil,
                isInQuarantine: state?.needsConfirmation ?? false
            )
            for operation in operations {
                let links = try await service.storage.events.links(of: operation.record, tenant: principal.tenant)
                var series: StoredSeries?
                if let intent = operation.series { series = try await storedSeries(intent.series, in: key) }
                steps.append(reader.step(operation, link: links.first { $0.calendar == key }, series: series))
            }
        }
        return SyncPlan(steps: steps)
    }
}
