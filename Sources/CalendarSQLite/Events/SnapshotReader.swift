#if SQLite
import CalendarCore
import GRDB

extension EventTables {
    /// What is stored about some events of a calendar.
    ///
    /// A page names hundreds of events, so each kind of thing is read for many of them at once.
    func snapshot(_ request: SnapshotRequest) throws -> CalendarSnapshot {
        var snapshot = CalendarSnapshot(state: nil, links: [:], records: [:], otherLinks: [:], operations: [:])
        guard let tenant = try number(of: request.calendar.tenant) else { return snapshot }
        let calendar = try number(of: request.calendar)
        if let calendar {
            snapshot.state = try state(of: calendar)
            for link in try links(of: request.events, in: calendar) { snapshot.links[link.event] = link }
        }
        for operation in try operations(request.operations, of: tenant) {
            snapshot.operations[operation.id] = operation
        }
        var wanted = request.records
        wanted.formUnion(snapshot.links.values.map(\.record))
        wanted.formUnion(snapshot.operations.values.map(\.record))
        for record in try records(iCalUIDs: request.iCalUIDs, of: tenant) {
            snapshot.records[record.id] = record
            wanted.insert(record.id)
        }
        for exception in try exceptions(of: wanted, tenant: tenant) { snapshot.records[exception.id] = exception }
        wanted.formUnion(snapshot.records.keys)
        let further = wanted.filter { snapshot.records[$0] == nil }
        for record in try records(further, of: tenant) { snapshot.records[record.id] = record }
        let others = try links(of: wanted, tenant: tenant, besides: calendar)
        snapshot.otherLinks = Dictionary(grouping: others, by: \.record)
        for operation in try operations(of: wanted, tenant: tenant) { snapshot.operations[operation.id] = operation }
        return snapshot
    }

    private func state(of calendar: Int64) throws -> CalendarSyncState? {
        try database.value(
            CalendarSyncState.self,
            "SELECT value FROM calendars WHERE id = ? AND value IS NOT NULL",
            [calendar]
        )
    }

    /// The links to some events and those to their exceptions.
    private func links(of events: Set<RemoteEventID>, in calendar: Int64) throws -> [EventLink] {
        let keys = events.map(\.column)
        return try ["event", "series"].flatMap { column in
            try database.values(
                EventLink.self,
                "SELECT value FROM links WHERE calendar = ? AND \(column) IN (\(Database.several))",
                [calendar],
                oneOf: keys
            )
        }
    }

    private func operations(_ ids: Set<OperationID>, of tenant: Int64) throws -> [OutboxOperation] {
        try database.values(
            OutboxOperation.self,
            "SELECT value FROM operations WHERE tenant = ? AND operation IN (\(Database.several))",
            [tenant],
            oneOf: ids.map(\.column)
        )
    }

    private func operations(of records: Set<RecordID>, tenant: Int64) throws -> [OutboxOperation] {
        try database.values(
            OutboxOperation.self,
            "SELECT value FROM operations WHERE tenant = ? AND record IN (\(Database.several))",
            [tenant],
            oneOf: records.map(\.column)
        )
    }

    private func records(iCalUIDs: Set<String>, of tenant: Int64) throws -> [EventRecord] {
        try database.values(
            EventRecord.self,
            "SELECT value FROM records WHERE tenant = ? AND ical_uid IN (\(Database.several))",
            [tenant],
            oneOf: iCalUIDs.map(\.column)
        )
    }

    private func records(_ ids: Set<RecordID>, of tenant: Int64) throws -> [EventRecord] {
        try database.values(
            EventRecord.self,
            "SELECT value FROM records WHERE tenant = ? AND record IN (\(Database.several))",
            [tenant],
            oneOf: ids.map(\.column)
        )
    }

    private func exceptions(of series: Set<RecordID>, tenant: Int64) throws -> [EventRecord] {
        try database.values(
            EventRecord.self,
            "SELECT value FROM records WHERE tenant = ? AND series IN (\(Database.several))",
            [tenant],
            oneOf: series.map(\.column)
        )
    }
}
#endif
