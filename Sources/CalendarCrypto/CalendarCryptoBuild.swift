/// What was built into this module.
public enum CalendarCryptoBuild {
    /// Whether the trait `Crypto` was enabled, so that `SwiftCryptoSuite` can be used.
    public static var hasSwiftCrypto: Bool {
        #if Crypto
        true
        #else
        false
        #endif
    }
}
