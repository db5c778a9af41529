/// The parts of a rule by name, in upper case, and the readers of their values.
struct RuleParts {
    /// Looked up by name only, never walked.
    private(set) var values: [String: String] = [:]

    private static let names: Set<String> = [
        "FREQ", "INTERVAL", "COUNT", "UNTIL", "BYSECOND", "BYMINUTE", "BYHOUR", "BYDAY", "BYMONTHDAY", "BYYEARDAY",
        "BYWEEKNO", "BYMONTH", "BYSETPOS", "WKST",
    ]

    init(_ text: String) throws(RecurrenceError) {
        var rest = Substring(text.uppercased())
        while let last = rest.last, last.isWhitespace { rest.removeLast() }
        while let first = rest.first, first.isWhitespace { rest.removeFirst() }
        if rest.hasPrefix("RRULE:") { rest = rest.dropFirst(6) }
        for part in rest.split(separator: ";") {
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            var name = String(pair[0].prefix(32))
            if name == "BYWEEKDAY" { name = "BYDAY" }  // A spelling in circulation.
            guard Self.names.contains(name) else { throw .unknown(name) }
            guard pair.count == 2, !pair[1].isEmpty else { throw .malformed(name) }
            guard values.updateValue(String(pair[1]), forKey: name) == nil else { throw .repeated(name) }
        }
    }

    func number(_ name: String, in range: ClosedRange<Int>) throws(RecurrenceError) -> Int? {
        guard let value = values[name] else { return nil }
        let number = try Self.integer(Substring(value), of: name)
        guard range.contains(number) else { throw .outOfRange(name) }
        return number
    }

    func numbers(
        _ name: String,
        in range: ClosedRange<Int>,
        orNegative: Bool = false
    ) throws(RecurrenceError) -> [Int] {
        guard let value = values[name] else { return [] }
        var numbers: [Int] = []
        for item in value.split(separator: ",", omittingEmptySubsequences: false) {
            let number = try Self.integer(item, of: name)
            guard range.contains(orNegative ? abs(number) : number) else { throw .outOfRange(name) }
            numbers.append(number)
        }
        return numbers
    }

    func weekdays() throws(RecurrenceError) -> [RecurrenceRule.NthWeekday] {
        guard let value = values["BYDAY"] else { return [] }
        var days: [RecurrenceRule.NthWeekday] = []
        for item in value.split(separator: ",", omittingEmptySubsequences: false) {
            guard let weekday = Weekday(iCalendarCode: String(item.suffix(2))) else { throw .malformed("BYDAY") }
            var ordinal: Int?
            if item.count > 2 {
                let number = try Self.integer(item.dropLast(2), of: "BYDAY")
                guard (1...53).contains(abs(number)) else { throw .outOfRange("BYDAY") }
                ordinal = number
            }
            days.append(RecurrenceRule.NthWeekday(weekday, ordinal: ordinal))
        }
        return days
    }

    func weekStart() throws(RecurrenceError) -> Weekday {
        guard let value = values["WKST"] else { return .monday }
        guard let weekday = Weekday(iCalendarCode: value) else { throw .malformed("WKST") }
        return weekday
    }

    func until() throws(RecurrenceError) -> RecurrenceRule.Until? {
        guard let value = values["UNTIL"] else { return nil }
        if let date = CivilDate(value) { return .date(date) }
        if let reading = CivilDateTime(value) { return .local(reading) }
        if value.hasSuffix("Z"), let reading = CivilDateTime(String(value.dropLast())) { return .utc(reading) }
        throw .malformed("UNTIL")
    }

    /// Reads a sign and up to ten digits, nothing else.
    private static func integer(_ text: Substring, of name: String) throws(RecurrenceError) -> Int {
        let digits = text.hasPrefix("-") || text.hasPrefix("+") ? text.dropFirst() : text
        guard (1...10).contains(digits.utf8.count), digits.utf8.allSatisfy({ (48...57).contains($0) }),
            let number = Int(text)
        else { throw .malformed(name) }
        return number
    }
}
