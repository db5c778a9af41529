/// A content line of a recurrence: a name, parameters, a value (RFC 5545 section 3.1).
struct RecurrenceLine {
    let name: String
    let zoneName: String?
    let valueType: String?
    let value: Substring

    init(_ text: String) throws(RecurrenceError) {
        var isQuoted = false
        let colon = text.firstIndex { character in
            if character == "\"" { isQuoted.toggle() }
            return character == ":" && !isQuoted
        }
        guard let colon else { throw .malformed(String(text.prefix { $0.isLetter }.prefix(16))) }
        let head = text[..<colon].split(separator: ";")
        name = (head.first ?? "").uppercased()
        var zoneName: String?
        var valueType: String?
        for parameter in head.dropFirst() {
            let pair = parameter.split(separator: "=", maxSplits: 1)
            guard pair.count == 2 else { throw .malformed(String(name.prefix(16))) }
            switch pair[0].uppercased() {
            case "TZID": zoneName = pair[1].filter { $0 != "\"" }
            case "VALUE": valueType = pair[1].uppercased()
            default: continue
            }
        }
        self.zoneName = zoneName
        self.valueType = valueType
        value = text[text.index(after: colon)...]
    }

    /// The values of an RDATE or EXDATE line, and the periods among them.
    func dates() throws(RecurrenceError) -> (dates: [RecurrenceDate], periods: [RecurrencePeriod]) {
        var zone: EventZone?
        if let zoneName {
            let named = EventZone(zoneName)
            guard named.isKnown else { throw .unknown("TZID of \(name)") }
            zone = named
        }
        var dates: [RecurrenceDate] = []
        var periods: [RecurrencePeriod] = []
        for item in value.split(separator: ",") {
            let text = item.filter { !$0.isWhitespace }
            let parts = text.split(separator: "/", omittingEmptySubsequences: false)
            guard let first = parts.first, let start = Self.date(String(first), zone: zone) else {
                throw .malformed(name)
            }
            dates.append(start)
            guard valueType == "PERIOD" || parts.count > 1 else { continue }
            guard name == "RDATE", parts.count == 2, let end = PeriodEnd.read(String(parts[1]), zone: zone) else {
                throw .malformed(name)
            }
            periods.append(RecurrencePeriod(start: start, end: end))
        }
        return (dates, periods)
    }

    /// Reads a day or a time.
    static func date(_ text: String, zone: EventZone?) -> RecurrenceDate? {
        if let date = CivilDate(text) { return .day(date) }
        if let reading = CivilDateTime(text) {
            return zone.map { .zoned(ZonedDateTime(civil: reading, zone: $0)) } ?? .local(reading)
        }
        guard text.uppercased().hasSuffix("Z") else { return nil }
        return CivilDateTime(String(text.dropLast())).map { .utc($0) }
    }
}
