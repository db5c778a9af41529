import CalendarCore
import Foundation

// snippet: provider-descriptor
/// A provider for calendars that are files in a folder, written outside the SDK.
public struct FolderCalendarProvider: CalendarProvider {
    let folder: CalendarFolder
    let pageSize: Int

    /// What the provider is called and can do.
    public let descriptor = ProviderDescriptor(
        id: "folder",
        name: "Folder",
        capabilities: [.listCalendars: .available, .readEvents: .available, .writeEvents: .available],
        mailControl: .perWrite,
        environmentPrefixes: ["FOLDER_CALENDAR"],
        registrationHelp: "A folder needs no OAuth client."
    )
    // snippet end

    /// Endpoints that lead nowhere: nobody signs in to a folder.
    public let authorizationServer = AuthorizationServer(
        authorizationEndpoint: URL(filePath: "/nowhere/authorize"),
        tokenEndpoint: URL(filePath: "/nowhere/token"),
        identityScopes: [],
        scopes: [:],
        account: { ExternalAccount(key: $0["sub"] ?? "", address: $0["email"] ?? "") },
        isIssuer: { _, _ in true },
        failure: { CalendarError(.unavailable, "There is no token endpoint.", reason: $0.error) }
    )

    /// Creates a provider for a folder.
    public init(_ folder: CalendarFolder, pageSize: Int = 50) {
        self.folder = folder
        self.pageSize = pageSize
    }

    /// The calendars, the one called `main` first.
    public func calendars(session: ProviderSession) async throws -> [RemoteCalendar] {
        let others = try await folder.names().filter { $0 != "main" }
        return (["main"] + others).map { name in
            RemoteCalendar(id: CalendarID(name), title: name, access: .owner, isPrimary: name == "main")
        }
    }

    // snippet: provider-feed
    /// The rows behind a position, in the order of their last changes; positions read `epoch/revision`.
    public func changes(
        in calendar: CalendarID,
        from position: ChangePosition,
        session: ProviderSession
    ) async throws -> ChangePage {
        let file = try await folder.read(calendar.rawValue)
        let after: Int
        switch position {
        case .beginning: after = 0
        case .page(let point): after = try Self.revision(in: point.rawValue, epoch: file.epoch)
        case .cursor(let cursor): after = try Self.revision(in: cursor.rawValue, epoch: file.epoch)
        }
        let rows = file.rows.filter { $0.revision > after }
        let page = rows.prefix(pageSize)
        let next = "\(file.epoch)/\(page.last?.revision ?? file.revision)"
        return ChangePage(
            changes: page.map(Self.change),
            continuation: page.count < rows.count ? .more(ResumePoint(next)) : .end(SyncCursor(next))
        )
    }

    private static func revision(in text: String, epoch: Int) throws -> Int {
        let parts = text.split(separator: "/").compactMap { Int($0) }
        guard parts.count == 2, parts[0] == epoch else {
            throw CalendarError(.cursorExpired, "The folder has forgotten old changes.")
        }
        return parts[1]
    }

    private static func change(_ row: FolderRow) -> RemoteChange {
        let id = RemoteEventID(row.id)
        if row.isDeleted { return .removed(id, isCertain: true) }
        if let event = row.event { return .upserted(event) }
        let message = "A time cannot be read."
        return .unreadable(
            SyncIssue(event: id, etag: "\(row.revision)", code: .unreadableField, field: "time", message: message)
        )
    }
    // snippet end

    /// One event as it is now.
    public func event(_ id: RemoteEventID, in calendar: CalendarID, session: ProviderSession) async throws
        -> RemoteEvent
    {
        let file = try await folder.read(calendar.rawValue)
        return try Self.read(file.rows[file.index(of: id)])
    }

    /// When the calendars are busy: a folder does not say.
    public func freeBusy(_ query: FreeBusyQuery, session: ProviderSession) async throws -> [String: BusyTime] {
        Dictionary(query.subjects.map { ($0, .unknown(reason: "unsupported")) }) { first, _ in first }
    }

    static func read(_ row: FolderRow) throws -> RemoteEvent {
        guard let event = row.event else {
            throw CalendarError(.invalidResponse, "The event cannot be read.", identifier: row.id)
        }
        return event
    }
}
