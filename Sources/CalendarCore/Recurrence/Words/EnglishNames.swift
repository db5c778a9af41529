/// English names of weekdays, months, units and numbers.
enum EnglishNames {
    static func weekday(_ day: Weekday) -> String {
        switch day {
        case .monday: "Monday"
        case .tuesday: "Tuesday"
        case .wednesday: "Wednesday"
        case .thursday: "Thursday"
        case .friday: "Friday"
        case .saturday: "Saturday"
        case .sunday: "Sunday"
        }
    }

    /// The name of a month, or nil when there is no such month.
    static func month(_ number: Int) -> String? {
        let names = [
            "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
            "November", "December",
        ]
        return names.indices.contains(number - 1) ? names[number - 1] : nil
    }

    static func unit(_ frequency: RecurrenceRule.Frequency) -> String {
        switch frequency {
        case .secondly: "second"
        case .minutely: "minute"
        case .hourly: "hour"
        case .daily: "day"
        case .weekly: "week"
        case .monthly: "month"
        case .yearly: "year"
        }
    }

    static func date(_ date: CivilDate) -> String {
        "\(date.day) \(month(date.month) ?? "") \(date.year)"
    }

    static func time(_ hour: Int, _ minute: Int) -> String {
        (hour < 10 ? "0\(hour):" : "\(hour):") + (minute < 10 ? "0\(minute)" : "\(minute)")
    }

    /// A place such as "third", "21st", "last" or "second to last"; nil for 0, which is no place.
    static func ordinal(_ number: Int) -> String? {
        if number == -1 { return "last" }
        if number < 0 { return word(-number).map { "\($0) to last" } }
        return word(number)
    }

    /// A number such as "21st"; nil below 1.
    static func numeral(_ number: Int) -> String? {
        guard number > 0 else { return nil }
        let suffix =
            switch (number % 100, number % 10) {
            case (11...13, _): "th"
            case (_, 1): "st"
            case (_, 2): "nd"
            case (_, 3): "rd"
            default: "th"
            }
        return "\(number)\(suffix)"
    }

    private static func word(_ number: Int) -> String? {
        let words = ["first", "second", "third", "fourth", "fifth"]
        return words.indices.contains(number - 1) ? words[number - 1] : numeral(number)
    }
}

/// English lists.
enum EnglishList {
    static func and(_ items: [String]) -> String { joined(items, by: "and") }
    static func or(_ items: [String]) -> String { joined(items, by: "or") }

    private static func joined(_ items: [String], by word: String) -> String {
        guard let last = items.last, items.count > 1 else { return items.first ?? "" }
        return "\(items.dropLast().joined(separator: ", ")) \(word) \(last)"
    }
}
