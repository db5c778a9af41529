import CalendarCore

extension Weekday {
    /// Three letters, such as `Mon`.
    var shortName: String {
        switch self {
        case .monday: "Mon"
        case .tuesday: "Tue"
        case .wednesday: "Wed"
        case .thursday: "Thu"
        case .friday: "Fri"
        case .saturday: "Sat"
        case .sunday: "Sun"
        }
    }
}

extension CivilDateTime {
    /// The time of day, such as `09:00`, with seconds where there are any.
    var clockText: String { String(description.dropFirst(11).prefix(second == 0 ? 5 : 8)) }
}

/// An offset in seconds in words, such as `UTC+05:30`.
func offsetText(_ offset: Int) -> String {
    func pair(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
    let seconds = abs(offset)
    let text = "UTC\(offset < 0 ? "-" : "+")\(pair(seconds / 3600)):\(pair(seconds / 60 % 60))"
    return seconds % 60 == 0 ? text : text + ":" + pair(seconds % 60)
}
