public import Foundation

/// One event or occurrence as it falls into an agenda.
public struct AgendaEntry: Hashable, Sendable {
    /// The record; for an occurrence without changes, its series.
    public let record: RecordID
    /// The occurrence of a series that it is, for edits of the series; nil for a single event.
    public let occurrence: OccurrenceReference?
    /// What it says, with the times of this occurrence.
    public let content: EventContent
    /// What it belongs to in the host.
    public let activity: ActivityID?
    /// The start, with all-day times read in the agenda's zone.
    public let start: Date
    /// The end, exclusive.
    public let end: Date
    /// The start that the series' rule gave the occurrence; nil for a single event.
    public var originalStart: EventTime? { occurrence?.originalStart }

    /// Creates an entry.
    public init(
        record: RecordID,
        occurrence: OccurrenceReference?,
        content: EventContent,
        activity: ActivityID?,
        start: Date,
        end: Date
    ) {
        self.record = record
        self.occurrence = occurrence
        self.content = content
        self.activity = activity
        self.start = start
        self.end = end
    }
}
