import CalendarCore

/// Random patterns that Graph would accept.
enum PatternSample {
    static let codes = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
    static let indexes = ["first", "second", "third", "fourth", "last"]

    static func date(using generator: inout some RandomNumberGenerator) -> CivilDate {
        // 2020 to 2029.
        CivilDate(daysSinceEpoch: Int.random(in: 18_262...21_914, using: &generator))
    }

    static func pattern(using generator: inout some RandomNumberGenerator) -> JSONNode {
        let days = codes.shuffled(using: &generator).prefix(Int.random(in: 1...7, using: &generator))
        let names = codes.filter(days.contains).joined(separator: ",")
        let place = Int.random(in: 0..<5, using: &generator)
        let month = Int.random(in: 1...12, using: &generator)
        let day = Int.random(in: 1...31, using: &generator)
        let interval = Int.random(in: 1...5, using: &generator)
        switch Int.random(in: 0..<6, using: &generator) {
        case 0: return .daily(interval * 7)
        case 1:
            let first = Weekday.allCases[Int.random(in: 0..<7, using: &generator)]
            return .weekly(interval, names, first: String(describing: first))
        case 2: return .monthly(interval, day: day)
        case 3: return .monthly(interval, indexes[place], names)
        case 4: return .yearly(interval, month: month, day: day)
        default: return .yearly(interval, month: month, indexes[place], names)
        }
    }

    /// The spelling of a pattern that is sent, where Graph has several of the same meaning.
    static func plain(_ pattern: JSONNode, start: CivilDate) -> JSONNode {
        let interval = pattern["interval"]?.int ?? 0
        let day = pattern["dayOfMonth"]?.int ?? 0
        let month = pattern["month"]?.int ?? 0
        let isEveryDay = pattern["daysOfWeek"]?.elements.count == 7
        let place = indexes.firstIndex(of: pattern["index"]?.string ?? "") ?? 4
        switch pattern["type"]?.string {
        case "weekly" where interval == 1:
            // The first day only matters when weeks are left out.
            return pattern.merging(["firstDayOfWeek": "monday"])
        case "absoluteMonthly" where day == 31: return .monthly(interval, "last", JSONNode.everyDay)
        case "relativeMonthly" where isEveryDay && place < 4: return .monthly(interval, day: place + 1)
        case "absoluteYearly":
            return .yearly(interval, month: month, day: min(day, CivilDate.daysInMonth(year: 2024, month: month)))
        case "relativeYearly" where isEveryDay && place < 4: return .yearly(interval, month: month, day: place + 1)
        default: return pattern
        }
    }
}

/// Random rules, of which a good part is one that Graph can say.
enum RuleSample {
    static func rule(using generator: inout some RandomNumberGenerator) -> RecurrenceRule {
        func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &generator) < percent }
        func some(_ range: ClosedRange<Int>, _ count: Int) -> [Int] {
            (0..<count).map { _ in Int.random(in: range, using: &generator) }.filter { $0 != 0 }
        }
        let frequencies: [RecurrenceRule.Frequency] = [.daily, .weekly, .monthly, .monthly, .monthly, .yearly, .yearly]
        var rule = RecurrenceRule(
            frequency: frequencies[Int.random(in: 0..<7, using: &generator)],
            interval: chance(60) ? 1 : Int.random(in: 2...4, using: &generator)
        )
        let isLong = rule.frequency == .monthly || rule.frequency == .yearly
        let monthSets = [[3], [2], [4, 10], [1, 5, 9], [3, 6, 9, 12], [2, 3], Array(1...12)]
        if rule.frequency == .yearly, chance(85) {
            rule.byMonth = monthSets[Int.random(in: 0..<monthSets.count, using: &generator)]
        }
        if isLong, chance(45) {
            let runs = [[-1], [-2], Array(28...30), Array(28...31), Array(1...7), Array(8...14), Array(22...28)]
            let run = Int.random(in: 0..<12, using: &generator)
            rule.byMonthDay = run < runs.count ? runs[run] : some(1...31, Int.random(in: 1...2, using: &generator))
        }
        if chance(isLong && !rule.byMonthDay.isEmpty ? 30 : 60) {
            let days = Weekday.allCases.shuffled(using: &generator).prefix(
                [1, 1, 2, 5, 7].randomElement(using: &generator) ?? 1
            )
            let ordinal = isLong && days.count == 1 && chance(60) ? some(-2...5, 1).first : nil
            rule.byDay = days.map { .init($0, ordinal: ordinal) }
        }
        if isLong, !rule.byDay.isEmpty || !rule.byMonthDay.isEmpty, chance(40) {
            rule.bySetPosition = some(-1...4, 1)
        }
        if chance(30) { rule.weekStart = .sunday }
        if chance(20) { rule.count = Int.random(in: 1...40, using: &generator) }
        if rule.count == nil, chance(20) {
            rule.until = .date(PatternSample.date(using: &generator))
        }
        return rule
    }
}
