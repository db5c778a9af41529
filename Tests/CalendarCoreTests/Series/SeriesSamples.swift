import CalendarCore
import Foundation

/// Series and edits written for the tests of the planner.
enum SeriesSamples {
    static let id: RemoteEventID = "series"
    static let zone = EventZone("Europe/Vienna")

    static func time(_ text: String) -> EventTime { .zoned(CivilDateTime(text) ?? .earliest, zone) }

    static func day(_ text: String) -> EventTime { .day(CivilDate(text) ?? .earliest) }

    /// Every Monday at ten in Vienna from 2 March 2026 on, four weeks before clocks change.
    static func weekly(_ rule: String = "RRULE:FREQ=WEEKLY;BYDAY=MO", _ change: (inout EventContent) -> Void = { _ in })
        -> RemoteEvent
    {
        var content = EventContent(
            title: "Standup",
            start: time("2026-03-02T10:00:00"),
            end: time("2026-03-02T11:00:00")
        )
        content.recurrence = Recurrence(lines: [rule])
        change(&content)
        return master(content)
    }

    static func master(_ content: EventContent) -> RemoteEvent {
        RemoteEvent(id: id, etag: "\"1\"", iCalUID: "u", role: .master, content: content, isOrganizer: true)
    }

    /// What an occurrence of an hour says that differs in nothing.
    static func occurrence(of master: RemoteEvent, at start: EventTime) -> EventContent {
        var content = master.content
        content.recurrence = nil
        content.start = start
        switch start {
        case .day(let day): content.end = .day(day.adding(days: 1))
        case .zoned(let time): content.end = .zoned(time.civil.adding(seconds: 3600), time.zone)
        }
        return content
    }

    static func exception(of master: RemoteEvent, at start: EventTime, _ change: (inout EventContent) -> Void)
        -> RemoteEvent
    {
        var content = occurrence(of: master, at: start)
        change(&content)
        return RemoteEvent(
            id: "exception",
            etag: "\"1\"",
            iCalUID: "u",
            role: .exception(OccurrenceKey(series: id, originalStart: start)),
            content: content,
            isOrganizer: true
        )
    }

    /// An edit that changes what an occurrence without differences says.
    static func update(
        _ master: RemoteEvent,
        at start: EventTime,
        _ scope: SeriesScope,
        _ invitations: InvitationPolicy = .silent,
        _ change: (inout EventContent) -> Void
    ) -> SeriesEdit {
        let from = occurrence(of: master, at: start)
        var to = from
        change(&to)
        return SeriesEdit(
            OccurrenceKey(series: id, originalStart: start),
            scope: scope,
            .update(from: from, to: to),
            key: "0123456789abcdef",
            invitations: invitations
        )
    }

    static func delete(at start: EventTime, _ scope: SeriesScope, _ invitations: InvitationPolicy = .silent)
        -> SeriesEdit
    {
        SeriesEdit(
            OccurrenceKey(series: id, originalStart: start),
            scope: scope,
            .delete,
            key: "0123456789abcdef",
            invitations: invitations
        )
    }

    static func utc(_ text: String) -> RecurrenceRule.Until { .utc(CivilDateTime(text) ?? .earliest) }
}

extension SeriesPlan {
    /// The content of the series it creates.
    var created: EventContent? {
        steps.lazy.compactMap { if case .createFollowing(let content) = $0.action { content } else { nil } }.first
    }

    /// The content of the master after its change.
    var changed: EventContent? {
        steps.lazy.compactMap { if case .changeSeries(_, let content) = $0.action { content } else { nil } }.first
    }
}
