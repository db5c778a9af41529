/// What a sync run or a part of it did, in numbers.
public struct SyncReport: Hashable, Sendable {
    /// Pages read.
    public var pages = 0
    /// Events mentioned by the service.
    public var seen = 0
    /// Records created from the service.
    public var created = 0
    /// Records or views changed from the service.
    public var updated = 0
    /// Records or views removed because the service removed them.
    public var removed = 0
    /// Events recorded as issues.
    public var issues = 0
    /// Fields in which both sides had changed an event differently, and deletions that met an edit.
    public var conflicts = 0
    /// Writes the service accepted.
    public var pushed = 0
    /// Writes that are still to be sent.
    public var waiting = 0
    /// Calendars whose listing lacked so much that somebody has to confirm it.
    public var quarantined = 0
    /// Full rounds that became necessary because a cursor had expired.
    public var fullRounds = 0

    /// Creates an empty report.
    public init() {}

    /// Adds another report's numbers.
    public mutating func add(_ other: SyncReport) {
        pages += other.pages
        seen += other.seen
        created += other.created
        updated += other.updated
        removed += other.removed
        issues += other.issues
        conflicts += other.conflicts
        pushed += other.pushed
        waiting += other.waiting
        quarantined += other.quarantined
        fullRounds += other.fullRounds
    }
}

/// Where a sync run is after a step.
public struct SyncProgress: Hashable, Sendable, CustomStringConvertible {
    /// What the run is doing.
    public enum Phase: String, Hashable, Sendable {
        /// Finding the calendars to mirror.
        case listing
        /// Reading changes.
        case pulling
        /// Removing what a full round did not list.
        case sweeping
        /// Sending the host's changes.
        case pushing
        /// Done.
        case finished
    }

    /// The connection.
    public let connection: ConnectionKey
    /// The calendar; nil when none is concerned.
    public let calendar: CalendarID?
    /// What the run is doing.
    public let phase: Phase
    /// What it did so far.
    public let report: SyncReport

    /// Creates a progress value.
    public init(connection: ConnectionKey, calendar: CalendarID?, phase: Phase, report: SyncReport) {
        self.connection = connection
        self.calendar = calendar
        self.phase = phase
        self.report = report
    }

    /// A line such as `pulling: 412 changes on 3 pages, 0 sent`.
    public var description: String {
        "\(phase.rawValue): \(count(report.seen, "change")) on \(count(report.pages, "page")), \(report.pushed) sent"
    }

    private func count(_ number: Int, _ word: String) -> String {
        number == 1 ? "1 \(word)" : "\(number) \(word)s"
    }
}
