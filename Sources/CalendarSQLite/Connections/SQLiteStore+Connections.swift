#if SQLite
public import CalendarCore
public import Foundation
import GRDB

extension SQLiteStore: ConnectionRepository {
    /// The connection under a key; nil when there is none.
    public func connection(_ key: ConnectionKey) async throws -> Connection? {
        try read { database in
            guard let tenant = try EventTables(database: database).number(of: key.tenant) else { return nil }
            return try database.value(
                ConnectionRow.self,
                "SELECT value FROM connections WHERE tenant = ? AND connection = ?",
                [tenant, key.connection.column]
            )?
            .connection
        }
    }

    /// Every connection of a tenant, ordered by creation, then id.
    public func connections(of tenant: TenantID) async throws -> [Connection] {
        try read { database in
            guard let tenant = try EventTables(database: database).number(of: tenant) else { return [] }
            return try database.values(
                ConnectionRow.self,
                "SELECT value FROM connections WHERE tenant = ? ORDER BY created_at, connection",
                [tenant]
            )
            .map(\.connection)
        }
    }

    /// Stores a connection if the stored revision is the expected one.
    @discardableResult
    public func save(_ connection: Connection, expecting revision: Int?) async throws -> Connection {
        var saved = connection
        saved.revision = (revision ?? 0) + 1
        try write { database in
            let tenant = try EventTables(database: database).assuredNumber(of: saved.key.tenant)
            let columns: StatementArguments = [
                saved.revision, saved.provider.rawValue.column, saved.clientID.column, saved.account.key.column,
                saved.status == .disabled, saved.createdAt.millisecondsSinceEpoch,
                try RowCoding.encode(ConnectionRow(saved)), tenant, saved.key.connection.column,
            ]
            let changed =
                if let revision {
                    try database.run(
                        """
                        UPDATE connections SET revision = ?, provider = ?, client = ?, account = ?, is_disabled = ?,
                            created_at = ?, value = ?
                        WHERE tenant = ? AND connection = ? AND revision = ?
                        """,
                        columns + [revision]
                    )
                } else {
                    try database.run(
                        """
                        INSERT INTO connections
                            (revision, provider, client, account, is_disabled, created_at, value, tenant, connection)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
                        """,
                        columns
                    )
                }
            guard changed == 1 else {
                throw CalendarError(
                    .revisionConflict,
                    "Another revision of the connection is stored.",
                    identifier: saved.key.connection.rawValue
                )
            }
        }
        return saved
    }

    /// Whether another connection, of any tenant, rests on the same account's grant to the same OAuth client.
    public func sharesGrant(
        provider: ProviderID,
        clientID: String,
        account: String,
        besides key: ConnectionKey?
    ) async throws -> Bool {
        try read { database in
            let tenant = try key.flatMap { try EventTables(database: database).number(of: $0.tenant) }
            return try database.integer(
                """
                SELECT EXISTS (
                    SELECT 1 FROM connections WHERE account = ? AND provider = ? AND client = ? AND NOT is_disabled
                        AND (tenant IS NOT ? OR connection IS NOT ?)
                )
                """,
                [account.column, provider.rawValue.column, clientID.column, tenant, key?.connection.column]
            ) == 1
        }
    }

    /// Erases connections and attempts, from the file and its journal.
    ///
    /// - Throws: `CalendarError` with the code `storage`; `busy` when another process reads or writes for too long. Then
    ///   nothing is erased, or what was erased is still in the journal: doing it again completes it.
    public func erase(_ scope: DataScope) async throws {
        try write { database in
            guard let tenant = try EventTables(database: database).number(of: scope.tenant) else { return }
            let connections = try database.values(
                ConnectionRow.self,
                "SELECT value FROM connections WHERE tenant = ?",
                [tenant]
            )
            for connection in connections.map(\.connection) where scope.covers(connection) {
                try database.run(
                    "DELETE FROM connections WHERE tenant = ? AND connection = ?",
                    [tenant, connection.key.connection.column]
                )
            }
            let attempts = try database.values(AttemptRow.self, "SELECT value FROM attempts WHERE tenant = ?", [tenant])
            // Whose it is, is in clear; the verifier stays sealed.
            for attempt in try attempts.map({ try $0.attempt(opening: nil) }) where scope.covers(attempt) {
                try database.run("DELETE FROM attempts WHERE state_digest = ?", [attempt.stateDigest.column])
            }
        }
        try emptyJournal()
    }

    /// Removes a connection; does nothing when there is none.
    public func deleteConnection(_ key: ConnectionKey) async throws {
        try write { database in
            guard let tenant = try EventTables(database: database).number(of: key.tenant) else { return }
            try database.run(
                "DELETE FROM connections WHERE tenant = ? AND connection = ?",
                [tenant, key.connection.column]
            )
        }
    }

    /// Stores an attempt, and forgets those that had expired when it was made.
    public func save(_ attempt: AuthorizationAttempt) async throws {
        let row = try AttemptRow(attempt, sealing: sealing)
        try write { database in
            try database.run(
                "DELETE FROM attempts WHERE expires_at <= ?",
                [attempt.createdAt.millisecondsSinceEpoch]
            )
            try database.run(
                "INSERT OR REPLACE INTO attempts (state_digest, tenant, expires_at, value) VALUES (?, ?, ?, ?)",
                [
                    attempt.stateDigest.column, try EventTables(database: database).assuredNumber(of: attempt.tenant),
                    attempt.expiresAt.millisecondsSinceEpoch, try RowCoding.encode(row),
                ]
            )
        }
    }

    /// Takes an attempt out, at most once; nil when it is unknown, taken or expired.
    public func takeAttempt(stateDigest: String, now: Date) async throws -> AuthorizationAttempt? {
        try write { database in
            let row = try database.value(
                AttemptRow.self,
                "SELECT value FROM attempts WHERE state_digest = ? AND expires_at > ?",
                [stateDigest.column, now.millisecondsSinceEpoch]
            )
            try database.run("DELETE FROM attempts WHERE state_digest = ?", [stateDigest.column])
            return try row?.attempt(opening: sealing)
        }
    }
}
#endif
