/// Which rules are expanded.
enum RuleSupport {
    /// The part that keeps a rule from being expanded, or nil.
    static func problem(of rule: RecurrenceRule) -> RecurrenceError? {
        guard rule.frequency == .daily || rule.frequency == .weekly else {
            return .unsupported("FREQ=" + rule.frequency.rawValue)
        }
        if !rule.byYearDay.isEmpty { return .unsupported("BYYEARDAY") }
        if !rule.byWeekNumber.isEmpty { return .unsupported("BYWEEKNO") }
        return nil
    }
}
