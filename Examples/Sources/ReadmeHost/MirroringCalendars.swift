import CalendarCore
import Foundation

/// Runs one sync and shows what it did.
func mirror(_ connection: ConnectionID, of mine: ActingCalendars) async throws {
    // snippet: sync
    for try await progress in try await mine.sync(connection) {
        print(progress)  // pulling: 412 events on 3 pages, 0 sent
    }
    for issue in try await mine.issues(of: connection) {
        print(issue.code, issue.message)
    }
    // snippet end
}

/// Runs one sync and looks at nothing but the end.
func mirrorQuietly(_ connection: ConnectionID, of mine: ActingCalendars) async throws -> Int {
    // snippet: sync-quietly
    let report = try await mine.sync(connection).finish()
    // snippet end
    return report.created
}

/// Prints what is on in the next week.
func agenda(of mine: ActingCalendars, from start: Date) async throws {
    // snippet: agenda
    let berlin = EventZone("Europe/Berlin")
    let week = try await mine.agenda(from: start, to: start.addingTimeInterval(7 * 86_400), in: berlin)
    for entry in week { print(entry.start, entry.content.title ?? "") }
    // snippet end
    // snippet: search
    var search = EventSearch(from: start, to: start.addingTimeInterval(365 * 86_400), in: berlin)
    search.person = "grace@example.org"
    search.text = "review"
    var page = try await mine.events(matching: search)
    while let next = page.next { page = try await mine.events(matching: search, after: next) }
    // snippet end
}
