import CalendarCore
import Foundation

/// An event as the simulated service stores it: a single event, a master, or an occurrence that differs.
struct GoogleEventRow: Sendable {
    /// Whether the row still exists.
    enum Life: Sendable {
        case live
        /// Deleted; a stub remains.
        case deleted
        /// Went away with its master; not even a stub is listed.
        case gone
        /// Deleted so long ago that the service has forgotten it; only its id stays taken.
        case forgotten
    }

    let id: String
    var iCalUID: String
    /// The writable fields; in an exception only those that differ from the series, `null` where one is absent.
    var fields = JSONObject()
    var start: EventTime
    var end: EventTime
    var status = "confirmed"
    var sequence = 0
    let creator: String
    var organizer: String
    var organizerName: String?
    let created: Date
    var updated: Date
    var version: Int64 = 0
    var change = 0
    var seriesID: String?
    var originalStart: EventTime?
    /// Whether an exception has times of its own.
    var hasOwnTimes = true
    var life = Life.live
    /// The row's place in its calendar, which never changes; -1 for an occurrence that is not stored.
    var ordinal = -1
    /// What is printed in place of everything else, for a row that no client can read.
    var raw: JSONNode?

    init(
        id: String,
        iCalUID: String,
        start: EventTime,
        end: EventTime,
        creator: String,
        organizer: String,
        now: Date
    ) {
        self.id = id
        self.iCalUID = iCalUID
        self.start = start
        self.end = end
        self.creator = creator
        self.organizer = organizer
        created = Date(secondsSinceEpoch: now.secondsSinceEpoch)
        updated = now
    }

    var etag: String { "\"\(version)\"" }
    /// Whether listings know of it.
    var isRemembered: Bool { life == .live || life == .deleted }
    var isCancelled: Bool { status == "cancelled" || life != .live }
    /// The lines of a series; empty for anything else.
    var recurrence: [String] { fields["recurrence"]?.elements.compactMap(\.string) ?? [] }
    var isMaster: Bool { !recurrence.isEmpty }
    var attendees: [JSONNode] { fields["attendees"]?.elements ?? [] }

    /// How long it lasts, by the clock for days and in real seconds for times.
    var seconds: Int64 {
        end.date(floatingIn: .utc).secondsSinceEpoch - start.date(floatingIn: .utc).secondsSinceEpoch
    }

    /// The guest with an address.
    func attendee(_ address: String) -> JSONNode? {
        attendees.first { $0.isGuest(address) }
    }

    /// Whether it reaches into a window whose bounds are both exclusive.
    func overlaps(after lower: Date?, before upper: Date?, zone: EventZone) -> Bool {
        if raw != nil { return true }
        if let lower, end.date(floatingIn: zone) <= lower { return false }
        if let upper, start.date(floatingIn: zone) >= upper { return false }
        return true
    }
}

extension JSONNode {
    /// Whether this entry of `attendees` has an address.
    func isGuest(_ address: String) -> Bool {
        self["email"]?.string?.lowercased() == address.lowercased()
    }
}

extension EventTime {
    /// The time so many seconds later: whole days for a day, real seconds otherwise.
    func adding(seconds: Int64) -> EventTime {
        switch self {
        case .day(let date): .day(date.adding(days: Int(seconds / 86_400)))
        case .zoned(let time):
            .zoned(ZonedDateTime(Date(secondsSinceEpoch: time.date.secondsSinceEpoch + seconds), in: time.zone))
        }
    }
}
