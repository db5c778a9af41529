import Foundation

/// Takes the lines of an export one after the other and stores what they say, some hundred in one commit.
struct TenantImport {
    private static let batchSize = 500

    let storage: CalendarStorage
    let tenant: TenantID
    private var count = 0
    private var isComplete = false
    private var batch: RepositoryCommit
    private var batchCount = 0
    private var batchStart = 0
    /// Stored at the end, so that nobody syncs half a tenant.
    private var connections: [Connection] = []
    private var connectionIDs: Set<ConnectionID> = []

    init(storage: CalendarStorage, tenant: TenantID) {
        self.storage = storage
        self.tenant = tenant
        batch = RepositoryCommit(tenant: tenant)
    }

    /// Reads the header; nothing is stored for one that is refused.
    mutating func begin(_ text: String?) async throws {
        guard let text else { throw ImportFailure.incomplete.error("lines[1]") }
        count = 1
        guard let mark = try? JSONDecoder().decode(Mark.self, from: Data(text.utf8)).export,
            mark.format == ArchiveHeader.format, mark.version > 0
        else { throw ImportFailure.foreign.error("lines[1].export") }
        guard mark.version <= ArchiveHeader.version else { throw ImportFailure.newer.error("lines[1].export.version") }
        guard case .header(let header) = try line(text) else { throw ImportFailure.foreign.error("lines[1].export") }
        guard header.user == nil else { throw ImportFailure.foreign.error("lines[1].export.user") }
        try await claim()
    }

    /// Takes a line after the header.
    mutating func take(_ text: String) async throws {
        count += 1
        let line = try line(text)
        guard !isComplete else { throw ImportFailure.broken.error("lines[\(count)]") }
        switch line {
        case .header: throw ImportFailure.broken.error("lines[\(count)].export")
        case .connection(let row):
            guard connectionIDs.insert(row.connection.key.connection).inserted else {
                throw ImportFailure.broken.error("lines[\(count)].connection")
            }
            connections.append(row.connection)
            return
        case .record(let record): batch.records.append(.init(record, expecting: nil))
        case .calendar(let calendar):
            // A commit has one state, and a calendar's issues replace each other unless they come in one.
            try await flush(through: count - 1)
            batch.state = calendar.state
            batch.state?.revision = 0
            batch.issues = calendar.issues
        case .link(let link): batch.links.append(link)
        case .operation(var operation):
            operation.revision = 0
            batch.operations.append(operation)
        case .conflict(let conflict): batch.conflicts.append(conflict)
        case .change(let change): batch.changes.append(change)
        case .end(let lines):
            guard lines == count - 1 else { throw ImportFailure.incomplete.error("lines[\(count)].end") }
            isComplete = true
            return
        }
        if batchCount == 0 { batchStart = count }
        batchCount += 1
        if batchCount == Self.batchSize { try await flush(through: count) }
    }

    /// Stores the rest, once the last line has come.
    mutating func finish() async throws {
        guard isComplete else { throw ImportFailure.incomplete.error("lines[\(count + 1)]") }
        try await flush(through: count - 1)
        for connection in connections { try await storage.connections.save(connection, expecting: nil) }
        let mark = CalendarKey.importMark(of: tenant).connection
        try await storage.events.erase(.connections([mark], of: tenant, owner: nil))
    }

    /// Forgets what has been stored.
    func undo() async throws {
        try await storage.connections.erase(.tenant(tenant))
        try await storage.events.erase(.tenant(tenant))
    }

    /// Makes sure that the tenant is empty, and marks it until the import is finished.
    private func claim() async throws {
        let mark = CalendarKey.importMark(of: tenant)
        let events = storage.events
        if try await events.calendars(of: tenant).contains(mark) { try await undo() }
        guard try await storage.connections.connections(of: tenant).isEmpty,
            try await events.calendars(of: tenant).isEmpty,
            try await events.records(of: tenant, after: nil, limit: 1).isEmpty,
            try await events.changes(of: tenant, after: 0, limit: 1).isEmpty
        else { throw ImportFailure.notEmpty.error("tenant") }
        var commit = RepositoryCommit(tenant: tenant)
        commit.state = CalendarSyncState(calendar: mark)
        try await events.commit(commit)
    }

    private mutating func flush(through last: Int) async throws {
        let stored = batch
        batch = RepositoryCommit(tenant: tenant)
        batchCount = 0
        do {
            try await storage.events.commit(stored)
        } catch let error as CalendarError where [.revisionConflict, .invalidArgument].contains(error.code) {
            // A line names what another one has named.
            throw ImportFailure.broken.error("lines[\(batchStart)...\(last)]")
        }
    }

    /// Reads a line and makes sure that it is about the tenant.
    private func line(_ text: String) throws -> ArchiveLine {
        do {
            let line = try ArchiveLine(text)
            guard line.tenant ?? tenant == tenant else { throw ImportFailure.foreign.error("lines[\(count)].tenant") }
            return line
        } catch let error as DecodingError {
            // Of the path only what kind of line it is: the rest may be a key that somebody has written.
            let kind = error.path.first.flatMap { ArchiveLine.Kind(stringValue: $0.stringValue) }
            throw ImportFailure.broken.error("lines[\(count)]" + (kind.map { ".\($0.stringValue)" } ?? ""))
        }
    }

    /// What every version's first line has.
    private struct Mark: Decodable {
        struct Export: Decodable {
            let format: String
            let version: Int
        }

        let export: Export
    }
}

extension DecodingError {
    fileprivate var path: [any CodingKey] {
        switch self {
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .keyNotFound(_, let context),
            .dataCorrupted(let context):
            context.codingPath
        @unknown default: []
        }
    }
}
