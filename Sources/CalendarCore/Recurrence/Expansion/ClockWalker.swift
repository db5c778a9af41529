/// Walks the periods of an HOURLY, MINUTELY or SECONDLY rule on the wall clock, skipping by arithmetic what is excluded.
struct ClockWalker: Sendable {
    let mask: ClockMask
    /// The local second at which period 0 begins.
    let origin: Int64
    /// How many seconds lie between the beginnings of two periods.
    let step: Int64
    /// The beginning of the first period not yet looked at.
    private var next: Int64
    /// The end of a day that is known to pass the filters.
    private var dayEnd = Int64.min
    private(set) var steps = 0

    init(_ rule: RecurrenceRule, start: EventTime) {
        mask = ClockMask(rule, isAllDay: start.isAllDay)
        let unit = Int64(mask.unit)
        let local = start.civil.secondsSinceEpoch
        origin = local - Self.remainder(local, unit)
        step = unit * Int64(max(rule.interval, 1))
        next = origin
        if !isReachable { next = Int64.max }
    }

    /// Where the next period to look at begins.
    var position: Int64 { next }

    /// Goes to the period that holds a local second, or to the next one.
    mutating func jump(to local: Int64) {
        guard next < Int64.max else { return }
        next = aligned(max(local - Int64(mask.unit) + 1, origin))
        dayEnd = Int64.min
    }

    /// The local second at which the next period that passes begins; nil after the last one.
    mutating func next(in calendar: inout DayCalendar, bound: Int) -> Int64? {
        let limit = steps + calendar.steps + bound
        while steps + calendar.steps <= limit, next <= Self.latest {
            if next >= dayEnd {
                let day = Int(Self.quotient(next, 86_400))
                guard let admitted = calendar.next(from: day) else { return nil }
                if admitted > day {
                    next = aligned(Int64(admitted) * 86_400)
                    steps += 1
                    continue
                }
                dayEnd = Int64(day + 1) * 86_400
            }
            if !mask.admitsAll {
                let second = Int(next - (dayEnd - 86_400))
                let admitted = mask.next(from: second)
                if admitted != second {
                    next = aligned(admitted.map { dayEnd - 86_400 + Int64($0) } ?? dayEnd)
                    steps += 1
                    continue
                }
            }
            let period = next
            next += step
            return period
        }
        return nil
    }

    /// The beginning of the first period that begins at a local second or later.
    private func aligned(_ local: Int64) -> Int64 {
        local <= origin ? origin : origin + (local - origin + step - 1) / step * step
    }

    /// Whether the steps ever meet an admitted time of day: they meet those that differ by multiples of gcd(step, day).
    private var isReachable: Bool {
        if mask.admitsAll { return true }
        var (divisor, rest) = (step, Int64(86_400))
        while rest != 0 { (divisor, rest) = (rest, divisor % rest) }
        var second = Int(Self.remainder(origin, divisor))
        while second < 86_400 {
            guard let admitted = mask.next(from: second) else { return false }
            if admitted == second { return true }
            second += (admitted - second + Int(divisor) - 1) / Int(divisor) * Int(divisor)
        }
        return false
    }

    private static let latest = CivilDateTime.latest.secondsSinceEpoch

    static func quotient(_ value: Int64, _ divisor: Int64) -> Int64 {
        let quotient = value / divisor
        return value % divisor < 0 ? quotient - 1 : quotient
    }

    private static func remainder(_ value: Int64, _ divisor: Int64) -> Int64 {
        let remainder = value % divisor
        return remainder < 0 ? remainder + divisor : remainder
    }
}
