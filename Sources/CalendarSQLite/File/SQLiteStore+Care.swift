#if SQLite
import CalendarCore
import Foundation
import GRDB

extension SQLiteStore {
    /// Looks through the whole file, as for a health check or before a backup is trusted.
    ///
    /// Reads every page, so it takes its time with a large file.
    ///
    /// - Returns: What is wrong, in words for an operator and without anything that is stored; empty when all is well.
    /// - Throws: `CalendarError` with the code `storage` when the file cannot even be looked through.
    public func integrityCheck() throws -> [String] {
        try read { database in
            var findings = try String.fetchAll(database, sql: "PRAGMA integrity_check").filter { $0 != "ok" }
            let lost = try Row.fetchAll(database, sql: "PRAGMA foreign_key_check").count
            if lost > 0 { findings.append("\(lost) rows name a tenant or a calendar that is not there") }
            for table in ["links", "operations"] {
                let differing = try Int.fetchOne(
                    database,
                    sql: """
                        SELECT count(*) FROM \(table) AS l
                        LEFT JOIN records AS r ON r.tenant = l.tenant AND r.record = l.record
                        WHERE l.length IS NOT r.length OR l.starts IS NOT r.starts OR l.ends IS NOT r.ends
                        """
                )
                if let differing, differing > 0 {
                    findings.append("\(differing) \(table) are not where their record is")
                }
            }
            return findings
        }
    }

    /// Empties the journal beside the file, so that what was deleted is not left in it either.
    ///
    /// SQLite does so by itself only when the last store is closed; call it after something was deleted. `erase` does.
    ///
    /// - Throws: `CalendarError` with the code `storage`, `busy` while another process reads or writes.
    public func emptyJournal() throws {
        try withDatabase { database in
            let row = try Row.fetchOne(database, sql: "PRAGMA wal_checkpoint(TRUNCATE)")
            if row?[0] == 1 { throw SQLiteFailure.busy.error }
        }
    }

    /// Writes a copy of the file as it is at this moment, complete in one file and without what was deleted.
    ///
    /// The copy is readable by its owner alone. Other processes go on writing meanwhile; this store waits.
    ///
    /// - Parameter path: Where to write the copy; nothing may be there yet.
    /// - Throws: `CalendarError.invalidArgument` when something is there, or `CalendarError` with the code `storage`.
    public func backup(to path: String) throws {
        guard !FileManager.default.fileExists(atPath: path) else {
            throw CalendarError.invalidArgument("path", "A backup does not replace a file.")
        }
        StoreFile.createForOwnerAlone(at: path)
        do {
            try withDatabase { try $0.execute(sql: "VACUUM INTO ?", arguments: [path]) }
        } catch {
            // Half a copy is none.
            try? FileManager.default.removeItem(atPath: path)
            throw error
        }
    }
}
#endif
