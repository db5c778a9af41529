#if SQLite
import CalendarCore
import CalendarSQLite
import CalendarTesting
import Foundation
import Synchronization

/// The file of a host that may die before and after every statement.
///
/// A death leaves the files as the statement finds them, as `kill -9` does; what the dead process still writes on its
/// way out goes to a file that nobody opens again.
final class MortalFile: Sendable {
    private let folder: TemporaryFolder
    private let name = UUID().uuidString
    private let deaths = Mutex(0)

    /// A file that is not there yet.
    init(in folder: TemporaryFolder) {
        self.folder = folder
    }

    /// The file as the last death left it.
    var path: String { path(after: deaths.withLock(\.self)) }

    private func path(after deaths: Int) -> String { folder.path("\(name)-\(deaths).sqlite") }

    /// A host on the file.
    var host: SimulatedHost {
        var host = SimulatedHost {
            CalendarStorage(try SQLiteStore(unsealedAt: self.path, executor: InPlaceExecutor()))
        } register: { endpoint in
            SimulatedHost.registration(of: endpoint.provider, endpoint.client, endpoint.transport)
        }
        host.openMortalStorage = { dies in
            let path = self.path
            let store = try SQLiteStore(unsealedAt: path, executor: InPlaceExecutor()) {
                if dies() { self.die(leaving: path) }
            }
            return CalendarStorage(store)
        }
        return host
    }

    private func die(leaving path: String) {
        let next = deaths.withLock { deaths in
            deaths += 1
            return self.path(after: deaths)
        }
        SQLiteFiles.copy(path, to: next)
    }
}

/// The files of a store as they are on the disk.
enum SQLiteFiles {
    /// Copies them as a process leaves them that dies now; the index of the journal is made anew by the next one.
    static func copy(_ path: String, to copy: String) {
        for suffix in ["", "-wal"] { try? FileManager.default.copyItem(atPath: path + suffix, toPath: copy + suffix) }
    }
}
#endif
