import CalendarCore
import Foundation
import Testing

@Suite("JSON: the shared data")
struct JSONSharedDataTests {
    @Test("every shared document has Foundation's values", .enabled(if: JSONSharedData.isPresent, "no shared data"))
    func sharedFiles() throws {
        let files = JSONSharedData.files
        #expect(files.count > 100)
        for file in files {
            let data = try Data(contentsOf: file)
            let document = try JSONDocument(data)
            let name = file.lastPathComponent

            #expect(JSONFoundationOracle.agrees(document.root, try JSONFoundationOracle.value(Array(data))), "\(name)")
            #expect(try JSONNode(JSONNode(document.root).bytes) == JSONNode(document.root), "\(name)")
        }
    }
}

/// The JSON files of the shared data, which is no part of the package.
enum JSONSharedData {
    static var isPresent: Bool { FileManager.default.fileExists(atPath: folder.path) }

    /// `CALENDAR_SHARED_DATA`, or `../shared/data` beside the package.
    static var folder: URL {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let named = ProcessInfo.processInfo.environment["CALENDAR_SHARED_DATA"]
        return URL(fileURLWithPath: named ?? root.path + "/../shared/data").standardizedFileURL
    }

    static var files: [URL] {
        let all = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        return (all?.allObjects as? [URL] ?? []).filter { $0.pathExtension == "json" }.sorted { $0.path < $1.path }
    }
}
