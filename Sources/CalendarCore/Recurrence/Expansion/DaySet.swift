/// A set of the days of one year as bits; 0 is 1 January.
struct DaySet: Sendable {
    private var words = SIMD8<UInt64>()

    mutating func insert(_ day: Int) {
        words[day >> 6] |= 1 << UInt64(day & 63)
    }

    func contains(_ day: Int) -> Bool {
        words[day >> 6] & 1 << UInt64(day & 63) != 0
    }

    /// The first day of the set from a day on.
    func first(from day: Int) -> Int? {
        guard day < 384 else { return nil }
        var index = day >> 6
        var word = words[index] & (UInt64.max << UInt64(day & 63))
        while word == 0 {
            index += 1
            guard index < 6 else { return nil }
            word = words[index]
        }
        return index << 6 + word.trailingZeroBitCount
    }

    /// How many days of a range are in the set; the range lies within 0 to 384.
    func count(in range: Range<Int>) -> Int {
        var count = 0
        for index in 0..<6 {
            let low = max(range.lowerBound - index << 6, 0)
            let high = min(range.upperBound - index << 6, 64)
            guard low < high else { continue }
            let upper = high == 64 ? UInt64.max : (1 << UInt64(high)) - 1
            count += (words[index] & upper & (UInt64.max << UInt64(low))).nonzeroBitCount
        }
        return count
    }
}
