public import Foundation

/// How far the mirror of one calendar is.
public struct CalendarSyncState: Hashable, Sendable, Codable {
    /// The calendar.
    public let calendar: CalendarKey
    /// The position after the last finished round; saved once, with the changes of its last page.
    public var cursor: SyncCursor?
    /// The position inside an unfinished round; saved with every page.
    public var resumePoint: ResumePoint?
    /// Counts full rounds; events not listed in the latest one are swept after it finished.
    public var epoch: Int
    /// Whether the unfinished round is a full one.
    public var isFullRound: Bool
    /// Whether events that the latest full round did not list, or a series since, still have to be swept.
    public var isSweepPending: Bool
    /// The last event that the unfinished sweep looked at.
    public var sweepPosition: RemoteEventID?
    /// What a finished full round would have removed, where that is too much to be believed (requirement R-07).
    public var quarantine: SyncQuarantine?
    /// Counts rounds of both kinds.
    public var round: Int
    /// The window of the latest full round.
    public var window: SyncWindow?
    /// How far around now events are mirrored; nil means as the service was set up.
    public var span: SyncSpan?
    /// Occurrences that came without their series, whose series could not be read yet (requirement R-25).
    public var pendingSeries: [SeriesOccurrences]
    /// When the last round finished.
    public var syncedAt: Date?
    /// Counts stored versions: a commit carries the stored one (0 when there is none), the repository stores one more.
    public var revision: Int

    /// Creates the state of a calendar that was never read.
    public init(calendar: CalendarKey) {
        self.calendar = calendar
        cursor = nil
        resumePoint = nil
        epoch = 0
        isFullRound = false
        isSweepPending = false
        sweepPosition = nil
        quarantine = nil
        round = 0
        window = nil
        span = nil
        pendingSeries = []
        syncedAt = nil
        revision = 0
    }
}

extension CalendarSyncState {
    /// Voids the position, so that the next round begins anew; nothing that is stored is touched by that.
    mutating func forgetPosition() {
        cursor = nil
        resumePoint = nil
    }

    /// Whether what was not listed may be removed now: the round is over, and nobody has to confirm what it lacks.
    var mayBeSwept: Bool { isSweepPending && resumePoint == nil && !needsConfirmation }

    /// Whether the calendar waits for somebody to say that its events were really deleted.
    public var needsConfirmation: Bool { quarantine.map { !$0.isConfirmed } ?? false }
}

/// A listing that lacks so much of what is known that somebody has to confirm it before anything is removed.
///
/// Until then the calendar is read on, nothing of it is removed or written, and a later listing that holds the events
/// again ends the quarantine by itself.
public struct SyncQuarantine: Hashable, Sendable, Codable {
    /// How many known events the listing lacked.
    public let missing: Int
    /// How many known events it held.
    public let listed: Int
    /// When it was noticed.
    public let since: Date
    /// Whether somebody has confirmed that the events are gone.
    public var isConfirmed: Bool

    /// Creates a quarantine that nobody has confirmed.
    public init(missing: Int, listed: Int, since: Date) {
        self.missing = missing
        self.listed = listed
        self.since = since
        isConfirmed = false
    }
}

/// The right to change one calendar's mirror for a while.
public struct CalendarLease: Hashable, Sendable {
    /// Grows with each lease of a calendar; a commit under an older one is refused.
    public let fencingNumber: Int
    /// When the lease ends by itself.
    public let expiresAt: Date

    /// Creates a lease.
    public init(fencingNumber: Int, expiresAt: Date) {
        self.fencingNumber = fencingNumber
        self.expiresAt = expiresAt
    }
}
