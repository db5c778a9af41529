import CalendarCore
import FolderCalendar
import Foundation

/// Mirrors a calendar in a folder twice, and writes to it in between.
@main
struct CustomProvider {
    static func main() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("folder-calendar-\(UUID())")
        defer { try? FileManager.default.removeItem(at: folder) }
        let provider = FolderCalendarProvider(try CalendarFolder(folder))
        let session = ProviderSession(
            connection: ConnectionKey(tenant: "acme", connection: "folder"),
            accountAddress: "ada@example.com",
            accountKey: "ada",
            http: URLSessionTransport.shared,
            clock: SystemClock()
        )
        let calendar = try await provider.calendars(session: session)[0].id

        let planning = try await provider.create(
            EventCreation(key: "planning", content: content("Planning", hour: 9), invitations: .silent),
            in: calendar,
            session: session
        )
        let start = ChangePosition.beginning(try SyncWindow(start: .distantPast, end: nil))
        let cursor = try await report("First round", provider, from: start, session)

        _ = try await provider.create(
            EventCreation(key: "review", content: content("Review", hour: 15), invitations: .silent),
            in: calendar,
            session: session
        )
        try await provider.delete(
            EventDeletion(id: planning.id, etag: planning.etag, invitations: .silent),
            in: calendar,
            session: session
        )
        _ = try await report("Next round", provider, from: .cursor(cursor), session)
    }

    /// Reads a round to its end and prints it.
    private static func report(
        _ title: String,
        _ provider: FolderCalendarProvider,
        from start: ChangePosition,
        _ session: ProviderSession
    ) async throws -> SyncCursor {
        print("\(title):")
        var position = start
        while true {
            let page = try await provider.changes(in: "main", from: position, session: session)
            for change in page.changes {
                switch change {
                case .upserted(let event): print("  \(event.content.title ?? ""), \(event.content.start.civil)")
                case .removed(let id, _): print("  \(id) is gone")
                default: print("  \(change)")
                }
            }
            switch page.continuation {
            case .more(let point): position = .page(point)
            case .end(let cursor): return cursor
            }
        }
    }

    private static func content(_ title: String, hour: Int) -> EventContent {
        let day = CivilDateTime(startOf: CivilDate(daysSinceEpoch: 20_514))
        let zone = EventZone("Europe/Vienna")
        let start = day.adding(seconds: Int64(hour) * 3600)
        return EventContent(title: title, start: .zoned(start, zone), end: .zoned(start.adding(seconds: 3600), zone))
    }
}
