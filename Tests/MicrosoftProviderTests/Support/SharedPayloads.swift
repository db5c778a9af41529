import Foundation

/// Microsoft payloads of the shared data, which is no part of the package.
enum SharedPayloads {
    static var isPresent: Bool { FileManager.default.fileExists(atPath: folder.path) }

    static var folder: URL {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let named = ProcessInfo.processInfo.environment["CALENDAR_SHARED_DATA"]
        return URL(fileURLWithPath: named ?? root.path + "/../shared/data").standardizedFileURL
            .appending(path: "microsoft/events")
    }

    static func data(_ name: String) throws -> Data {
        try Data(contentsOf: folder.appending(path: name))
    }

    static var names: [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.filter { $0.hasSuffix(".json") }.sorted()
    }
}
