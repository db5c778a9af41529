package import Foundation

/// The services' descriptions of themselves, which are no part of the package.
package enum SharedDescriptions {
    /// Why a test that needs them is skipped.
    package static let absence = "shared data is absent: no service descriptions"

    /// Google's discovery document; nil where it is absent.
    package static let google = data("google/calendar.v3.json").flatMap { try? DiscoveryDocument($0) }

    /// Microsoft's service metadata; nil where it is absent.
    package static let microsoft = data("microsoft/calendar-v1.0.csdl.xml").flatMap { try? ServiceMetadata($0) }

    /// Whether the files are there, readable or not.
    package static var arePresent: Bool {
        data("google/calendar.v3.json") != nil && data("microsoft/calendar-v1.0.csdl.xml") != nil
    }

    /// A file of the shared data; nil where it is absent.
    package static func data(_ name: String) -> Data? {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let named = ProcessInfo.processInfo.environment["CALENDAR_SHARED_DATA"]
        let folder = URL(fileURLWithPath: named ?? root.path + "/../shared/data").standardizedFileURL
        return try? Data(contentsOf: folder.appendingPathComponent(name))
    }
}
