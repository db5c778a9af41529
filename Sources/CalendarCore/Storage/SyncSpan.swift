/// How far around now the events of a calendar are mirrored, in days (requirement M-35).
public struct SyncSpan: Hashable, Sendable, Codable {
    /// How many days back.
    public let past: Int
    /// How many days ahead.
    public let future: Int

    /// A month back and a year ahead.
    public static let standard = SyncSpan(checkedPast: 31, future: 366)

    /// Creates a span.
    ///
    /// - Throws: `CalendarError.invalidArgument` naming the field that is not between 0 and 3,660 days, or `future` when
    ///   both are 0.
    public init(past: Int, future: Int) throws {
        for (field, days) in [("past", past), ("future", future)] where !(0...3_660).contains(days) {
            throw CalendarError.invalidArgument(field, "The span must be between 0 and 3,660 days.")
        }
        guard past + future > 0 else { throw CalendarError.invalidArgument("future", "The span must not be empty.") }
        self.init(checkedPast: past, future: future)
    }

    private init(checkedPast past: Int, future: Int) {
        self.past = past
        self.future = future
    }
}
