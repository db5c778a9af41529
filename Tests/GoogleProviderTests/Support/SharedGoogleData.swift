import CalendarCore
import Foundation

/// The recorded Google payloads, which are no part of the package.
enum SharedGoogleData {
    static var isPresent: Bool { FileManager.default.fileExists(atPath: folder.path) }

    /// `google/events` below `CALENDAR_SHARED_DATA`, or below `../shared/data` beside the package.
    static var folder: URL {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let named = ProcessInfo.processInfo.environment["CALENDAR_SHARED_DATA"]
        let data = URL(fileURLWithPath: named ?? root.path + "/../shared/data")
        return data.appendingPathComponent("google/events").standardizedFileURL
    }

    /// Every payload file, by name.
    static func files() throws -> [URL] {
        try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .filter { $0.pathExtension == "json" }.sorted { $0.path < $1.path }
    }

    /// A payload file that holds events.
    struct EventFile {
        let name: String
        /// The rows as they stand in the file.
        let rows: [JSONNode]
        /// The calendar's zone, for a page.
        let zone: JSONNode?
    }

    /// The files that hold an event, a page of events or an array of events.
    static func eventFiles() throws -> [EventFile] {
        try files().compactMap { file in
            let document = try JSONNode([UInt8](Data(contentsOf: file)))
            let rows: [JSONNode]
            switch document["kind"]?.string {
            case "calendar#event": rows = [document]
            case "calendar#events": rows = document["items"]?.elements ?? []
            case nil where document["items"] != nil: rows = document["items"]?.elements ?? []
            case nil where !document.elements.isEmpty: rows = document.elements
            case nil where document["id"] != nil && document["start"] != nil: rows = [document]
            default: return nil
            }
            return EventFile(name: file.lastPathComponent, rows: rows, zone: document["timeZone"])
        }
    }

    /// The body of one file.
    static func body(_ name: String) throws -> Data {
        try Data(contentsOf: folder.appendingPathComponent(name))
    }
}
