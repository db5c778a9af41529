/// A stretch of time in which a zone keeps one offset, in seconds since 1970.
struct OffsetSegment {
    /// The first second.
    let start: Int64
    /// The end, exclusive.
    let end: Int64
    /// Seconds to add to an instant to get the local reading.
    let offset: Int64

    /// The stretches of a zone that cover a window, ascending and without a break.
    ///
    /// A change is looked for every four days, which is less than the shortest known time between two changes, and its
    /// second is then searched by halving. Linear in the length of the window.
    static func covering(from start: Int64, until end: Int64, in table: ZoneTable) -> [OffsetSegment] {
        guard start < end else { return [] }
        var segments: [OffsetSegment] = []
        var first = start
        var offset = table.offset(at: start)
        var position = start
        while position < end {
            let next = min(position + 4 * 86_400, end)
            let nextOffset = table.offset(at: next)
            if nextOffset != offset {
                let change = change(in: table, after: position, upTo: next)
                segments.append(OffsetSegment(start: first, end: change, offset: Int64(offset)))
                first = change
                offset = nextOffset
            }
            position = next
        }
        if first < end { segments.append(OffsetSegment(start: first, end: end, offset: Int64(offset))) }
        return segments
    }

    /// The local days that the stretch touches, as days since 1970.
    var localDays: ClosedRange<Int64> {
        (start + offset).flooredDivision(by: 86_400)...(end - 1 + offset).flooredDivision(by: 86_400)
    }

    private static func change(in table: ZoneTable, after start: Int64, upTo end: Int64) -> Int64 {
        let old = table.offset(at: start)
        var low = start
        var high = end
        while high - low > 1 {
            let middle = low + (high - low) / 2
            if table.offset(at: middle) == old { low = middle } else { high = middle }
        }
        return high
    }
}

extension Int64 {
    /// The quotient rounded down, for a positive divisor.
    func flooredDivision(by divisor: Int64) -> Int64 {
        let quotient = self / divisor
        return self < quotient * divisor ? quotient - 1 : quotient
    }

    /// The quotient rounded up, for a positive divisor.
    func ceilingDivision(by divisor: Int64) -> Int64 {
        -(-self).flooredDivision(by: divisor)
    }
}
