import CalendarCore

/// The days of a Graph recurrence, found by looking at every day, as an oracle.
struct PatternWalk {
    let pattern: JSONNode
    let range: JSONNode
    let start: CivilDate

    /// Takes a `recurrence` apart.
    ///
    /// - Parameters:
    ///   - recurrence: The value as sent or answered.
    ///   - start: The day of the event's start.
    init(_ recurrence: JSONNode, start: CivilDate) {
        pattern = recurrence["pattern"] ?? [:]
        range = recurrence["range"] ?? [:]
        self.start = start
    }

    /// The days of the series among so many days from the start on.
    func days(_ length: Int) -> [CivilDate] {
        let found = (0..<length).map { start.adding(days: $0) }.filter(holds)
        switch range["type"]?.string {
        case "endDate": return found.filter { $0.description <= range["endDate"]?.string ?? "" }
        case "numbered": return Array(found.prefix(range["numberOfOccurrences"]?.int ?? 0))
        default: return found
        }
    }

    func holds(_ date: CivilDate) -> Bool {
        let interval = pattern["interval"]?.int ?? 1
        let months = (date.year - start.year) * 12 + date.month - start.month
        switch word("type") {
        case "daily": return (date.daysSinceEpoch - start.daysSinceEpoch) % interval == 0
        case "weekly": return isNamed(date) && weeks(to: date) % interval == 0
        case "absolutemonthly": return months % interval == 0 && isNumbered(date)
        case "relativemonthly": return months % interval == 0 && isCounted(date)
        case "absoluteyearly":
            return (date.year - start.year) % interval == 0 && date.month == pattern["month"]?.int && isNumbered(date)
        case "relativeyearly":
            return (date.year - start.year) % interval == 0 && date.month == pattern["month"]?.int && isCounted(date)
        default: return false
        }
    }

    /// A word in lower case.
    private func word(_ key: String) -> String? { pattern[key]?.string?.lowercased() }

    private func isNamed(_ date: CivilDate) -> Bool {
        (pattern["daysOfWeek"]?.elements ?? []).contains {
            $0.string?.lowercased() == String(describing: date.weekday)
        }
    }

    /// Exchange takes the last day of a month that is too short.
    private func isNumbered(_ date: CivilDate) -> Bool {
        let wanted = pattern["dayOfMonth"]?.int ?? 0
        return date.day == wanted || (date.day < wanted && date.adding(days: 1).day == 1)
    }

    /// Whether the date is the chosen one of its month's named days.
    private func isCounted(_ date: CivilDate) -> Bool {
        guard isNamed(date) else { return false }
        let words = ["first", "second", "third", "fourth"]
        let before = (1..<date.day).count { isNamed(date.adding(days: -$0)) }
        if let place = words.firstIndex(of: word("index") ?? "first") { return before == place }
        var later = date.adding(days: 1)
        while later.month == date.month {
            if isNamed(later) { return false }
            later = later.adding(days: 1)
        }
        return true
    }

    private func weeks(to date: CivilDate) -> Int {
        let begin = word("firstDayOfWeek") ?? "sunday"
        var first = start
        while String(describing: first.weekday) != begin { first = first.adding(days: -1) }
        return (date.daysSinceEpoch - first.daysSinceEpoch) / 7
    }
}
