/// Why a series cannot be split, cut off or moved.
public enum SeriesError: Error, Hashable, Sendable {
    /// The time is not the start of an occurrence.
    case notAnOccurrence

    /// The occurrence is the first one, so nothing would be left before it: change the whole series instead.
    case isFirstOccurrence

    /// A line of the recurrence cannot be read or expanded, so nothing can be said about its occurrences.
    case notUnderstood(RecurrenceError)

    /// A rule, named in iCalendar text, cannot go on unchanged from the start of the second half.
    ///
    /// That happens when the second half begins with an occurrence of another rule, in a period which an INTERVAL skips.
    case cannotRestart(String)

    /// A part of a rule pins days or times in a way that cannot be moved by this difference.
    case cannotMove(String)

    /// The difference is not in whole seconds, or for an all-day series not in whole days.
    case unevenDifference

    /// The series would leave the years 1 to 9999.
    case outsideCalendar
}

extension SeriesError: CustomStringConvertible {
    /// One plain sentence.
    public var description: String {
        switch self {
        case .notAnOccurrence: "The time is not the start of an occurrence of the series."
        case .isFirstOccurrence: "The occurrence is the first one of the series."
        case .notUnderstood(let problem): "The recurrence is not understood: \(problem)"
        case .cannotRestart(let rule): "The rule \(rule) cannot go on from this occurrence."
        case .cannotMove(let part): "\(part) cannot be moved by this difference."
        case .unevenDifference: "The difference must be whole seconds, for an all-day series whole days."
        case .outsideCalendar: "The series would leave the years 1 to 9999."
        }
    }
}
