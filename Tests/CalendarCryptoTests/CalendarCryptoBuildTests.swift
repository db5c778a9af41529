import CalendarCrypto
import Testing

@Suite("Build of CalendarCrypto")
struct CalendarCryptoBuildTests {
    @Test("the module says whether the trait Crypto was enabled")
    func trait() {
        #if Crypto
        #expect(CalendarCryptoBuild.hasSwiftCrypto)
        #else
        #expect(!CalendarCryptoBuild.hasSwiftCrypto)
        #endif
    }
}
