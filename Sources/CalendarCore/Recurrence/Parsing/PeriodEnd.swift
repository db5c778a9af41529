/// Reads the second half of a period: a time, or a duration after RFC 5545 section 3.3.6.
enum PeriodEnd {
    static func read(_ text: String, zone: EventZone?) -> RecurrencePeriod.End? {
        if let date = RecurrenceLine.date(text, zone: zone) { return .at(date) }
        var rest = text.uppercased()[...]
        if rest.first == "+" { rest.removeFirst() }
        guard rest.first == "P" else { return nil }
        rest.removeFirst()
        var days = 0
        var seconds = 0
        var isTime = false
        var hasValue = false
        while let first = rest.first {
            if first == "T" {
                guard !isTime else { return nil }
                isTime = true
                rest.removeFirst()
                continue
            }
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            guard (1...7).contains(digits.count), let number = Int(digits) else { return nil }
            rest = rest.dropFirst(digits.count)
            switch (rest.first, isTime) {
            case ("W", false): days += number * 7
            case ("D", false): days += number
            case ("H", true): seconds += number * 3600
            case ("M", true): seconds += number * 60
            case ("S", true): seconds += number
            default: return nil
            }
            hasValue = true
            rest.removeFirst()
        }
        return hasValue ? .after(days: days, seconds: seconds) : nil
    }
}
