/// Reads what an export holds, page by page and in its order.
struct ArchiveReader: Sendable {
    /// Where an export is between two pages.
    enum Place: Sendable {
        case connections
        case records(after: RecordID?)
        case calendar(ArraySlice<CalendarKey>)
        case links(in: ArraySlice<CalendarKey>, after: RemoteEventID?)
        case changes(after: Int)
    }

    private static let pageSize = 500

    let storage: CalendarStorage
    let scope: DataScope
    /// The connections whose calendars belong to the export; nil for all.
    private var connections: Set<ConnectionID>?

    init(storage: CalendarStorage, scope: DataScope) {
        self.storage = storage
        self.scope = scope
    }

    mutating func page(at place: Place) async throws -> (lines: [ArchiveLine], next: Place?) {
        switch place {
        case .connections: return (try await beginning(), .records(after: nil))
        case .records(let id):
            let page = try await storage.events.records(of: scope.tenant, after: id, limit: Self.pageSize)
            let lines = try await covered(page).map { ArchiveLine.record($0.unrevised) }
            if page.count == Self.pageSize { return (lines, .records(after: page.last?.id)) }
            let calendars = try await storage.events.calendars(of: scope.tenant).filter { covers($0) }
            return (lines, .calendar(calendars[...]))
        case .calendar(let calendars):
            guard let calendar = calendars.first else { return ([], .changes(after: 0)) }
            return (try await contents(of: calendar), .links(in: calendars, after: nil))
        case .links(in: let calendars, after: let event):
            guard let calendar = calendars.first else { return ([], .changes(after: 0)) }
            let page = try await storage.events.links(
                in: calendar,
                notListedSince: .max,
                after: event,
                limit: Self.pageSize
            )
            let isLast = page.count < Self.pageSize
            let next: Place = isLast ? .calendar(calendars.dropFirst()) : .links(in: calendars, after: page.last?.event)
            return (page.map { .link($0) }, next)
        case .changes(let number):
            let page = try await storage.events.changes(of: scope.tenant, after: number, limit: Self.pageSize)
            let told = page.map(\.change).filter { $0.calendar.map(covers) ?? (scope.user == nil) }
            let next = page.count < Self.pageSize ? nil : page.last.map { Place.changes(after: $0.number) }
            return (told.map { .change($0) }, next)
        }
    }

    private mutating func beginning() async throws -> [ArchiveLine] {
        let isUnfinished = try await storage.events.calendars(of: scope.tenant).contains(.importMark(of: scope.tenant))
        guard !isUnfinished else {
            throw CalendarError(.conflict, "An import of this tenant has not been finished.", field: "tenant")
        }
        let found = try await storage.connections.connections(of: scope.tenant).filter { scope.covers($0) }
        if scope.user != nil { connections = Set(found.map(\.key.connection)) }
        let header = ArchiveHeader(
            format: ArchiveHeader.format,
            version: ArchiveHeader.version,
            tenant: scope.tenant,
            user: scope.user
        )
        return [.header(header)]
            + found.map { connection in
                var connection = connection
                connection.revision = 0
                return .connection(ConnectionRow(connection))
            }
    }

    /// A calendar's lines before its links; a service's faults, the outbox and conflicts are few.
    private func contents(of calendar: CalendarKey) async throws -> [ArchiveLine] {
        var lines: [ArchiveLine] = []
        if var state = try await storage.events.snapshot(SnapshotRequest(calendar: calendar)).state {
            state.revision = 0
            lines.append(.calendar(.init(state: state, issues: try await storage.events.issues(in: calendar))))
        }
        lines += try await storage.events.operations(in: calendar).map { operation in
            var operation = operation
            operation.revision = 0
            return .operation(operation)
        }
        return lines + (try await storage.events.conflicts(in: calendar)).map { .conflict($0) }
    }

    private func covers(_ calendar: CalendarKey) -> Bool {
        connections?.contains(calendar.connection) ?? true
    }

    /// The records of a page that belong to the export: a person's are those the person made, and those with a link in
    /// one of the calendars or an operation for one; a series and its exceptions go together.
    private func covered(_ page: [EventRecord]) async throws -> [EventRecord] {
        guard let user = scope.user else { return page }
        let nowhere = CalendarKey(tenant: scope.tenant, connection: "", calendar: "")
        let names = Set(page.map(\.id)).union(page.compactMap(\.series))
        let snapshot = try await storage.events.snapshot(SnapshotRequest(calendar: nowhere, records: names))
        var covered = Set(snapshot.operations.values.filter { covers($0.calendar) }.map(\.record))
        covered.formUnion(snapshot.records.values.filter { $0.owner == .user(user) }.map(\.id))
        for (record, links) in snapshot.otherLinks where links.contains(where: { covers($0.calendar) }) {
            covered.insert(record)
        }
        return page.filter { covered.contains($0.id) || $0.series.map(covered.contains) ?? false }
    }
}

extension EventRecord {
    /// The record without the count of one store's versions.
    fileprivate var unrevised: EventRecord {
        var record = self
        record.revision = 0
        return record
    }
}

extension CalendarKey {
    /// A calendar that no connection has: its state is stored while an import is under way.
    static func importMark(of tenant: TenantID) -> CalendarKey {
        CalendarKey(tenant: tenant, connection: "swift-calendar.import", calendar: "unfinished")
    }
}
