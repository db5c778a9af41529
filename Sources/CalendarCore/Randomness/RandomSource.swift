/// A source of random numbers for jitter and identifiers that need not be secret.
///
/// A closure instead of a protocol: hosts never implement it, tests seed it.
public struct RandomSource: Sendable {
    private let draw: @Sendable () -> UInt64

    /// Creates a source from a function that draws 64 random bits.
    public init(_ draw: @escaping @Sendable () -> UInt64) {
        self.draw = draw
    }

    /// The next 64 random bits.
    public func next() -> UInt64 { draw() }

    /// A number from 0 up to but not including 1.
    public func unit() -> Double {
        Double(draw() >> 11) / Double(1 << 53)
    }
}

/// A source of fresh identifiers.
public struct IdentifierSource: Sendable {
    private let random: RandomSource

    /// Creates a source over random numbers.
    public init(_ random: RandomSource) {
        self.random = random
    }

    /// 32 lower-case hexadecimal digits.
    ///
    /// Valid as a Google event id, whose alphabet is base32hex (Google Calendar API, `events.insert`).
    public func next() -> String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        text.reserveCapacity(32)
        for _ in 0..<2 {
            let word = random.next()
            for shift in stride(from: 60, through: 0, by: -4) {
                text.append(digits[Int((word >> UInt64(shift)) & 15)])
            }
        }
        return String(decoding: text, as: UTF8.self)
    }
}
