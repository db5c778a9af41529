extension WorkingHours {
    /// The instants of a window that lie within working hours; linear in its days.
    func open(in window: TimeSpan) -> TimeSpanSet {
        let first = window.start.flooredDivision(by: 1000)
        let last = window.end.ceilingDivision(by: 1000)
        var result = TimeSpanSet()
        for segment in OffsetSegment.covering(from: first, until: last, in: zone.table) {
            for day in segment.localDays {
                let midnight = day * 86_400 - segment.offset
                for range in ranges(on: CivilDate(daysSinceEpoch: Int(day))) {
                    let start = max(midnight + Int64(range.start) * 60, segment.start)
                    let end = min(midnight + Int64(range.end) * 60, segment.end)
                    result.append(TimeSpan(start: start * 1000, end: end * 1000))
                }
            }
        }
        return result
    }
}
