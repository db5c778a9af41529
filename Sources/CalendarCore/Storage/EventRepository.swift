public import Foundation

/// Stores records, links, cursors, issues and the outbox: read, decide, commit.
///
/// Reads return values; a decision is made on them; one commit stores it as a whole or fails with `revisionConflict` or
/// `leaseLost`, and the decision is made again. `EventRepositoryConformance` has a check for each of these promises:
///
/// - **Atomic.** ``commit(_:)`` stores everything it names or, when it throws, nothing. A read sees no half of a commit,
///   and one that begins after a commit returned sees all of it.
/// - **Compare and swap.** A commit is refused with `revisionConflict` unless every record and operation it stores or
///   removes and the calendar state it carries are stored in the version it names. Of several commits on one version
///   exactly one is stored, however many processes try. Links, issues and conflicts have no versions of their own: the
///   records, operations, states and leases beside them guard them.
/// - **Fenced.** A commit with a lease is refused with `leaseLost` unless no newer lease of the calendar was ever given.
///   The fencing number alone decides: a lease that ran out or was given back still counts until the next one is given,
///   so ``commit(_:)`` needs no clock. A commit without a lease is guarded by its versions alone.
/// - **Apart.** Nothing of one tenant is read or changed through another's key (requirement F-07), also where both use
///   the same ids. A commit that does not pass ``RepositoryCommit/validate()`` is refused before anything else.
/// - **Without foreign keys.** A link, an operation, a conflict or a change may name a record that is not stored, not yet
///   or no longer: a series may be named before it is read, and a deleted record's link stays until the service knows.
///   Removing one thing removes nothing else.
/// - **As it was.** What is answered equals what was stored in every field, but for the revision of a record,
///   operation or state.
///   Ids are compared byte by byte and so ordered, whatever the database's collation; dates are whole milliseconds.
/// - **Erased for good.** After ``erase(_:)`` nothing that it names can be read, and a decision that was made before it is
///   not stored after it.
/// - **Ordered.** Arrays are ordered as said, never by hash. A limit below one answers nothing.
///
/// What is asked for and is not there is left out of the answer, or nil, and no error. Other failures of the store are
/// thrown as they are; a caller takes them for temporary.
///
/// A table each for states, records, links, operations, issues, conflicts, changes and leases will do, with one
/// transaction in ``commit(_:)``. For reads that cost what they answer index links by (calendar, event), (calendar,
/// series), (calendar, epoch, event) and (tenant, record), records by (tenant, iCalendar UID), (tenant, series) and
/// (tenant, start), operations by (calendar) and (tenant, record), and changes by (tenant, number).
public protocol EventRepository: Sendable {
    /// What is stored about some events of a calendar, for deciding what a page changes; read in one transaction.
    ///
    /// - Parameter request: What is wanted; ``CalendarSnapshot`` says what that brings along.
    /// - Returns: The values; empty, with no state, for a calendar that is not known.
    /// - Throws: The store's failure.
    func snapshot(_ request: SnapshotRequest) async throws -> CalendarSnapshot

    /// Links of a calendar that were not listed in or after a full round, ordered by event id.
    ///
    /// - Parameters:
    ///   - calendar: The calendar.
    ///   - epoch: The full round; links with a smaller ``EventLink/epoch`` are answered.
    ///   - event: The answer begins behind this event id, whether or not it is stored; nil begins with the first.
    ///   - limit: How many links at most; fewer mean that there are no more.
    /// - Returns: The links.
    /// - Throws: The store's failure.
    func links(
        in calendar: CalendarKey,
        notListedSince epoch: Int,
        after event: RemoteEventID?,
        limit: Int
    ) async throws -> [EventLink]

    /// One record; nil when there is none.
    func record(_ id: RecordID, tenant: TenantID) async throws -> EventRecord?

    /// The links of a record, ordered by calendar (connection, then calendar id), then event.
    func links(of record: RecordID, tenant: TenantID) async throws -> [EventLink]

    /// The records that may fall into a span of time, with the series among them unexpanded, ordered by id.
    ///
    /// Holds, each of them cancelled or not:
    /// - every single event that starts before the span's end and ends after its start;
    /// - every series whose first start lies before the span's end, whether or not it has ended since: only its rule
    ///   can tell, and whoever asked expands it;
    /// - every exception of these series, wherever it takes place and whatever it is linked to, because it stands for an
    ///   occurrence that the rule names;
    /// - every other exception that touches the span, as a single event does.
    ///
    /// Days float: they begin up to 14 hours before they do in UTC, and up to 12 hours after. An all-day event is
    /// answered when its days in UTC, with one day more at either end, touch the span.
    ///
    /// A query for some calendars holds the events and series with a link in one of them or an operation for one,
    /// rejected ones included, and those whose ``EventRecord/owner`` is among the query's owners; an empty set of calendars
    /// and owners finds nothing.
    func records(_ query: RecordQuery) async throws -> [EventRecord]

    /// The calendars of which a state, a link, an operation or a conflict is stored, ordered by connection, then id.
    func calendars(of tenant: TenantID) async throws -> [CalendarKey]

