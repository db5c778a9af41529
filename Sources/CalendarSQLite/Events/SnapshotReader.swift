#if SQLite
import CalendarCore
import GRDB

extension EventTables {
    /// What is stored about some events of a calendar.
    func snapshot(_ request: SnapshotRequest) throws -> CalendarSnapshot {
        var snapshot = CalendarSnapshot(state: nil, links: [:], records: [:], otherLinks: [:], operations: [:])
        guard let tenant = try number(of: request.calendar.tenant) else { return snapshot }
        let calendar = try number(of: request.calendar)
        if let calendar {
            snapshot.state = try state(of: calendar)
            for event in request.events {
                for link in try links(of: event, in: calendar) { snapshot.links[link.event] = link }
            }
        }
        for id in request.operations {
            snapshot.operations[id] = try operation(id, of: tenant)
        }
        var wanted = request.records
        wanted.formUnion(snapshot.links.values.map(\.record))
        wanted.formUnion(snapshot.operations.values.map(\.record))
        for uid in request.iCalUIDs {
            for record in try records(iCalUID: uid, of: tenant) {
                snapshot.records[record.id] = record
                wanted.insert(record.id)
            }
        }
        for id in wanted {
            for exception in try exceptions(of: id, tenant: tenant) {
                snapshot.records[exception.id] = exception
            }
        }
        wanted.formUnion(snapshot.records.keys)
        for id in wanted {
            if snapshot.records[id] == nil { snapshot.records[id] = try record(id, of: tenant) }
            let others = try links(of: id, tenant: tenant, besides: calendar)
            if !others.isEmpty { snapshot.otherLinks[id] = others }
            for operation in try operations(of: id, tenant: tenant) { snapshot.operations[operation.id] = operation }
        }
        return snapshot
    }

    private func state(of calendar: Int64) throws -> CalendarSyncState? {
        try database.value(
            CalendarSyncState.self,
            "SELECT value FROM calendars WHERE id = ? AND value IS NOT NULL",
            [calendar]
        )
    }

    /// The link to an event and those to its exceptions.
    private func links(of event: RemoteEventID, in calendar: Int64) throws -> [EventLink] {
        try database.values(
            EventLink.self,
            """
            SELECT value FROM links WHERE calendar = ? AND event = ?
            UNION ALL
            SELECT value FROM links WHERE calendar = ? AND series = ?
            """,
            [calendar, event.column, calendar, event.column]
        )
    }

    private func operation(_ id: OperationID, of tenant: Int64) throws -> OutboxOperation? {
        try database.value(
            OutboxOperation.self,
            "SELECT value FROM operations WHERE tenant = ? AND operation = ?",
            [tenant, id.column]
        )
    }

    private func operations(of record: RecordID, tenant: Int64) throws -> [OutboxOperation] {
        try database.values(
            OutboxOperation.self,
            "SELECT value FROM operations WHERE tenant = ? AND record = ?",
            [tenant, record.column]
        )
    }

    private func records(iCalUID: String, of tenant: Int64) throws -> [EventRecord] {
        try database.values(
            EventRecord.self,
            "SELECT value FROM records WHERE tenant = ? AND ical_uid = ?",
            [tenant, iCalUID.column]
        )
    }

    private func exceptions(of series: RecordID, tenant: Int64) throws -> [EventRecord] {
        try database.values(
            EventRecord.self,
            "SELECT value FROM records WHERE tenant = ? AND series = ?",
            [tenant, series.column]
        )
    }
}
#endif
