import CalendarCore

/// What the `Prefer` header asks for; it is part of every request and never of a link.
struct GraphPreferences: Sendable {
    var zoneName: String?
    var zone = EventZone.utc
    var isImmutable = false
    var isText = false
    var pageSize: Int?
    var applied: [String] = []

    init() {}

    /// Times in UTC, and everything else as it is by default.
    static let utc = GraphPreferences()

    init(_ header: String?) throws(GraphFailure) {
        for part in Self.parts(header ?? "") {
            let sides = part.split(separator: "=", maxSplits: 1).map { String($0) }
            guard sides.count == 2 else { continue }
            let value = sides[1].filter { $0 != "\"" }
            switch sides[0].lowercased() {
            case "outlook.timezone":
                zone = try GraphTime.zone(named: value)
                zoneName = value
            case "idtype": isImmutable = value.lowercased() == "immutableid"
            case "outlook.body-content-type": isText = value.lowercased() == "text"
            case "odata.maxpagesize": pageSize = Int(value)
            default: continue
            }
            applied.append(part)
        }
    }

    /// The preferences between commas that stand outside quotation marks.
    private static func parts(_ header: String) -> [String] {
        var parts = [""]
        var isQuoted = false
        for character in header {
            if character == "\"" { isQuoted.toggle() }
            if character == ",", !isQuoted {
                parts.append("")
            } else if !(character == " " && (parts.last ?? "").isEmpty) {
                parts[parts.count - 1].append(character)
            }
        }
        return parts.map { part in
            var part = part
            while part.hasSuffix(" ") { part.removeLast() }
            return part
        }
    }
}
