/// What an edit of an occurrence shall do to its series, as it is journalled until the service has it.
public struct SeriesIntent: Hashable, Sendable, Codable {
    /// The record of the series that was edited.
    public let series: RecordID
    /// The start that the series' rule gave the edited occurrence.
    public let originalStart: EventTime
    /// How far the edit reaches.
    public let scope: SeriesScope
    /// What shall happen.
    public var change: SeriesEdit.Change
    /// What the series says in the host since the edit; nil where it says the same as before.
    public internal(set) var remainder: EventContent?
    /// The local revision of the series since the edit.
    public let seriesRevision: Int
    /// The original starts that did not take place when the edit was made; no service tells them all.
    public let cancelled: [EventTime]
    /// The window in which the service lists the occurrences of the series one by one; nil where it does not.
    public let listed: SyncWindow?
    /// The steps, stored before the first of them is taken, so that a repetition takes the same; nil until then.
    public var plan: SeriesPlan?

    /// Creates an intent without a plan.
    public init(
        series: RecordID,
        originalStart: EventTime,
        scope: SeriesScope,
        change: SeriesEdit.Change,
        remainder: EventContent?,
        seriesRevision: Int,
        cancelled: [EventTime] = [],
        listed: SyncWindow? = nil
    ) {
        self.series = series
        self.originalStart = originalStart
        self.scope = scope
        self.change = change
        self.remainder = remainder
        self.seriesRevision = seriesRevision
        self.cancelled = cancelled
        self.listed = listed
        plan = nil
    }
}
