/// Leaves out the starts that EXDATE names: by instant, by day for a day.
struct ExclusionFilter: Sendable {
    private var instants: Set<Int64> = []
    private var days: Set<Int64> = []

    init(_ exclusions: [RecurrenceDate], start: EventTime, clock: SeriesClock) {
        for exclusion in exclusions {
            let time = exclusion.time(like: start)
            if case .day(let date) = exclusion {
                days.insert(Int64(date.daysSinceEpoch))
            } else if start.isAllDay {
                days.insert(Int64(time.civilDate.daysSinceEpoch))
            } else {
                instants.insert(clock.start(at: time).instant)
            }
        }
    }

    func excludes(_ start: SeriesClock.Start) -> Bool {
        if !instants.isEmpty, instants.contains(start.instant) { return true }
        guard !days.isEmpty else { return false }
        return days.contains(Int64(CivilDateTime(secondsSinceEpoch: start.local).date.daysSinceEpoch))
    }
}
