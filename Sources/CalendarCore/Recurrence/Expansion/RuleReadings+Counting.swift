extension RuleReadings {
    /// How many readings lie before a midnight, by arithmetic; nil when only walking can tell.
    ///
    /// Walking remains for BYSETPOS over weeks, months and years, and for finer rules whose filtered steps do not fit into
    /// a day.
    ///
    /// - Parameters:
    ///   - midnight: The local reading at which a day begins.
    ///   - limit: A number beyond which the answer need not be exact.
    /// - Returns: The number of readings before COUNT and UNTIL.
    mutating func count(beforeMidnight midnight: Int64, limit: Int) -> Int? {
        let first = expansion.startDay
        let end = Self.day(of: midnight)
        guard end > first else { return 0 }
        switch expansion.kind {
        case .sets: return nil
        case .days:
            let isStartActive = activeDays(in: first..<(first + 1), limit: 1) == 1
            let early = expansion.times.count { Int64(first) * 86_400 + $0 < expansion.start }
            let days = activeDays(in: first..<end, limit: limit)
            return days * expansion.times.count - (isStartActive ? early : 0)
        case .clock: return clockCount(first: first, end: end)
        }
    }

    /// How many days of a range pass the filters in periods that count.
    private mutating func activeDays(in range: Range<Int>, limit: Int) -> Int {
        let grid = expansion.grid
        if grid.interval == 1 { return countDays(in: range) }
        if grid.frequency == .daily, calendar.admitsAll { return (range.count + grid.interval - 1) / grid.interval }
        var count = 0
        var day = grid.activeDay(from: range.lowerBound)
        while day < range.upperBound, count <= limit {
            let end = min(grid.range(containing: day).upperBound, range.upperBound)
            count += countDays(in: day..<end)
            day = grid.activeDay(from: end)
        }
        return count
    }

    /// Counts where all periods pass, or where every day that passes has the same ones.
    private mutating func clockCount(first: Int, end: Int) -> Int? {
        let walker = expansion.clock
        let perPeriod = expansion.times.count
        // The readings of the start's own period that precede the start.
        let early = expansion.times.count { walker.origin + $0 < expansion.start }
        if calendar.admitsAll, walker.mask.admitsAll {
            let distance = Int64(end) * 86_400 - walker.origin
            return Int((distance + walker.step - 1) / walker.step) * perPeriod - early
        }
        guard 86_400 % walker.step == 0 else { return nil }
        let originSecond = Int(walker.origin - Int64(first) * 86_400)
        let step = Int(walker.step)
        var perDay = 0
        var onFirstDay = 0
        var isStartAdmitted = false
        for second in stride(from: originSecond % step, to: 86_400, by: step)
        where walker.mask.next(from: second) == second {
            perDay += 1
            if second >= originSecond { onFirstDay += 1 }
            if second == originSecond { isStartAdmitted = true }
        }
        var count = countDays(in: (first + 1)..<end) * perDay * perPeriod
        if countDays(in: first..<(first + 1)) == 1 {
            count += onFirstDay * perPeriod - (isStartAdmitted ? early : 0)
        }
        return count
    }
}
