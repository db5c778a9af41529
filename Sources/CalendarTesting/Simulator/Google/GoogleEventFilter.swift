import CalendarCore

/// What a listing asks of its rows besides their times.
struct GoogleEventFilter {
    private let iCalUID: String?
    private let words: [String]
    private let privateProperties: [(name: String, value: String)]
    private let sharedProperties: [(name: String, value: String)]
    private let types: [String]

    /// The words that find a status event, besides its title; the service has them in every language.
    private static let typeTitles = [
        "outOfOffice": "out of office", "focusTime": "focus time", "workingLocation": "working location",
    ]

    init(_ query: FormFields) throws(GoogleRefusal) {
        iCalUID = query["iCalUID"]
        words = (query["q"] ?? "").lowercased().split(separator: " ").map(String.init)
        privateProperties = try Self.properties(query, "privateExtendedProperty")
        sharedProperties = try Self.properties(query, "sharedExtendedProperty")
        types = query.values("eventTypes")
        guard types.allSatisfy(GoogleEventTypes.all.contains) else { throw .invalidParameter("eventTypes") }
    }

    /// Whether a whole row fits; every constraint must (the discovery document's reading, others say "or").
    func matches(_ row: GoogleEventRow) -> Bool {
        if let iCalUID, row.iCalUID != iCalUID { return false }
        if !types.isEmpty, !types.contains(row.fields["eventType"]?.string ?? "default") { return false }
        for (kind, constraints) in [("private", privateProperties), ("shared", sharedProperties)] {
            let stored = row.fields["extendedProperties"]?[kind]
            guard constraints.allSatisfy({ stored?[$0.name]?.string == $0.value }) else { return false }
        }
        guard !words.isEmpty else { return true }
        let text = Self.searchedText(of: row)
        return words.allSatisfy(text.contains)
    }

    /// Everything that a search looks at, in lower case.
    private static func searchedText(of row: GoogleEventRow) -> String {
        var parts = ["summary", "description", "location"].compactMap { row.fields[$0]?.string }
        parts += [row.organizer, row.organizerName ?? ""]
        for attendee in row.attendees {
            parts += ["email", "displayName"].compactMap { attendee[$0]?.string }
        }
        let place = row.fields["workingLocationProperties"]
        parts += ["customLocation", "officeLocation"].compactMap { place?[$0]?["label"]?.string }
        parts.append(typeTitles[row.fields["eventType"]?.string ?? ""] ?? "")
        return parts.joined(separator: "\n").lowercased()
    }

    private static func properties(
        _ query: FormFields,
        _ name: String
    ) throws(GoogleRefusal) -> [(name: String, value: String)] {
        var result: [(name: String, value: String)] = []
        for text in query.values(name) {
            guard let separator = text.firstIndex(of: "=") else { throw .invalidParameter(name) }
            result.append((String(text[..<separator]), String(text[text.index(after: separator)...])))
        }
        return result
    }
}
