/// A series divided at an occurrence.
public struct SeriesSplit: Hashable, Sendable {
    /// The occurrences before the split, from the old start.
    public var before: RecurringSeries

    /// The occurrence of the split and all following ones, from that occurrence on.
    public var after: RecurringSeries
}

extension RecurringSeries {
    /// Divides the series at an occurrence: "this and following".
    ///
    /// Together the halves have the occurrences of the whole. In the first half a rule ends with COUNT where it had
    /// one, else with UNTIL just before the split: a second earlier in UTC for a timed series, a day earlier for an
    /// all-day one (RFC 5545 section 3.3.10). The second half has what is left of COUNT. RDATE and EXDATE values go to
    /// the half they lie in, their text unchanged where possible.
    ///
    /// The second half starts at the occurrence. Where clocks had moved that occurrence out of a gap, it starts at the
    /// reading the rule gives, inside the gap, which is the same instant and keeps later occurrences in their place.
    ///
    /// Costs the walk to the occurrence when a rule has COUNT, else a few occurrences.
    ///
    /// - Parameter occurrence: The original start of an occurrence other than the first.
    /// - Returns: Both halves, each with the duration of the whole.
    /// - Throws: `SeriesError` when the time is no occurrence, or is the first, or a rule cannot be continued.
    public func split(at occurrence: EventTime) throws(SeriesError) -> SeriesSplit {
        let cut = try SeriesCut(self, at: occurrence)
        return SeriesSplit(before: cut.before(), after: try cut.after())
    }

    /// Ends the series before an occurrence; what `split(at:)` gives as the first half.
    ///
    /// - Parameter occurrence: The original start of an occurrence other than the first.
    /// - Returns: The occurrences before it, from the same start.
    /// - Throws: `SeriesError` when the time is no occurrence or is the first.
    public func truncated(before occurrence: EventTime) throws(SeriesError) -> RecurringSeries {
        try SeriesCut(self, at: occurrence).before()
    }
}
