/// What was built into this module.
public enum CalendarSQLiteBuild {
    /// Whether the trait `SQLite` was enabled, so that `SQLiteStore` can be used.
    public static var hasSQLite: Bool {
        #if SQLite
        true
        #else
        false
        #endif
    }
}
