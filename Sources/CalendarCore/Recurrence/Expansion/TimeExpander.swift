/// The times of a day, as ascending seconds since midnight: BYHOUR by BYMINUTE by BYSECOND, the start's where absent.
struct TimeExpander: Sendable {
    let seconds: [Int64]

    init(_ rule: RecurrenceRule, start: EventTime) {
        guard !start.isAllDay else {
            seconds = [0]
            return
        }
        let civil = start.civil
        var times: Set<Int64> = []
        for hour in rule.byHour.isEmpty ? [civil.hour] : rule.byHour {
            for minute in rule.byMinute.isEmpty ? [civil.minute] : rule.byMinute {
                for second in rule.bySecond.isEmpty ? [civil.second] : rule.bySecond {
                    times.insert(Int64(hour * 3600 + minute * 60 + min(second, 59)))
                }
            }
        }
        seconds = times.sorted()
    }
}
