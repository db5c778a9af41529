#if SQLite
public import CalendarCore
public import Foundation
import GRDB

extension SQLiteStore: TokenStore {
    /// The credential of a connection; nil when there is none.
    public func credential(for key: ConnectionKey) async throws -> StoredCredential? {
        try read { database in
            guard
                let tenant = try EventTables(database: database).number(of: key.tenant),
                let row = try database.row(
                    """
                    SELECT value, last_version FROM credentials
                    WHERE tenant = ? AND connection = ? AND value IS NOT NULL
                    """,
                    [tenant, key.connection.column]
                )
            else { return nil }
            let stored = try RowCoding.decode(CredentialRow.self, row[0]).credential
            return StoredCredential(credential: try sealing?.opened(stored, of: key) ?? stored, version: row[1])
        }
    }

    /// Stores a credential if the stored version is the expected one and no newer lease was given.
    @discardableResult
    public func save(
        _ credential: Credential,
        for key: ConnectionKey,
        expecting version: Int?,
        lease: RefreshLease?
    ) async throws -> Int {
        let sealed = try sealing?.sealed(credential, of: key) ?? credential
        return try write { database in
            let number = try database.credentialNumber(of: key)
            guard
                let row = try database.row(
                    "SELECT fencing_number, last_version, value IS NOT NULL FROM credentials WHERE id = ?",
                    [number]
                )
            else { throw SQLiteFailure.corrupt.error }
            if let lease, lease.fencingNumber != row[0] {
                throw CalendarError(.leaseLost, "A newer refresh lease was given.", identifier: key.connection.rawValue)
            }
            let (last, isStored): (Int, Bool) = (row[1], row[2])
            guard (isStored ? last : nil) == version else {
                throw CalendarError(
                    .revisionConflict,
                    "Another version of the credential is stored.",
                    identifier: key.connection.rawValue
                )
            }
            try database.run(
                "UPDATE credentials SET last_version = ?, value = ? WHERE id = ?",
                [last + 1, try RowCoding.encode(CredentialRow(sealed)), number]
            )
            return last + 1
        }
    }

    /// Seals anew every token that an earlier key sealed; after that the earlier key is needed no more.
    ///
    /// Versions stay as they are, so a running refresh is not disturbed. Doing it again does nothing.
    ///
    /// - Returns: How many credentials were sealed anew.
    /// - Throws: `CalendarError.sealBroken` or `configuration` for a token that does not open; then none is changed.
    @discardableResult
    public func reseal() throws -> Int {
        guard let sealing else { return 0 }
        return try write { database in
            let rows = try database.rows(
                """
                SELECT c.id, t.tenant, c.connection, c.value FROM credentials AS c JOIN tenants AS t ON t.id = c.tenant
                WHERE c.value IS NOT NULL
                """,
                []
            )
            var count = 0
            for row in rows {
                let stored = try RowCoding.decode(CredentialRow.self, row[3]).credential
                guard !sealing.isCurrent(stored) else { continue }
                // Values, not texts: a text with a zero in it is kept as bytes.
                guard let tenant = String.fromDatabaseValue(row[1]), let connection = String.fromDatabaseValue(row[2])
                else { throw SQLiteFailure.corrupt.error }
                let key = ConnectionKey(tenant: TenantID(tenant), connection: ConnectionID(connection))
                let sealed = try sealing.sealed(sealing.opened(stored, of: key), of: key)
                try database.run(
                    "UPDATE credentials SET value = ? WHERE id = ?",
                    [try RowCoding.encode(CredentialRow(sealed)), row[0] as Int64]
                )
                count += 1
            }
            return count
        }
    }

    /// Takes the right to refresh; nil while somebody else holds it.
    public func acquireLease(
        for key: ConnectionKey,
        now: Date,
        lasting seconds: Double
    ) async throws -> RefreshLease? {
        try write { database in
            let number = try database.credentialNumber(of: key)
            let expiresAt = now.addingTimeInterval(seconds)
            let isGiven = try database.run(
                """
                UPDATE credentials SET fencing_number = fencing_number + 1, held_until = ?
                WHERE id = ? AND (held_until IS NULL OR held_until <= ?)
                """,
                [expiresAt.millisecondsSinceEpoch, number, now.millisecondsSinceEpoch]
            )
            let fence = try database.integer("SELECT fencing_number FROM credentials WHERE id = ?", [number])
            guard isGiven > 0, let fence else { return nil }
            return RefreshLease(fencingNumber: Int(fence), expiresAt: expiresAt)
        }
    }

    /// Gives a lease back; does nothing when it is not the newest.
    public func release(_ lease: RefreshLease, for key: ConnectionKey) async throws {
        try write { database in
            guard let tenant = try EventTables(database: database).number(of: key.tenant) else { return }
            try database.run(
                """
                UPDATE credentials SET held_until = NULL
                WHERE tenant = ? AND connection = ? AND fencing_number = ?
                """,
                [tenant, key.connection.column, lease.fencingNumber]
            )
        }
    }

    /// Removes the credential of a connection; versions and fencing numbers go on from where they were.
    public func deleteCredential(for key: ConnectionKey) async throws {
        try write { database in
            guard let tenant = try EventTables(database: database).number(of: key.tenant) else { return }
            try database.run(
                "UPDATE credentials SET value = NULL WHERE tenant = ? AND connection = ?",
                [tenant, key.connection.column]
            )
        }
    }
}

extension Database {
    /// The row of a connection's credential, a new one when it has none.
    fileprivate func credentialNumber(of key: ConnectionKey) throws -> Int64 {
        let tenant = try EventTables(database: self).assuredNumber(of: key.tenant)
        let number = try integer(
            "SELECT id FROM credentials WHERE tenant = ? AND connection = ?",
            [tenant, key.connection.column]
        )
        if let number { return number }
        try run("INSERT INTO credentials (tenant, connection) VALUES (?, ?)", [tenant, key.connection.column])
        return lastInsertedRowID
    }
}
#endif
