import CalendarCore

/// A random rule that the parser accepts, with a start and a span in which the oracle is quick enough.
struct RandomRecurrence {
    private(set) var rule: RecurrenceRule
    let start: CivilDateTime
    let isAllDay: Bool
    /// How many seconds after the start the oracle walks.
    let span: Int64

    init(using generator: inout SeededGenerator) {
        let frequency = RecurrenceRule.Frequency.allCases.randomElement(using: &generator) ?? .daily
        rule = RecurrenceRule(frequency: frequency, interval: Self.interval(using: &generator))
        let isFine = [.hourly, .minutely, .secondly].contains(frequency)
        isAllDay = !isFine && Bool.random(using: &generator)
        let date = CivilDate(daysSinceEpoch: Int.random(in: 10_000...25_000, using: &generator))
        let second = isAllDay ? 0 : Int64.random(in: 0..<86_400, using: &generator)
        start = CivilDateTime(startOf: date).adding(seconds: second)
        span =
            switch frequency {
            case .secondly: 2 * 3600
            case .minutely: 3 * 86_400
            case .hourly: 40 * 86_400
            case .daily: 400 * 86_400
            case .weekly: 500 * 86_400
            case .monthly: 1000 * 86_400
            case .yearly: 2200 * 86_400
            }
        rule.weekStart = Weekday.allCases.randomElement(using: &generator) ?? .monday
        chooseDays(using: &generator)
        chooseTimes(using: &generator)
        chooseLimits(using: &generator)
    }

    private static func interval(using generator: inout SeededGenerator) -> Int {
        Bool.random(using: &generator) ? 1 : Int.random(in: 2...25, using: &generator)
    }

    private static func some(
        _ count: Int,
        of range: ClosedRange<Int>,
        isSigned: Bool = false,
        using generator: inout SeededGenerator
    ) -> [Int] {
        (0..<count).map { _ in
            let value = Int.random(in: range, using: &generator)
            return isSigned && Bool.random(using: &generator) ? -value : value
        }
    }

    private mutating func chooseDays(using generator: inout SeededGenerator) {
        func isChosen(_ odds: Int) -> Bool { Int.random(in: 0..<odds, using: &generator) == 0 }
        let frequency = rule.frequency
        let hasPlaces = frequency == .monthly || frequency == .yearly
        if isChosen(3) { rule.byMonth = Self.some(4, of: 1...12, using: &generator) }
        if frequency == .yearly, isChosen(4) {
            rule.byWeekNumber = Self.some(2, of: 1...53, isSigned: true, using: &generator)
            if isChosen(2) { rule.byWeekNumber.append(isChosen(2) ? 1 : -1) }
        }
        if isChosen(2) {
            rule.byDay = Weekday.allCases.filter { _ in isChosen(3) }.map { RecurrenceRule.NthWeekday($0) }
            if hasPlaces, rule.byWeekNumber.isEmpty, isChosen(2) {
                let places = Self.some(2, of: 1...(frequency == .monthly ? 5 : 53), isSigned: true, using: &generator)
                rule.byDay += places.map { RecurrenceRule.NthWeekday(.tuesday, ordinal: $0) }
            }
        }
        if rule.byWeekNumber.isEmpty, frequency != .weekly || !rule.byDay.isEmpty, isChosen(3) {
            rule.byMonthDay = Self.some(6, of: 1...31, isSigned: true, using: &generator)
        }
        if ![.daily, .weekly, .monthly].contains(frequency), isChosen(4) {
            rule.byYearDay = Self.some(30, of: 1...366, isSigned: true, using: &generator)
        }
    }

    private mutating func chooseTimes(using generator: inout SeededGenerator) {
        func isChosen(_ odds: Int) -> Bool { Int.random(in: 0..<odds, using: &generator) == 0 }
        if !isAllDay {
            if isChosen(4) { rule.byHour = Self.some(6, of: 0...23, using: &generator) }
            if isChosen(4) { rule.byMinute = Self.some(3, of: 0...59, using: &generator) }
            if isChosen(4) { rule.bySecond = Self.some(3, of: 0...59, using: &generator) }
        }
        let hasPart =
            !rule.byDay.isEmpty || !rule.byMonthDay.isEmpty || !rule.byMonth.isEmpty || !rule.byHour.isEmpty
            || !rule.byMinute.isEmpty || !rule.bySecond.isEmpty || !rule.byYearDay.isEmpty
            || !rule.byWeekNumber.isEmpty
        if hasPart, isChosen(3) { rule.bySetPosition = Self.some(2, of: 1...4, isSigned: true, using: &generator) }
    }

    private mutating func chooseLimits(using generator: inout SeededGenerator) {
        switch Int.random(in: 0...3, using: &generator) {
        case 0: rule.count = Int.random(in: 1...60, using: &generator)
        case 1:
            let last = start.adding(seconds: Int64.random(in: 0...span, using: &generator))
            rule.until = isAllDay ? .date(last.date) : .local(last)
        default: break
        }
    }
}
