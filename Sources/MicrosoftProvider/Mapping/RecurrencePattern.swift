import CalendarCore

/// Graph's recurrence pattern (https://learn.microsoft.com/graph/api/resources/recurrencepattern).
struct RecurrencePattern: Hashable {
    enum Kind: String, CaseIterable {
        case daily, weekly, absoluteMonthly, relativeMonthly, absoluteYearly, relativeYearly
    }

    /// Which of the matching days of a month.
    enum Index: String, CaseIterable {
        case first, second, third, fourth, last

        /// The ordinal of RFC 5545.
        var ordinal: Int {
            switch self {
            case .first: 1
            case .second: 2
            case .third: 3
            case .fourth: 4
            case .last: -1
            }
        }

        init?(ordinal: Int) {
            guard let match = Self.allCases.first(where: { $0.ordinal == ordinal }) else { return nil }
            self = match
        }
    }

    var kind: Kind
    var interval: Int
    /// Ascending from Monday.
    var days: [Weekday] = []
    var dayOfMonth = 0
    var month = 0
    var index: Index = .first
    var firstDay: Weekday = .sunday
}

/// The part of a rule that Graph cannot express.
struct UnrepresentablePart: Error {
    let name: String
}

// MARK: - Wire

extension RecurrencePattern {
    init(_ json: JSONValue) throws(UnreadableField) {
        let word = json["type"]?.string?.lowercased()
        guard let kind = Kind.allCases.first(where: { $0.rawValue.lowercased() == word }) else {
            throw UnreadableField(name: "recurrence.pattern.type")
        }
        self.kind = kind
        interval = max(1, json["interval"]?.int ?? 1)
        days = json["daysOfWeek"].map { $0.elements.compactMap { Weekday(graph: $0.string) } } ?? []
        days = Set(days).sorted()
        dayOfMonth = json["dayOfMonth"]?.int ?? 0
        month = json["month"]?.int ?? 0
        let index = json["index"]?.string?.lowercased()
        self.index = Index.allCases.first { $0.rawValue == index } ?? .first
        firstDay = Weekday(graph: json["firstDayOfWeek"]?.string) ?? .sunday
        switch kind {
        case .daily: break
        case .weekly, .relativeMonthly:
            guard !days.isEmpty else { throw UnreadableField(name: "recurrence.pattern.daysOfWeek") }
        case .absoluteMonthly: try checkDay()
        case .absoluteYearly:
            try checkDay()
            try checkMonth()
        case .relativeYearly:
            guard !days.isEmpty else { throw UnreadableField(name: "recurrence.pattern.daysOfWeek") }
            try checkMonth()
        }
    }

    private func checkDay() throws(UnreadableField) {
        guard (1...31).contains(dayOfMonth) else { throw UnreadableField(name: "recurrence.pattern.dayOfMonth") }
    }

    private func checkMonth() throws(UnreadableField) {
        guard (1...12).contains(month) else { throw UnreadableField(name: "recurrence.pattern.month") }
    }

    var json: JSONNode {
        var object = JSONObject()
        object["type"] = .string(kind.rawValue)
        object["interval"] = .int(interval)
        if kind == .weekly { object["firstDayOfWeek"] = .string(firstDay.graphName) }
        if !days.isEmpty { object["daysOfWeek"] = .array(days.map { .string($0.graphName) }) }
        if kind == .absoluteMonthly || kind == .absoluteYearly { object["dayOfMonth"] = .int(dayOfMonth) }
        if kind == .relativeMonthly || kind == .relativeYearly { object["index"] = .string(index.rawValue) }
        if kind == .absoluteYearly || kind == .relativeYearly { object["month"] = .int(month) }
        return .object(object)
    }
}

extension Weekday {
    /// Graph's word, such as `monday`.
    var graphName: String {
        switch self {
        case .monday: "monday"
        case .tuesday: "tuesday"
        case .wednesday: "wednesday"
        case .thursday: "thursday"
        case .friday: "friday"
        case .saturday: "saturday"
        case .sunday: "sunday"
        }
    }

    /// Reads Graph's word in any case.
    init?(graph word: String?) {
        let word = word?.lowercased()
        guard let match = Weekday.allCases.first(where: { $0.graphName == word }) else { return nil }
        self = match
    }
}
