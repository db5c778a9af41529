import ArgumentParser
import CalendarCore
import CalendarCrypto
import CalendarSQLite
import CalendarToolKit
import Foundation

/// The SQLite file that `--store` names.
struct StoreFile {
    enum Expectation {
        case createdIfMissing
        case existing
    }

    let path: String

    /// Opens the file; its tokens are sealed with the key beside it.
    func open(_ expectation: Expectation) throws -> CalendarStorage {
        if expectation == .existing, !FileManager.default.fileExists(atPath: path) {
            throw ValidationError("There is no store at \(path); `calendar demo --store` makes one.")
        }
        let sealing = try StoreKey.sealing(of: path, SwiftCryptoSuite())
        return CalendarStorage(try SQLiteStore(at: path, sealing: sealing))
    }
}
