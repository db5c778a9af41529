public import Foundation

extension ActingCalendars {
    /// A sync run of a connection; pull it to make it go.
    ///
    /// - Throws: `notFound` or `permissionDenied`; what goes wrong later is thrown by the run.
    public func sync(_ connection: ConnectionID) async throws -> SyncRun {
        let connection = try await self.connection(connection, for: .connect)
        guard connection.isSyncEnabled else {
            throw CalendarError(.unsupported, "Sync is switched off for this connection.")
        }
        let service = service
        return SyncRun(
            runner: SyncRunner(
                engine: service.engine,
                connections: service.storage.connections,
                key: connection.key,
                open: { try service.open($0) }
            )
        )
    }

    /// What takes place in the principal's calendars within a span of time.
    ///
    /// - Parameters:
    ///   - start: The start of the span, inclusive.
    ///   - end: The end of the span, exclusive.
    ///   - zone: The zone in which all-day events are read.
    ///   - connection: One connection; nil means all of the principal's.
    /// - Returns: The entries by start, all-day ones first.
    /// - Throws: `invalidArgument` for a reversed span, `permissionDenied`.
    public func agenda(
        from start: Date,
        to end: Date,
        in zone: EventZone,
        of connection: ConnectionID? = nil
    ) async throws -> [AgendaEntry] {
        let query = try await recordQuery(from: start, to: end, of: connection)
        let records = try await service.storage.events.records(query)
        return Agenda.entries(of: records, from: start, to: end, in: zone)
    }

    /// What the principal may see of a connection, or of all, within a span of time.
    func recordQuery(from start: Date, to end: Date, of connection: ConnectionID?) async throws -> RecordQuery {
        try service.policy.require(.view, for: principal)
        let own = try await viewableConnections()
            .filter { connection == nil || $0.key.connection == connection }
        let calendars = own.flatMap { connection in
            connection.selection.mirrored.map {
                CalendarKey(tenant: principal.tenant, connection: connection.key.connection, calendar: $0)
            }
        }
        return try RecordQuery(
            tenant: principal.tenant,
            calendars: Set(calendars),
            owners: connection == nil ? ownedSides : [],
            start: start,
            end: end
        )
    }
}
