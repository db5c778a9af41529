import CalendarSQLite
import Testing

@Suite("Build of CalendarSQLite")
struct CalendarSQLiteBuildTests {
    @Test("the module says whether the trait SQLite was enabled")
    func trait() {
        #if SQLite
        #expect(CalendarSQLiteBuild.hasSQLite)
        #else
        #expect(!CalendarSQLiteBuild.hasSQLite)
        #endif
    }
}
