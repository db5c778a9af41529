import CalendarCore

/// Visibility against `sensitivity`; there is no public level, and no difference from the calendar's own.
enum SensitivityMapping {
    private static let words: [String: EventVisibility] = [
        "normal": .standard, "personal": .personal, "private": .private, "confidential": .confidential,
    ]

    static func read(_ event: JSONValue, into content: inout EventContent) {
        guard let word = event["sensitivity"]?.string?.lowercased() else { return }
        content.visibility = words[word] ?? EventVisibility(rawValue: word)
    }

    static func write(_ content: EventContent, into body: inout JSONObject) {
        let visibility = canonical(content.visibility)
        body["sensitivity"] = .string(visibility == .standard ? "normal" : visibility.rawValue)
    }

    /// An unknown word is more likely to hide than to show, so it stays private.
    static func canonical(_ visibility: EventVisibility) -> EventVisibility {
        switch visibility {
        case .standard, .public: .standard
        case .personal, .private, .confidential: visibility
        default: .private
        }
    }
}
