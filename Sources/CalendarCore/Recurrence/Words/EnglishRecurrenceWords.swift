/// Rules in plain English.
public struct EnglishRecurrenceWords: RecurrenceWords {
    /// Creates the language.
    public init() {}

    /// The phrase for a clause, or nil for numbers that mean nothing, such as a thirteenth month.
    public func phrase(for clause: RecurrenceClause) -> String? {
        switch clause {
        case .every(let unit, let interval): every(unit, interval)
        case .weekly(let days, let interval): weekly(days, interval)
        case .days(let days, let unit, let interval): on(days).map { "\($0) of \(every(unit, interval))" }
        case .daysInMonths(let days, let months, let interval): inMonths(days, months, interval)
        case .onWeekdays(let days): "on every \(EnglishList.and(days.map(EnglishNames.weekday)))"
        case .onlyOnWeekdays(let days): "only on \(weekdays(days))"
        case .onNumberedWeekdays(let days): on(.numbered(days))
        case .onMonthDays(let days): ordinals(days, noun: "day").map { "on \($0) of the month" }
        case .onYearDays(let days): yearDays(days)
        case .inWeeks(let weeks): inWeeks(weeks)
        case .inMonths(let months): names(of: months).map { "in \(EnglishList.and($0))" }
        case .atTimes(let hours, let minutes): atTimes(hours, minutes)
        case .inHours(let hours): numbered("in hour", hours, 0...23)
        case .atMinutes(let minutes): numbered("at minute", minutes, 0...59)
        case .atSeconds(let seconds): numbered("at second", seconds, 0...60)
        case .onlyPlaces(let places, let unit):
            ordinals(places, noun: "occurrence").map { "taking only \($0) of each \(EnglishNames.unit(unit))" }
        case .weeksBegin(let day): "with weeks beginning on \(EnglishNames.weekday(day))"
        case .untilDate(let date): "until \(EnglishNames.date(date))"
        case .untilTime(let reading, let zone): until(reading, zone)
        case .count(let count): count == 1 ? "once" : "\(count) times"
        }
    }

    /// Puts phrases together with blanks, and commas before those that limit the rest; the rest is in brackets.
    public func sentence(_ phrases: [(clause: RecurrenceClause, phrase: String)], rest: [String]) -> String {
        var text = ""
        for (clause, phrase) in phrases {
            if !text.isEmpty { text += Self.isSetOff(clause) ? ", " : " " }
            text += phrase
        }
        guard !rest.isEmpty else { return text }
        return text + (text.isEmpty ? "(" : " (") + rest.joined(separator: ";") + ")"
    }

    private static func isSetOff(_ clause: RecurrenceClause) -> Bool {
        switch clause {
        case .onlyOnWeekdays, .onlyPlaces, .weeksBegin, .count: true
        default: false
        }
    }
}

extension EnglishRecurrenceWords {
    private func every(_ unit: RecurrenceRule.Frequency, _ interval: Int) -> String {
        let name = EnglishNames.unit(unit)
        return switch interval {
        case 1: "every \(name)"
        // "every second second" would not help anybody.
        case 2 where unit != .secondly: "every second \(name)"
        default: "every \(interval) \(name)s"
        }
    }

    private func weekly(_ days: [Weekday], _ interval: Int) -> String {
        if interval == 1 {
            return days == Self.working ? "every weekday" : "every \(EnglishList.and(days.map(EnglishNames.weekday)))"
        }
        if interval == 2, days.count == 1 { return "every second \(EnglishNames.weekday(days[0]))" }
        return "every \(interval == 2 ? "second week" : "\(interval) weeks") on \(weekdays(days))"
    }

    private func weekdays(_ days: [Weekday]) -> String {
        days == Self.working ? "weekdays" : EnglishList.and(days.map(EnglishNames.weekday))
    }

    private static let working: [Weekday] = [.monday, .tuesday, .wednesday, .thursday, .friday]

