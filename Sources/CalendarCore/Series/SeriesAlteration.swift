import Foundation

/// What an edit of an occurrence changes about a series.
struct SeriesAlteration {
    let from: EventContent
    let to: EventContent
    private let fields: Set<EventField>

    init(from: EventContent, to: EventContent) {
        self.from = from
        self.to = to
        fields = to.changedFields(from: from)
    }

    /// Whether occurrences change their places in the series, so that what differs has to be carried over.
    var movesPlaces: Bool { hasNewRule || from.start != to.start }

    /// The place of an occurrence after the edit; nil when the edit does not say.
    func place(of originalStart: EventTime) -> EventTime? {
        guard let shift else { return nil }
        let moved = originalStart.civil.adding(seconds: shift)
        return originalStart.zone.map { .zoned(moved, $0) } ?? .day(moved.date)
    }

    /// The master of the occurrence and all following ones.
    func following(_ series: PlannedSeries, from target: EventTime) throws -> EventContent {
        var content = edited(series.content)
        content.conference = newConference(beside: series.content)
        if movesPlaces { content.attendees = content.attendees.map(Self.askedAgain) }
        if hasNewRule { return atNewStart(content) }
        return try moved(content, series, series.following(from: target))
    }

    /// The master after a change of the whole series.
    func whole(_ series: PlannedSeries, at target: EventTime) throws -> EventContent {
        var content = edited(series.content)
        if hasNewRule, let shift {
            let start = series.content.start.civil.adding(seconds: shift)
            content.start = to.start.zone.map { .zoned(start, $0) } ?? .day(start.date)
            content.end = content.start.advanced(bySeconds: Double(PlannedSeries.length(of: to)))
            return content
        }
        return try moved(content, series, series.timing)
    }

    private var hasNewRule: Bool { to.recurrence != nil && fields.contains(.recurrence) }

    /// The difference on the clock; nil when an event changes between days and times, or between zones.
    private var shift: Int64? {
        guard from.start.isAllDay == to.start.isAllDay,
            from.start.zone?.identifier == to.start.zone?.identifier
        else { return nil }
        return to.start.civil.secondsSinceEpoch - from.start.civil.secondsSinceEpoch
    }

    /// The master with the fields of the edit, its times left as they are.
    private func edited(_ master: EventContent) -> EventContent {
        var content = master
        for field in fields where field != .time && (field != .recurrence || hasNewRule) {
            content.take(field, from: to)
        }
        return content
    }

    private func atNewStart(_ content: EventContent) -> EventContent {
        var content = content
        content.start = to.start
        content.end = to.end
        return content
    }

    /// A content on the timing of a series, moved by the edit's difference.
    private func moved(
        _ content: EventContent,
        _ series: PlannedSeries,
        _ timing: RecurringSeries
    ) throws -> EventContent {
        guard let shift else {
            throw CalendarError(
                .unsupported,
                "A series that changes its zone, or between days and times, needs a new rule.",
                field: EventField.recurrence.rawValue
            )
        }
        let timing = try series.understood { () throws(SeriesError) in try timing.shifted(by: .seconds(shift)) }
        // What the master lasts counts, unless this edit changed how long the occurrence does.
        let isResized = PlannedSeries.length(of: from) != PlannedSeries.length(of: to)
        let length = PlannedSeries.length(of: isResized ? to : series.content)
        var content = content
        content.recurrence = timing.recurrence
        content.start = timing.start
        content.end = timing.start.advanced(bySeconds: Double(length))
        return content
    }

    /// A link belongs to the series it was made for, and the service warns of sharing one; so a new one is asked for.
    private func newConference(beside master: EventContent) -> EventConference? {
        let wanted = fields.contains(.conference) ? to.conference : master.conference
        return wanted.map { EventConference(solution: $0.solution, joinURL: nil, state: .pending) }
    }

    /// An answer was given to the old time (RFC 5546 section 3.2.2), so a moved series asks its guests again.
    private static func askedAgain(_ attendee: Attendee) -> Attendee {
        guard !attendee.isSelf, attendee.response != .organizer else { return attendee }
        var attendee = attendee
        attendee.response = .needsAction
        attendee.comment = nil
        return attendee
    }
}
