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

        /// Reads Graph's word in any case.
        init?(graph word: String?) {
            self.init(rawValue: word?.lowercased() ?? "")
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
        // Exchange allows no more, and arithmetic stays far from its bounds.
        guard interval <= 999 else { throw UnreadableField(name: "recurrence.pattern.interval") }
        dayOfMonth = json["dayOfMonth"]?.int ?? 0
        month = json["month"]?.int ?? 0
        switch kind {
        case .daily: break
        case .weekly:
            days = try Self.days(json["daysOfWeek"])
            firstDay = try Self.word(json["firstDayOfWeek"], "firstDayOfWeek", Weekday.init(graph:)) ?? .sunday
        case .absoluteMonthly: try checkDay()
        case .absoluteYearly:
            try checkDay()
            try checkMonth()
        case .relativeMonthly, .relativeYearly:
            days = try Self.days(json["daysOfWeek"])
            index = try Self.word(json["index"], "index", Index.init(graph:)) ?? .first
            if kind == .relativeYearly { try checkMonth() }
        }
    }

    /// The days, ascending from Monday; a word that is no weekday would change the series and is not passed over.
    private static func days(_ json: JSONValue?) throws(UnreadableField) -> [Weekday] {
        let words = json?.elements.map { Weekday(graph: $0.string) } ?? []
        let days = words.compactMap { $0 }
        guard !days.isEmpty, days.count == words.count else {
            throw UnreadableField(name: "recurrence.pattern.daysOfWeek")
        }
        return Set(days).sorted()
    }

    /// A word of a closed set, or nil when the field is absent or null.
    private static func word<Word>(
        _ json: JSONValue?,
        _ name: String,
        _ read: (String?) -> Word?
    ) throws(UnreadableField) -> Word? {
        guard let json, json.kind != .null else { return nil }
        guard let word = read(json.string) else { throw UnreadableField(name: "recurrence.pattern.\(name)") }
        return word
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
