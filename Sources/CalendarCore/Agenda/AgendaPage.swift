import Foundation

/// Some of the entries that a search finds, in the order of an agenda.
public struct AgendaPage: Hashable, Sendable {
    /// The entries.
    public let entries: [AgendaEntry]
    /// Where the next page begins; nil after the last one.
    public let next: AgendaPosition?

    /// Creates a page.
    public init(entries: [AgendaEntry], next: AgendaPosition?) {
        self.entries = entries
        self.next = next
    }
}

/// A place in an agenda, behind one entry; it holds whether or not that entry is still there.
public struct AgendaPosition: Hashable, Sendable, Codable {
    let start: Date
    let isAllDay: Bool
    let end: Date
    let record: RecordID

    init(behind entry: AgendaEntry) {
        start = entry.start
        isAllDay = entry.content.start.isAllDay
        end = entry.end
        record = entry.record
    }
}

extension AgendaPosition: Comparable {
    /// Orders as an agenda does: by start, all-day entries first, then by end and record.
    public static func < (left: AgendaPosition, right: AgendaPosition) -> Bool {
        if left.start != right.start { return left.start < right.start }
        if left.isAllDay != right.isAllDay { return left.isAllDay }
        return (left.end, left.record) < (right.end, right.record)
    }
}
