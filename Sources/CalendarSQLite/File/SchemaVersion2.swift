#if SQLite
/// The second version's step: a tenant knows up to which number leases of its calendars were given.
///
/// A calendar that was erased leaves no row, and its fencing numbers must still grow: a late commit under a lease from
/// before is refused also when the calendar has been connected again.
enum SchemaVersion2 {
    static let sql = "ALTER TABLE tenants ADD COLUMN last_fence INTEGER NOT NULL DEFAULT 0"
}
#endif
