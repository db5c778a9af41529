public import CalendarCore
internal import Synchronization

/// A repeatable generator: SplitMix64 (Steele, Lea and Flood, 2014) behind a lock.
///
/// Concurrent draws are safe; which caller gets which number then depends on the order of the calls.
final class SeededRandom: Sendable {
    private let state: Mutex<UInt64>

    /// Creates a generator; equal seeds give equal sequences.
    init(seed: UInt64) {
        state = Mutex(seed)
    }

    /// The next 64 bits.
    func next() -> UInt64 {
        state.withLock { state in
            state &+= 0x9E37_79B9_7F4A_7C15
            return Self.mix(state)
        }
    }

    /// Spreads every bit of a word over the whole of it.
    static func mix(_ word: UInt64) -> UInt64 {
        var word = word
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }
}

extension RandomSource {
    /// A source that gives the same numbers for the same seed; copies share one sequence.
    public static func seeded(_ seed: UInt64) -> RandomSource {
        let generator = SeededRandom(seed: seed)
        return RandomSource { generator.next() }
    }
}
