#if !Crypto
/// The suite on swift-crypto, which is built with the trait `Crypto` only.
@available(
    *,
    unavailable,
    message: """
        Enable the trait Crypto where your package depends on swift-calendar: .package(…, traits: ["Crypto"])
        """
)
public struct SwiftCryptoSuite {
    /// Not available without the trait.
    public init() {}
}
#endif
