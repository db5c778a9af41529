import CalendarCore

/// The owner's categories; their order has no meaning.
enum CategoryMapping {
    static func read(_ event: JSONValue) -> [String] {
        event["categories"].map { $0.elements.compactMap(\.string) } ?? []
    }

    static func write(_ content: EventContent, into body: inout JSONObject) {
        body["categories"] = .array(content.categories.map { .string($0) })
    }

    static func canonical(_ categories: [String]) -> [String] { Set(categories).sorted() }
}
