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

    /// The values of an RDATE or EXDATE line.
    func dates() throws(RecurrenceError) -> [RecurrenceDate] {
        if valueType == "PERIOD" { throw .unsupported("VALUE=PERIOD") }
        var zone: EventZone?
        if let zoneName {
            let named = EventZone(zoneName)
            guard named.isKnown else { throw .unknown("TZID of \(name)") }
            zone = named
        }
        var dates: [RecurrenceDate] = []
        for item in value.split(separator: ",") {
            let text = item.filter { !$0.isWhitespace }
            if let date = CivilDate(text) {
                dates.append(.day(date))
            } else if let reading = CivilDateTime(text) {
                dates.append(zone.map { .zoned(ZonedDateTime(civil: reading, zone: $0)) } ?? .local(reading))
            } else if text.uppercased().hasSuffix("Z"), let reading = CivilDateTime(String(text.dropLast())) {
                dates.append(.utc(reading))
            } else {
                throw .malformed(name)
            }
        }
        return dates
    }
}
