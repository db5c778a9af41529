import CalendarCore

/// Importance, which both sides spell alike.
enum ImportanceMapping {
    static func read(_ event: JSONValue, into content: inout EventContent) {
        guard let word = event["importance"]?.string?.lowercased() else { return }
        content.importance = EventImportance(rawValue: word)
    }

    static func write(_ content: EventContent, into body: inout JSONObject) {
        body["importance"] = .string(canonical(content.importance).rawValue)
    }

    static func canonical(_ importance: EventImportance) -> EventImportance {
        [.low, .high].contains(importance) ? importance : .normal
    }
}