    /// Days with "on", such as "on the first and third Monday".
    private func on(_ days: RecurrenceDays) -> String? {
        switch days {
        case .monthDays(let numbers):
            return ordinals(numbers, noun: "day").map { "on \($0)" }
        case .numbered(let days):
            var phrases: [String] = []
            for day in days {
                let name = EnglishNames.weekday(day.weekday)
                guard let ordinal = day.ordinal else {
                    phrases.append("every \(name)")
                    continue
                }
                guard let text = EnglishNames.ordinal(ordinal) else { return nil }
                phrases.append("the \(text) \(name)")
            }
            return "on \(EnglishList.and(phrases))"
        case .places(let places, let weekdays):
            let ordinals = places.compactMap(EnglishNames.ordinal)
            guard ordinals.count == places.count else { return nil }
            return "on the \(EnglishList.and(ordinals)) \(oneOf(weekdays))"
        }
    }

    private func oneOf(_ weekdays: [Weekday]) -> String {
        let days = weekdays.sorted()
        if days == Self.working { return "weekday" }
        if days == [.saturday, .sunday] { return "weekend day" }
        if days == Weekday.allCases { return "day" }
        return EnglishList.or(weekdays.map(EnglishNames.weekday))
    }

    private func inMonths(_ days: RecurrenceDays, _ months: [Int], _ interval: Int) -> String? {
        guard let names = names(of: months) else { return nil }
        let years = every(.yearly, interval)
        if case .monthDays(let numbers) = days, numbers.count == 1, months.count == 1, (1...31).contains(numbers[0]) {
            return "\(years) on \(numbers[0]) \(names[0])"
        }
        return on(days).map { "\(years) \($0) of \(EnglishList.and(names))" }
    }

    private func names(of months: [Int]) -> [String]? {
        let names = months.compactMap(EnglishNames.month)
        return names.count == months.count ? names : nil
    }

    /// Numbers such as "the 1st and the last day"; the noun is needed where one counts from the end.
    private func ordinals(_ numbers: [Int], noun: String) -> String? {
        let isBare = noun == "day" && numbers.allSatisfy { $0 > 0 }
        var texts: [String] = []
        for number in numbers {
            guard let text = isBare ? EnglishNames.numeral(number) : EnglishNames.ordinal(number) else { return nil }
            texts.append(text)
        }
        return "the \(EnglishList.and(texts))" + (isBare ? "" : " \(noun)")
    }

    private func yearDays(_ days: [Int]) -> String? {
        let texts = days.compactMap { $0 > 0 ? EnglishNames.numeral($0) : EnglishNames.ordinal($0) }
        return texts.count == days.count ? "on the \(EnglishList.and(texts)) day of the year" : nil
    }

    private func inWeeks(_ weeks: [Int]) -> String? {
        if weeks.allSatisfy({ (1...53).contains($0) }) { return numbered("in week", weeks, 1...53) }
        let texts = weeks.compactMap { $0 > 0 ? EnglishNames.numeral($0) : EnglishNames.ordinal($0) }
        return texts.count == weeks.count ? "in the \(EnglishList.and(texts)) week of the year" : nil
    }

    private func atTimes(_ hours: [Int], _ minutes: [Int]) -> String? {
        guard hours.allSatisfy((0...23).contains), minutes.allSatisfy((0...59).contains) else { return nil }
        let times = hours.flatMap { hour in minutes.map { EnglishNames.time(hour, $0) } }
        return "at \(EnglishList.and(times))"
    }

    private func numbered(_ noun: String, _ numbers: [Int], _ range: ClosedRange<Int>) -> String? {
        guard numbers.allSatisfy(range.contains) else { return nil }
        return noun + (numbers.count == 1 ? " " : "s ") + EnglishList.and(numbers.map(String.init))
    }

    private func until(_ reading: CivilDateTime, _ zone: EventZone?) -> String {
        var text = "until \(EnglishNames.date(reading.date)) at \(EnglishNames.time(reading.hour, reading.minute))"
        if reading.second != 0 { text += reading.second < 10 ? ":0\(reading.second)" : ":\(reading.second)" }
        return zone == .utc ? text + " UTC" : text
    }
}
