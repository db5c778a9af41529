import CalendarCore

/// A random series of days, weeks, months or years.
struct RandomSeries {
    static let frequencies: [RecurrenceRule.Frequency] = [.daily, .weekly, .monthly, .yearly]
    /// Changes of an hour, of half an hour, at midnight, of a whole day, and none.
    static let zones = [
        "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Havana", "Pacific/Apia", "UTC",
    ]

    let series: RecurringSeries
    /// Whether a second half may be refused: rules out of step, or times that a gap puts in another order.
    let mayRefuse: Bool

    init(using generator: inout SeededGenerator) {
        let day = CivilDate(daysSinceEpoch: Int.random(in: 14_900...15_700, using: &generator))
        let zone = EventZone(Self.zones.randomElement(using: &generator) ?? "UTC")
        let reading = CivilDateTime(date: day, hour: Int.random(in: 0...23, using: &generator), minute: 30)
        let isAllDay = Int.random(in: 0...3, using: &generator) == 0
        let start = isAllDay ? EventTime.day(day) : .zoned(reading ?? CivilDateTime(startOf: day), zone)
        var rules = [Self.rule(from: start, using: &generator)]
        if Int.random(in: 0...4, using: &generator) == 0 { rules.append(Self.rule(from: start, using: &generator)) }
        var lines = rules.map { "RRULE:\($0)" }
        let whole = RecurrenceSet(Recurrence(lines: lines), start: start).occurrences().prefix(60)
        let excluded = whole.filter { _ in Int.random(in: 0...9, using: &generator) == 0 }
        if !excluded.isEmpty { lines.append(Self.line("EXDATE", excluded)) }
        let added = (0..<Int.random(in: 0...3, using: &generator)).map { _ in
            let date = day.adding(days: Int.random(in: 0...200, using: &generator))
            return isAllDay ? EventTime.day(date) : .zoned(CivilDateTime(startOf: date), zone)
        }
        if !added.isEmpty { lines.append(Self.line("RDATE", added)) }
        series = RecurringSeries(Recurrence(lines: lines), start: start, duration: .seconds(isAllDay ? 86_400 : 1800))
        mayRefuse = rules.count > 1 || !added.isEmpty || rules.contains { $0.byHour.count > 1 }
    }

    private static func rule(from start: EventTime, using generator: inout SeededGenerator) -> RecurrenceRule {
        var rule = RecurrenceRule(
            frequency: frequencies.randomElement(using: &generator) ?? .daily,
            interval: Int.random(in: 1...4, using: &generator)
        )
        if Int.random(in: 0...2, using: &generator) == 0 {
            rule.byDay = Weekday.allCases.filter { _ in Bool.random(using: &generator) }.map { .init($0) }
        }
        if Int.random(in: 0...3, using: &generator) == 0 {
            rule.weekStart = Weekday.allCases.randomElement(using: &generator) ?? .monday
        }
        if Int.random(in: 0...5, using: &generator) == 0 {
            rule.byMonth = (1...12).filter { _ in Bool.random(using: &generator) }
        }
        if rule.frequency != .weekly, Int.random(in: 0...5, using: &generator) == 0 {
            rule.byMonthDay = [Int.random(in: 1...31, using: &generator), -Int.random(in: 1...9, using: &generator)]
        }
        if !start.isAllDay, Int.random(in: 0...3, using: &generator) == 0 {
            rule.byHour = (0...23).filter { _ in Int.random(in: 0...7, using: &generator) == 0 }
        }
        switch Int.random(in: 0...3, using: &generator) {
        case 0: rule.count = Int.random(in: 1...60, using: &generator)
        case 1:
            let last = start.civilDate.adding(days: Int.random(in: 0...300, using: &generator))
            rule.until =
                start.isAllDay || Bool.random(using: &generator) ? .date(last) : .utc(CivilDateTime(startOf: last))
        default: break
        }
        return rule
    }

    /// A line in the zone of the times, or of days.
    private static func line(_ name: String, _ times: [EventTime]) -> String {
        let values = times.map { time in
            let day = digits(time.civilDate.year, 4) + digits(time.civilDate.month, 2) + digits(time.civilDate.day, 2)
            let civil = time.civil
            return time.isAllDay
                ? day : day + "T" + digits(civil.hour, 2) + digits(civil.minute, 2) + digits(civil.second, 2)
        }
        let zone = times.first?.zone.map { ";TZID=\($0.identifier)" } ?? ";VALUE=DATE"
        return name + zone + ":" + values.joined(separator: ",")
    }

    private static func digits(_ number: Int, _ width: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: width - text.count) + text
    }
}
