import CalendarCore

/// A `patternedRecurrence` (https://learn.microsoft.com/graph/api/resources/patternedrecurrence).
struct GraphRecurrence: Hashable, Sendable {
    /// The kinds of patterns; there are no others.
    enum Kind: String, CaseIterable, Sendable {
        case daily, weekly, absoluteMonthly, relativeMonthly, absoluteYearly, relativeYearly

        /// Whether the pattern names days of the week.
        var usesDays: Bool { self == .weekly || self == .relativeMonthly || self == .relativeYearly }
    }

    /// Which of the fitting days of a month is meant.
    enum Index: String, CaseIterable, Sendable {
        case first, second, third, fourth, last
    }

    /// When the series ends.
    enum Range: Hashable, Sendable {
        case noEnd
        case until(CivilDate)
        case count(Int)
    }

    var kind: Kind
    var interval = 1
    var days: [Weekday] = []
    var firstDay = Weekday.sunday
    var dayOfMonth = 0
    var month = 0
    var index = Index.first
    var range = Range.noEnd
    var startDate: CivilDate
    var zoneName: String

    /// Whether both produce the same dates up to where they end.
    func hasSamePattern(as other: GraphRecurrence) -> Bool {
        var copy = other
        copy.range = range
        // On which day weeks begin says something to weekly patterns alone.
        if kind != .weekly { copy.firstDay = firstDay }
        return copy == self
    }
}

extension GraphRecurrence {
    /// Reads the property of an event that starts at a time.
    init(_ node: JSONNode, start: GraphTime) throws(GraphFailure) {
        guard let pattern = node["pattern"], let range = node["range"] else {
            throw .recurrence("A recurrence needs a pattern and a range.")
        }
        let zoneName = range["recurrenceTimeZone"]?.string.flatMap { $0.isEmpty ? nil : $0 } ?? start.zoneName
        _ = try GraphTime.zone(named: zoneName)
        guard let kind: Kind = Self.word(pattern["type"]) else { throw .recurrence("The pattern has no valid type.") }
        self.init(kind: kind, startDate: start.on(zoneName).civil.date, zoneName: zoneName)
        try read(pattern)
        try readRange(range)
    }

    private mutating func read(_ pattern: JSONNode) throws(GraphFailure) {
        interval = pattern["interval"]?.int ?? 0
        guard (1...(kind == .daily ? 999 : 99)).contains(interval) else {
            throw .recurrence("The interval must be positive, and at most 999 for days and 99 for anything else.")
        }
        for day in pattern["daysOfWeek"]?.elements ?? [] {
            guard let weekday = Self.weekday(day) else { throw .recurrence("A day of the week is unknown.") }
            if !days.contains(weekday) { days.append(weekday) }
        }
        days.sort()
        if let first = pattern["firstDayOfWeek"], !first.isNull {
            guard let weekday = Self.weekday(first) else { throw .recurrence("The first day of the week is unknown.") }
            firstDay = weekday
        }
        if let word = pattern["index"], !word.isNull {
            guard let value: Index = Self.word(word) else { throw .recurrence("The index is unknown.") }
            index = value
        }
        dayOfMonth = pattern["dayOfMonth"]?.int ?? 0
        month = pattern["month"]?.int ?? 0
        // Values outside their set are refused even where the pattern ignores them.
        guard (0...31).contains(dayOfMonth), (0...12).contains(month) else {
            throw .recurrence("The day of the month or the month does not exist.")
        }
        guard !kind.usesDays || !days.isEmpty else { throw .recurrence("The pattern needs days of the week.") }
        if kind == .absoluteMonthly || kind == .absoluteYearly {
            guard (1...31).contains(dayOfMonth) else { throw .recurrence("The pattern needs a day of the month.") }
        }
        if kind == .absoluteYearly || kind == .relativeYearly {
            guard (1...12).contains(month) else { throw .recurrence("The pattern needs a month.") }
        }
    }

    private mutating func readRange(_ node: JSONNode) throws(GraphFailure) {
        if let text = node["startDate"]?.string {
            guard let date = CivilDate(text), date == startDate else {
                throw .recurrence("The range must start on the day on which the event starts.")
            }
        }
        switch node["type"]?.string?.lowercased() {
        case "noend": range = .noEnd
        case "enddate":
            guard let end = node["endDate"]?.string.flatMap({ CivilDate($0) }), end >= startDate else {
                throw .recurrence("The range needs an end date that is not before its start.")
            }
            range = .until(end)
        case "numbered":
            guard let count = node["numberOfOccurrences"]?.int, (1...999).contains(count) else {
                throw .recurrence("The range needs a positive number of occurrences, at most 999.")
            }
            range = .count(count)
        default: throw .recurrence("The range has no valid type.")
        }
    }

    private static func word<Word: CaseIterable & RawRepresentable<String>>(_ node: JSONNode?) -> Word? {
        guard let text = node?.string?.lowercased() else { return nil }
        return Word.allCases.first { $0.rawValue.lowercased() == text }
    }

    private static func weekday(_ node: JSONNode) -> Weekday? {
        guard let text = node.string?.lowercased() else { return nil }
        return Weekday.allCases.first { String(describing: $0) == text }
    }

    /// The property as answered, with the parts that the pattern ignores.
    var json: JSONNode {
        var pattern: JSONNode = [
            "type": .string(kind.rawValue), "interval": .int(interval), "month": .int(month),
            "dayOfMonth": .int(dayOfMonth),
        ]
        if kind.usesDays { pattern["daysOfWeek"] = .array(days.map { .string(String(describing: $0)) }) }
        pattern["firstDayOfWeek"] = .string(String(describing: firstDay))
        pattern["index"] = .string(index.rawValue)
        var end = "0001-01-01"
        var count = 0
        var type = "noEnd"
        switch range {
        case .noEnd: break
        case .until(let date): (type, end) = ("endDate", date.description)
        case .count(let number): (type, count) = ("numbered", number)
        }
        return [
            "pattern": pattern,
            "range": [
                "type": .string(type), "startDate": .string(startDate.description), "endDate": .string(end),
                "recurrenceTimeZone": .string(zoneName), "numberOfOccurrences": .int(count),
            ],
        ]
    }
}
