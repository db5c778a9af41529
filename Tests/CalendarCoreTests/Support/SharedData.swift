import Foundation

/// Test data of other projects that lies beside the package and is never part of it.
///
/// The folder is named by `CALENDAR_SHARED_DATA`; the default is `../shared/data` beside the package.
enum SharedData {
    static let root: URL = {
        let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        guard let path = ProcessInfo.processInfo.environment["CALENDAR_SHARED_DATA"] else {
            return package.appending(path: "../shared/data").standardizedFileURL
        }
        return URL(filePath: path, relativeTo: package)
    }()

    static var isPresent: Bool { FileManager.default.fileExists(atPath: root.path()) }

    /// The reason a test names when it is skipped.
    static let absence = "the shared test data is absent; set CALENDAR_SHARED_DATA to its folder"

    static func decode<Value: Decodable>(_ type: Value.Type, from path: String) throws -> Value {
        try JSONDecoder().decode(type, from: Data(contentsOf: root.appending(path: path)))
    }
}

/// A value that has to be there is not.
struct Absent: Error, CustomStringConvertible {
    let description: String
}

extension Optional {
    /// The value, or an error that names what is absent, for places where no test runs.
    func present(_ name: String) throws -> Wrapped {
        guard let self else { throw Absent(description: name) }
        return self
    }
}
