public import Foundation

/// Stores records, links, cursors, issues and the outbox: read, decide, commit.
///
/// Reads return values; a decision is made on them; one commit stores it as a whole or fails with `revisionConflict` or
/// `leaseLost`, and the decision is made again. Promises, checked by `EventRepositoryConformance`:
///
/// - ``commit(_:)`` is atomic: after any failure nothing of it is stored.
/// - A commit is refused unless every record and the calendar state have the expected revision, and unless its lease is
///   the newest one of the calendar.
/// - Nothing of one tenant can be read or changed through another's key (requirement F-07); a commit that does
///   not pass ``RepositoryCommit/validate()`` is refused.
/// - Answers are ordered as said, never by hash.
public protocol EventRepository: Sendable {
    /// What is stored about some events of a calendar, for deciding what a page changes.
    func snapshot(_ request: SnapshotRequest) async throws -> CalendarSnapshot

    /// Links of a calendar that were not listed in or after a full round, ordered by event id, at most `limit`.
    func links(
        in calendar: CalendarKey,
        notListedSince epoch: Int,
        after event: RemoteEventID?,
        limit: Int
    ) async throws -> [EventLink]

    /// One record; nil when there is none.
    func record(_ id: RecordID, tenant: TenantID) async throws -> EventRecord?

    /// The links of a record, ordered by calendar, then event.
    func links(of record: RecordID, tenant: TenantID) async throws -> [EventLink]

    /// The records that may fall into a span of time, with the series among them unexpanded, ordered by id.
    ///
    /// Holds every single event that touches the span, every series that may have an occurrence in it, and every
    /// exception of those series.
    func records(_ query: RecordQuery) async throws -> [EventRecord]

    /// The operations of a calendar that are not settled, rejected ones included, oldest first, then by id.
    func operations(in calendar: CalendarKey) async throws -> [OutboxOperation]

    /// The recorded issues of a calendar, ordered by event id, then code.
    func issues(in calendar: CalendarKey) async throws -> [SyncIssue]

    /// The recorded conflicts of a calendar, oldest first, then by id.
    func conflicts(in calendar: CalendarKey) async throws -> [SyncConflict]

    /// What changed in a tenant after a number, oldest first, at most `limit`; 0 begins with the oldest.
    ///
    /// Numbers grow in the order in which commits were stored. A repository may forget what every reader has worked off.
    func changes(of tenant: TenantID, after number: Int, limit: Int) async throws -> [SequencedChange]

    /// Takes the right to change a calendar's mirror; nil while somebody else holds it.
    ///
    /// The lease ends after `seconds` unless it is given back before.
    func acquireLease(on calendar: CalendarKey, now: Date, lasting seconds: Double) async throws -> CalendarLease?

    /// Gives a lease back; does nothing when it is not the newest.
    func release(_ lease: CalendarLease, on calendar: CalendarKey) async throws

    /// Stores a commit as a whole.
    func commit(_ commit: RepositoryCommit) async throws
}

extension EventRepository {
    /// The operations of a calendar that may still be sent, oldest first.
    package func pendingOperations(in calendar: CalendarKey) async throws -> [OutboxOperation] {
        try await operations(in: calendar).filter(\.isPending)
    }
}

/// Which stored values a decision needs.
public struct SnapshotRequest: Hashable, Sendable {
    /// The calendar.
    public var calendar: CalendarKey
    /// Events of the calendar; the exceptions of a named series are answered as well, sent there or not.
    public var events: Set<RemoteEventID>
    /// UIDs whose records in the tenant are answered.
    public var iCalUIDs: Set<String>
    /// Operations to answer, whatever calendar they are for.
    public var operations: Set<OperationID>
    /// Records to answer although no event of the calendar is linked to them yet.
    public var records: Set<RecordID>

    /// Creates a request.
    public init(
        calendar: CalendarKey,
        events: Set<RemoteEventID> = [],
        iCalUIDs: Set<String> = [],
        operations: Set<OperationID> = [],
        records: Set<RecordID> = []
    ) {
        self.calendar = calendar
        self.events = events
        self.iCalUIDs = iCalUIDs
        self.operations = operations
        self.records = records
    }
}

/// What is stored about some events of a calendar.
public struct CalendarSnapshot: Sendable, Equatable {
    /// The calendar's state; nil when it was never read.
    public var state: CalendarSyncState?
    /// The calendar's links to the named events and to the exceptions of named series.
    public var links: [RemoteEventID: EventLink]
    /// The records behind the links and the named operations, those with a named UID, those named, and the exceptions of
    /// the series among all of these.
    public var records: [RecordID: EventRecord]
    /// Links of those records in other calendars.
    public var otherLinks: [RecordID: [EventLink]]
    /// The named operations, and those of the answered records, rejected ones included.
    public var operations: [OperationID: OutboxOperation]

    /// Creates a snapshot.
    public init(
        state: CalendarSyncState?,
        links: [RemoteEventID: EventLink],
        records: [RecordID: EventRecord],
        otherLinks: [RecordID: [EventLink]],
        operations: [OperationID: OutboxOperation]
    ) {
        self.state = state
        self.links = links
        self.records = records
        self.otherLinks = otherLinks
        self.operations = operations
    }
}

/// Which records to read.
public struct RecordQuery: Hashable, Sendable {
    /// The organisation.
    public var tenant: TenantID
    /// The calendars whose events are wanted, those still to be sent there included; nil means all of the tenant's.
    public var calendars: Set<CalendarKey>?
    /// Whose own events are wanted besides, whatever calendar holds them, or none; without meaning where all are wanted.
    public var owners: Set<Connection.Owner>
    /// The start of the span, inclusive.
    public var start: Date
    /// The end of the span, exclusive.
    public var end: Date

    /// Creates a query.
    ///
    /// - Throws: `CalendarError.invalidArgument` when the end does not lie after the start.
    public init(
        tenant: TenantID,
        calendars: Set<CalendarKey>? = nil,
        owners: Set<Connection.Owner> = [],
        start: Date,
        end: Date
    ) throws {
        guard start < end else {
            throw CalendarError.invalidArgument("end", "The span's end must lie after its start.")
        }
        self.tenant = tenant
        self.calendars = calendars
        self.owners = owners
        self.start = start
        self.end = end
    }
}
