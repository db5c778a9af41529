/// Which units of a day (hours, minutes or seconds) an HOURLY, MINUTELY or SECONDLY rule admits, by bit masks.
struct ClockMask: Sendable {
    private let hours: UInt64
    private let minutes: UInt64
    private let seconds: UInt64
    /// How many seconds a unit lasts: 3600, 60 or 1.
    let unit: Int
    let admitsAll: Bool

    private static let allHours: UInt64 = (1 << 24) - 1
    private static let sixty: UInt64 = (1 << 60) - 1

    /// For an all-day series only the unit at midnight is admitted.
    init(_ rule: RecurrenceRule, isAllDay: Bool) {
        switch rule.frequency {
        case .secondly: unit = 1
        case .minutely: unit = 60
        default: unit = 3600
        }
        func mask(_ values: [Int], _ all: UInt64) -> UInt64 {
            if isAllDay { return 1 }
            return values.isEmpty ? all : values.reduce(0) { $0 | 1 << UInt64($1) } & all
        }
        hours = mask(rule.byHour, Self.allHours)
        minutes = unit < 3600 ? mask(rule.byMinute, Self.sixty) : 1
        // Second 60 exists in leap seconds only; it is taken for 59.
        seconds = unit < 60 ? mask(rule.bySecond.map { min($0, 59) }, Self.sixty) : 1
        admitsAll =
            hours == Self.allHours && (unit == 3600 || minutes == Self.sixty) && (unit > 1 || seconds == Self.sixty)
    }

    /// The first second of the first admitted unit that begins at a second of the day or later.
    ///
    /// The given second is the first one of a unit.
    func next(from second: Int) -> Int? {
        if admitsAll { return second }
        var hour = second / 3600
        var minute = second / 60 % 60
        var second = second % 60
        while true {
            guard let nextHour = Self.first(of: hours, from: hour) else { return nil }
            if nextHour > hour { (hour, minute, second) = (nextHour, 0, 0) }
            guard let nextMinute = Self.first(of: minutes, from: minute) else {
                (hour, minute, second) = (hour + 1, 0, 0)
                continue
            }
            if nextMinute > minute { (minute, second) = (nextMinute, 0) }
            guard let nextSecond = Self.first(of: seconds, from: second) else {
                (minute, second) = (minute + 1, 0)
                continue
            }
            return hour * 3600 + minute * 60 + nextSecond
        }
    }

    private static func first(of mask: UInt64, from bit: Int) -> Int? {
        guard bit < 64 else { return nil }
        let rest = mask & (UInt64.max << UInt64(bit))
        return rest == 0 ? nil : rest.trailingZeroBitCount
    }
}
