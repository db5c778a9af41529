#if SQLite
/// The first version's tables.
///
/// A whole value is in the column `value`; the other columns are what it is looked up, compared or ordered by. Texts are
/// compared byte by byte, SQLite's usual collation; instants are milliseconds since 1970. Tenants and calendars are
/// numbers in every other table, because their names are long and in every key.
///
/// `length`, `starts` and `ends` are a record's ``EventSpan``. Links and operations carry the one of their record, so that
/// a calendar's events in a span are found by one index; it is null while the record is not stored. Nothing references a
/// record, for the contract of `EventRepository` allows links and operations without one.
enum SchemaVersion1 {
    static let sql = """
        CREATE TABLE tenants (
            id INTEGER PRIMARY KEY,
            tenant TEXT NOT NULL UNIQUE,
            last_change INTEGER NOT NULL DEFAULT 0
        );
        CREATE TABLE calendars (
            id INTEGER PRIMARY KEY,
            tenant INTEGER NOT NULL REFERENCES tenants,
            connection TEXT NOT NULL,
            calendar TEXT NOT NULL,
            fencing_number INTEGER NOT NULL DEFAULT 0,
            held_until INTEGER,
            revision INTEGER NOT NULL DEFAULT 0,
            value BLOB,
            UNIQUE (tenant, connection, calendar)
        );
        CREATE TABLE records (
            id INTEGER PRIMARY KEY,
            tenant INTEGER NOT NULL REFERENCES tenants,
            record TEXT NOT NULL,
            revision INTEGER NOT NULL,
            ical_uid TEXT,
            series TEXT,
            owner TEXT,
            length INTEGER NOT NULL,
            starts INTEGER NOT NULL,
            ends INTEGER NOT NULL,
            value BLOB NOT NULL,
            UNIQUE (tenant, record)
        );
        CREATE INDEX records_by_uid ON records (tenant, ical_uid) WHERE ical_uid IS NOT NULL;
        CREATE INDEX records_by_series ON records (tenant, series) WHERE series IS NOT NULL;
        CREATE INDEX records_by_start ON records (tenant, length, starts, ends);
        CREATE INDEX records_by_owner ON records (tenant, owner, length, starts, ends) WHERE owner IS NOT NULL;
        CREATE TABLE links (
            id INTEGER PRIMARY KEY,
            tenant INTEGER NOT NULL,
            calendar INTEGER NOT NULL REFERENCES calendars,
            event TEXT NOT NULL,
            record TEXT NOT NULL,
            series TEXT,
            epoch INTEGER NOT NULL,
            length INTEGER,
            starts INTEGER,
            ends INTEGER,
            value BLOB NOT NULL,
            UNIQUE (calendar, event)
        );
        CREATE INDEX links_by_record ON links (tenant, record);
        CREATE INDEX links_by_series ON links (calendar, series) WHERE series IS NOT NULL;
        CREATE INDEX links_by_epoch ON links (calendar, epoch, event);
        CREATE INDEX links_by_start ON links (calendar, length, starts, ends);
        CREATE TABLE operations (
            id INTEGER PRIMARY KEY,
            tenant INTEGER NOT NULL,
            operation TEXT NOT NULL,
            calendar INTEGER NOT NULL REFERENCES calendars,
            record TEXT NOT NULL,
            revision INTEGER NOT NULL,
            created_at INTEGER NOT NULL,
            length INTEGER,
            starts INTEGER,
            ends INTEGER,
            value BLOB NOT NULL,
            UNIQUE (tenant, operation)
        );
        CREATE INDEX operations_by_record ON operations (tenant, record);
        CREATE INDEX operations_by_age ON operations (calendar, created_at, operation);
        CREATE INDEX operations_by_start ON operations (calendar, length, starts, ends);
        CREATE TABLE issues (
            id INTEGER PRIMARY KEY,
            calendar INTEGER NOT NULL REFERENCES calendars,
            event TEXT,
            code TEXT NOT NULL,
            value BLOB NOT NULL
        );
        CREATE INDEX issues_by_event ON issues (calendar, event, code, id);
        CREATE TABLE conflicts (
            id INTEGER PRIMARY KEY,
            tenant INTEGER NOT NULL,
            conflict TEXT NOT NULL,
            calendar INTEGER NOT NULL REFERENCES calendars,
            at INTEGER NOT NULL,
            value BLOB NOT NULL,
            UNIQUE (tenant, conflict)
        );
        CREATE INDEX conflicts_by_age ON conflicts (calendar, at, conflict);
        CREATE TABLE changes (
            tenant INTEGER NOT NULL REFERENCES tenants,
            number INTEGER NOT NULL,
            value BLOB NOT NULL,
            PRIMARY KEY (tenant, number)
        ) WITHOUT ROWID;
        CREATE TABLE connections (
            id INTEGER PRIMARY KEY,
            tenant INTEGER NOT NULL REFERENCES tenants,
            connection TEXT NOT NULL,
            revision INTEGER NOT NULL,
            provider TEXT NOT NULL,
            client TEXT NOT NULL,
            account TEXT NOT NULL,
            is_disabled INTEGER NOT NULL,
            created_at INTEGER NOT NULL,
            value BLOB NOT NULL,
            UNIQUE (tenant, connection)
        );
        CREATE INDEX connections_by_age ON connections (tenant, created_at, connection);
        CREATE INDEX connections_by_grant ON connections (account, provider, client);
        CREATE TABLE attempts (
            state_digest TEXT PRIMARY KEY,
            tenant INTEGER NOT NULL REFERENCES tenants,
            expires_at INTEGER NOT NULL,
            value BLOB NOT NULL
        );
        CREATE INDEX attempts_by_expiry ON attempts (expires_at);
        CREATE TABLE credentials (
            id INTEGER PRIMARY KEY,
            tenant INTEGER NOT NULL REFERENCES tenants,
            connection TEXT NOT NULL,
            last_version INTEGER NOT NULL DEFAULT 0,
            fencing_number INTEGER NOT NULL DEFAULT 0,
            held_until INTEGER,
            value BLOB,
            UNIQUE (tenant, connection)
        );
        """
}
#endif
