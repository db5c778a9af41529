#if SQLite
import CalendarSQLite
import Foundation

/// A folder that is gone with the last who holds it.
final class TemporaryFolder: Sendable {
    private let url = FileManager.default.temporaryDirectory.appending(path: "calendar-sqlite-\(UUID().uuidString)")

    init() throws {
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(at: url)
    }

    /// The path of a file in the folder.
    func path(_ name: String = "calendars.sqlite") -> String {
        url.appending(path: name).path(percentEncoded: false)
    }
}
#endif
