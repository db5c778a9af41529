import CalendarCore

/// The title and `subject`, which holds at most 255 characters and knows no difference between empty and absent.
enum TitleMapping {
    static let limit = 255

    static func read(_ event: JSONValue) -> String? { event["subject"]?.string }

    static func write(_ content: EventContent, into body: inout JSONObject) {
        body["subject"] = .string(canonical(content.title) ?? "")
    }

    static func canonical(_ title: String?) -> String? {
        guard let title, !title.isEmpty else { return nil }
        return String(title.prefix(limit))
    }
}
