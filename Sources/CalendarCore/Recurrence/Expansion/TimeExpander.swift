/// The times within a period, as ascending seconds from its beginning: BYHOUR by BYMINUTE by BYSECOND.
///
/// The period is a day, or the hour, minute or second of a finer rule. What is absent is the start's. RFC 5545 section
/// 3.3.10 has the three parts ignored for an all-day series.
struct TimeExpander: Sendable {
    let seconds: [Int64]

    init(_ rule: RecurrenceRule, start: EventTime) {
        guard !start.isAllDay else {
            seconds = [0]
            return
        }
        let civil = start.civil
        let frequency = rule.frequency
        let isSecond = frequency == .secondly
        let isMinute = isSecond || frequency == .minutely
        let isHour = isMinute || frequency == .hourly
        var times: Set<Int64> = []
        for hour in isHour ? [0] : rule.byHour.isEmpty ? [civil.hour] : rule.byHour {
            for minute in isMinute ? [0] : rule.byMinute.isEmpty ? [civil.minute] : rule.byMinute {
                for second in isSecond ? [0] : rule.bySecond.isEmpty ? [civil.second] : rule.bySecond {
                    // Second 60 exists in leap seconds only; it is taken for 59.
                    times.insert(Int64(hour * 3600 + minute * 60 + min(second, 59)))
                }
            }
        }
        seconds = times.sorted()
    }
}
