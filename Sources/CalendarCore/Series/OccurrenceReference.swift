/// One occurrence of a series in the host: what an edit of a series is always about (requirement R-31).
///
/// Taken from ``AgendaEntry/occurrence``; a series alone cannot be passed where an edit has to know from when on it holds.
public struct OccurrenceReference: Hashable, Sendable, Codable {
    /// The record of the series.
    public let series: RecordID
    /// The start that the series' rule gave the occurrence, before any change.
    public let originalStart: EventTime

    /// Creates a reference.
    public init(series: RecordID, originalStart: EventTime) {
        self.series = series
        self.originalStart = originalStart
    }
}
