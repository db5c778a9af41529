extension RecurrenceRule {
    /// Reads a rule, strict about values and lenient about case, a leading `RRULE:` and stray semicolons.
    ///
    /// COUNT beside UNTIL is accepted, because services send it; the series then ends with whichever comes first.
    ///
    /// - Parameter text: The rule, such as `FREQ=WEEKLY;BYDAY=MO,WE`.
    /// - Throws: `RecurrenceError`, naming the part at fault.
    public init(parsing text: String) throws(RecurrenceError) {
        let parts = try RuleParts(text)
        guard let name = parts.values["FREQ"] else { throw .missing("FREQ") }
        guard let frequency = Frequency(rawValue: name) else { throw .malformed("FREQ") }
        self.init(frequency: frequency)
        interval = try parts.number("INTERVAL", in: 1...Self.largestNumber) ?? 1
        count = try parts.number("COUNT", in: 1...Self.largestNumber)
        until = try parts.until()
        bySecond = try parts.numbers("BYSECOND", in: 0...60)
        byMinute = try parts.numbers("BYMINUTE", in: 0...59)
        byHour = try parts.numbers("BYHOUR", in: 0...23)
        byDay = try parts.weekdays()
        byMonthDay = try parts.numbers("BYMONTHDAY", in: 1...31, orNegative: true)
        byYearDay = try parts.numbers("BYYEARDAY", in: 1...366, orNegative: true)
        byWeekNumber = try parts.numbers("BYWEEKNO", in: 1...53, orNegative: true)
        byMonth = try parts.numbers("BYMONTH", in: 1...12)
        bySetPosition = try parts.numbers("BYSETPOS", in: 1...366, orNegative: true)
        weekStart = try parts.weekStart()
        try RuleConsistency.check(self)
    }

    /// Far beyond any calendar, and far from overflow.
    private static let largestNumber = Int(Int32.max)
}
