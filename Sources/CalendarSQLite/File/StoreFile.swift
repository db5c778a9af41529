#if SQLite
import Foundation
import GRDB

/// The file of a store, and how it is opened.
struct StoreFile {
    let path: String
    let busyTimeout: Double
    /// Told before and after every statement.
    var observer: (@Sendable () -> Void)?

    /// Opens the file, makes sure it is ours and of this version, and sets the connection up.
    func open() throws -> DatabaseQueue {
        try SQLiteFailure.translated {
            if path != ":memory:" { Self.createForOwnerAlone(at: path) }
            var configuration = Configuration()
            configuration.busyMode = .timeout(busyTimeout)
            configuration.foreignKeysEnabled = true
            configuration.prepareDatabase { connection in
                // What is deleted is overwritten, not only forgotten.
                try connection.execute(sql: "PRAGMA secure_delete = ON")
                // A journalled intent must not be lost once it is sent, nor a rotated token: sync with every commit.
                try connection.execute(sql: "PRAGMA synchronous = FULL")
                // In KiB; SQLite's own 2 MiB do not hold the inner pages of a large file's indexes.
                try connection.execute(sql: "PRAGMA cache_size = -32768")
                if let observer { connection.trace(options: [.statement, .profile]) { _ in observer() } }
            }
            let database = try DatabaseQueue(path: path, configuration: configuration)
            try database.writeWithoutTransaction { try FileVersion.prepare($0) }
            return database
        }
    }

    /// Creates a missing file that only its owner may read; SQLite gives its journals the same rights.
    static func createForOwnerAlone(at path: String) {
        // It may be there already, or the folder may be missing: opening it tells.
        guard (try? Data().write(to: URL(filePath: path), options: .withoutOverwriting)) != nil else { return }
        try? FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    }
}
#endif
