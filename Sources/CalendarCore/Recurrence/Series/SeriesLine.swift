/// One line of an understood recurrence: a rule, or a list of dates whose values can be told apart.
enum SeriesLine {
    case rule(RecurrenceRule, text: String)
    case dates(DateLine)

    /// The lines of a recurrence without problem.
    static func lines(of recurrence: Recurrence) throws(SeriesError) -> [SeriesLine] {
        if let problem = recurrence.problem { throw .notUnderstood(problem) }
        // RFC 5545 gave EXRULE up: it is expanded for old calendars' sake, and not rewritten.
        guard recurrence.exceptionRules.isEmpty else { throw .notUnderstood(.unsupported("EXRULE")) }
        var lines: [SeriesLine] = []
        for text in recurrence.lines {
            do throws(RecurrenceError) {
                if text.uppercased().hasPrefix("FREQ=") {
                    lines.append(.rule(try RecurrenceRule(parsing: text), text: text))
                    continue
                }
                let parsed = try RecurrenceLine(text)
                if parsed.name == "RRULE" {
                    lines.append(.rule(try RecurrenceRule(parsing: String(parsed.value)), text: text))
                } else {
                    lines.append(.dates(try DateLine(text, parsed: parsed)))
                }
            } catch {
                throw .notUnderstood(error)
            }
        }
        return lines
    }
}

/// An RDATE or EXDATE line with the text of every value beside its meaning.
struct DateLine {
    /// Name and parameters up to the colon, which is included.
    let head: String
    let isExclusion: Bool
    let isPeriod: Bool
    let values: [(text: String, date: RecurrenceDate)]

    init(_ text: String, parsed: RecurrenceLine) throws(RecurrenceError) {
        head = String(text[..<parsed.value.startIndex])
        isExclusion = parsed.name == "EXDATE"
        isPeriod = parsed.valueType == "PERIOD" || parsed.value.contains("/")
        var values: [(text: String, date: RecurrenceDate)] = []
        for item in parsed.value.split(separator: ",") {
            let alone = Recurrence(lines: [head + item])
            if let problem = alone.problem { throw problem }
            guard let date = alone.additions.first ?? alone.exclusions.first else { continue }
            values.append((String(item), date))
        }
        self.values = values
    }

    /// A line of one name for times in the terms of a series: days as dates, times in UTC.
    static func text(_ name: String, _ moments: [SeriesMoment]) -> String {
        let isAllDay = moments.contains { $0.time.isAllDay }
        let values = moments.map { moment in
            isAllDay
                ? moment.time.civilDate.basicText
                : CivilDateTime(secondsSinceEpoch: moment.instant).basicText + "Z"
        }
        return name + (isAllDay ? ";VALUE=DATE:" : ":") + values.joined(separator: ",")
    }
}