    /// Every record of a tenant, ordered by id.
    ///
    /// - Parameters:
    ///   - tenant: The organisation.
    ///   - id: The answer begins behind this id, whether or not it is stored; nil begins with the first.
    ///   - limit: How many records at most; fewer mean that there are no more.
    /// - Returns: The records.
    /// - Throws: The store's failure.
    func records(of tenant: TenantID, after id: RecordID?, limit: Int) async throws -> [EventRecord]

    /// The operations of a calendar that are not settled, rejected ones included, oldest first, then by id.
    func operations(in calendar: CalendarKey) async throws -> [OutboxOperation]

    /// The recorded issues of a calendar, ordered by event id, then code, then as they were recorded.
    ///
    /// Issues of no event come first.
    func issues(in calendar: CalendarKey) async throws -> [SyncIssue]

    /// The recorded conflicts of a calendar, oldest first, then by id.
    func conflicts(in calendar: CalendarKey) async throws -> [SyncConflict]

    /// What changed in a tenant after a number, oldest first, at most `limit`; 0 begins with the oldest.
    ///
    /// Numbers begin above 0 and grow within a tenant in the order in which commits became visible, so that a reader who
    /// goes on after the last number it has seen misses none: a database whose numbers are drawn before the commit has
    /// to take care of that. There may be gaps. A repository may forget what every reader has worked off.
    func changes(of tenant: TenantID, after number: Int, limit: Int) async throws -> [SequencedChange]

    /// Takes the right to change a calendar's mirror; nil while somebody else holds it.
    ///
    /// The lease is held until it is given back or `seconds` after `now`, that instant excluded. The calendar need not be
    /// known.
    ///
    /// - Parameters:
    ///   - calendar: The calendar.
    ///   - now: The caller's time; the store asks no clock.
    ///   - seconds: How long the lease lasts unless it is given back.
    /// - Returns: A lease with a larger fencing number than any before it of this calendar.
    /// - Throws: The store's failure.
    func acquireLease(on calendar: CalendarKey, now: Date, lasting seconds: Double) async throws -> CalendarLease?

    /// Gives a lease back; does nothing when it is not the newest, or was given back.
    func release(_ lease: CalendarLease, on calendar: CalendarKey) async throws

    /// Stores a commit as a whole.
    ///
    /// - Parameter commit: What to store; an empty one stores nothing and is no error.
    /// - Throws: `invalidArgument` from ``RepositoryCommit/validate()``, `leaseLost`, `revisionConflict`, or the store's
    ///   failure; after each of them nothing is stored.
    func commit(_ commit: RepositoryCommit) async throws

    /// Erases everything of a tenant, or of some of its connections, as a whole and for good (requirement M-53).
    ///
    /// Of connections these go:
    /// - their calendars, with states, links, operations, issues, conflicts and leases;
    /// - every record that had a link in one of these calendars or an operation for one, or whose
    ///   ``EventRecord/owner`` is the named one, with the exceptions of each series among them; a record that has a link
    ///   or an operation in a calendar of another connection stays, for it is somebody else's as well, and has no owner
    ///   any more, in a new version, if the named one owned it;
    /// - changes in the feed that name one of these calendars or a record that goes; there are gaps in their place.
    ///
    /// What was decided before is not stored afterwards: a version that was read is gone, fencing numbers of a calendar
    /// and numbers of the feed grow across an erasure, and a lease from before it is no more. A repository may keep ids of
    /// tenants and connections for that, and no other.
    ///
    /// What is erased is in no file of the store either when this returns. Where that cannot be done at once it throws, and
    /// doing it again completes it; erasing twice is the same as once.
    ///
    /// - Parameter erasure: What to erase; what is not there is no error.
    /// - Throws: The store's failure.
    func erase(_ erasure: EventErasure) async throws
}

extension EventRepository {
    /// The operations of a calendar that may still be sent, oldest first.
    package func pendingOperations(in calendar: CalendarKey) async throws -> [OutboxOperation] {
        try await operations(in: calendar).filter(\.isPending)
    }
}

/// Which stored values a decision needs; what is not stored is left out of the answer.
public struct SnapshotRequest: Hashable, Sendable {
    /// The calendar.
    public var calendar: CalendarKey
    /// Events of the calendar; the links of a named series' exceptions are answered as well.
    public var events: Set<RemoteEventID>
    /// iCalendar UIDs; every record of the tenant that has one of them is answered.
    public var iCalUIDs: Set<String>
    /// Operations of the tenant to answer, whatever calendar they are for and whatever their state is.
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

/// What is stored about some events of a calendar, at one moment.
///
/// ``links`` come first; they and the request decide ``records``, and these decide the rest.
public struct CalendarSnapshot: Sendable, Equatable {
    /// The calendar's state; nil when it was never read.
    public var state: CalendarSyncState?
    /// The calendar's links to the named events, and to the exceptions of named series (``EventLink/series``).
    public var links: [RemoteEventID: EventLink]
    /// The records behind the links and the named operations, those with a named UID, those named, and the exceptions of
    /// the series among all of these, linked or not; also of a series whose own record is not stored.
    public var records: [RecordID: EventRecord]
    /// Links of those records in the tenant's other calendars, by calendar, then event; no entry without a link.
    ///
    /// A record that is named by a link, an operation or the request counts, also when it is not stored.
    public var otherLinks: [RecordID: [EventLink]]
    /// The named operations, and those of the records above in all calendars, rejected ones included.
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
