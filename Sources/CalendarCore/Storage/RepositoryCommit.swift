package import Foundation

/// A set of changes that is stored as a whole or not at all.
///
/// It names each thing at most once, to store or to remove, so what is stored does not depend on the order in which a
/// repository works it off; only ``issues`` follow ``resolvedIssues``, and ``changes`` keep their order. Storing a link,
/// an operation or a conflict replaces the one with its key; removing what is not there does nothing.
public struct RepositoryCommit: Hashable, Sendable {
    /// A record to store, and the revision it must have now; it is stored with one more, a new one with 1.
    ///
    /// Ids are never used for another record, so the count may begin again after a removal.
    public struct RecordWrite: Hashable, Sendable {
        /// The record; its own `revision` is ignored.
        public var record: EventRecord
        /// The revision that must be stored now; nil when there must be none.
        public var expecting: Int?

        /// Creates a write.
        public init(_ record: EventRecord, expecting revision: Int?) {
            self.record = record
            expecting = revision
        }

        /// The record in the version that it is stored with; most new ones have it, and are no copy.
        package var stored: EventRecord {
            let revision = (expecting ?? 0) + 1
            guard record.revision != revision else { return record }
            var stored = record
            stored.revision = revision
            return stored
        }
    }

    /// The address of a link.
    public struct LinkKey: Hashable, Comparable, Sendable {
        /// The calendar.
        public var calendar: CalendarKey
        /// The remote event.
        public var event: RemoteEventID

        /// Creates an address.
        public init(calendar: CalendarKey, event: RemoteEventID) {
            self.calendar = calendar
            self.event = event
        }

        /// Orders by calendar, then event.
        public static func < (left: Self, right: Self) -> Bool {
            (left.calendar, left.event) < (right.calendar, right.event)
        }
    }

    /// The organisation; everything in the commit belongs to it.
    public let tenant: TenantID
    /// The calendar's new state; the stored one must have its `revision`, or 0 when there is none, and gets the next.
    public var state: CalendarSyncState?
    /// The lease under which the calendar's mirror is changed; nil where the revisions suffice.
    public var lease: CalendarLease?
    /// Records to store.
    public var records: [RecordWrite] = []
    /// Records to remove, with the revision each must have now; links and operations that name them stay.
    public var removedRecords: [RecordID: Int] = [:]
    /// Links to store; of ``state``'s calendar, or views of the same records in others.
    public var links: [EventLink] = []
    /// Links to remove.
    public var removedLinks: Set<LinkKey> = []
    /// Operations to store; the stored one of the same id must have its `revision`, or 0 when there is none.
    public var operations: [OutboxOperation] = []
    /// Operations to remove, because they are settled or void, with the revision each must have now.
    public var removedOperations: [OperationID: Int] = [:]
    /// Issues of ``state``'s calendar, replacing the stored ones of the same event and code; all of these are kept.
    public var issues: [SyncIssue] = []
    /// Events of ``state``'s calendar whose stored issues are over; ``issues`` of the same commit are recorded after.
    public var resolvedIssues: Set<RemoteEventID> = []
    /// Conflicts to record, replacing those with the same id.
    public var conflicts: [SyncConflict] = []
    /// Conflicts to remove.
    public var removedConflicts: Set<ConflictID> = []
    /// What the host shall learn, in this order; each gets the tenant's next number.
    public var changes: [RecordChange] = []

    /// Creates an empty commit for a tenant.
    public init(tenant: TenantID) {
        self.tenant = tenant
    }
}

extension RepositoryCommit {
    /// Has the host learn what its users see of two versions of a record; nothing where that is the same.
    package mutating func tell(
        from earlier: EventRecord?,
        to later: EventRecord?,
        because reason: RecordChange.Reason,
        in calendar: CalendarKey?,
        at instant: Date
    ) {
        let change = RecordChange(from: earlier, to: later, reason: reason, calendar: calendar, at: instant)
        if let change { changes.append(change) }
    }

    /// Checks what every repository has to refuse; an implementation calls it first.
    ///
    /// - Throws: `CalendarError.invalidArgument` when the commit names anything of another tenant, names a thing twice, or
    ///   carries a lease or issues without the state of the calendar they are about.
    public func validate() throws {
        guard
            links.allSatisfy({ $0.calendar.tenant == tenant }),
            removedLinks.allSatisfy({ $0.calendar.tenant == tenant }),
            operations.allSatisfy({ $0.calendar.tenant == tenant }),
            conflicts.allSatisfy({ $0.calendar.tenant == tenant }),
            changes.allSatisfy({ $0.calendar?.tenant ?? tenant == tenant }),
            records.allSatisfy({ $0.record.tenant == tenant }),
            state?.calendar.tenant ?? tenant == tenant
        else {
            throw CalendarError.invalidArgument("tenant", "A commit names something of another tenant.")
        }
        guard state != nil || (lease == nil && issues.isEmpty && resolvedIssues.isEmpty) else {
            throw CalendarError.invalidArgument("state", "A lease or an issue needs the state of its calendar.")
        }
        guard
            Self.areDistinct(records.map(\.record.id) + removedRecords.keys),
            Self.areDistinct(links.map { LinkKey(calendar: $0.calendar, event: $0.event) } + removedLinks),
            Self.areDistinct(operations.map(\.id) + removedOperations.keys),
            Self.areDistinct(conflicts.map(\.id) + removedConflicts)
        else {
            throw CalendarError.invalidArgument("commit", "A commit names one thing twice.")
        }
    }

    /// Most commits name things in order, which tells that they are distinct without a set of them.
    private static func areDistinct(_ keys: [some Hashable & Comparable]) -> Bool {
        zip(keys, keys.dropFirst()).allSatisfy(<) || Set(keys).count == keys.count
    }
}
