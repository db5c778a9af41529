import CalendarCore
import Foundation

/// What takes place in a week, day by day: events of whole days first, then by time.
package struct WeekAgenda {
    /// An event or an occurrence.
    package struct Row {
        let day: CivilDate
        let start: Date
        let end: Date
        let isAllDay: Bool
        let title: String
        let place: String?
        let isTentative: Bool
        /// In whose calendars it is, ordered.
        let owners: [String]
    }

    let week: CalendarWeek
    let zone: EventZone
    package let rows: [Row]

    /// Orders what is in several people's calendars; what is in more than one of them becomes one row.
    ///
    /// - Parameters:
    ///   - week: The week.
    ///   - zone: On whose clocks it is read.
    ///   - agendas: What each person's calendars hold in the week.
    package init(_ week: CalendarWeek, in zone: EventZone, of agendas: [(owner: String, entries: [AgendaEntry])]) {
        self.week = week
        self.zone = zone
        var found: [Key: (entry: AgendaEntry, owners: Set<String>)] = [:]
        for (owner, entries) in agendas {
            for entry in entries {
                let key = Key(record: entry.record, start: entry.start)
                found[key, default: (entry, [])].owners.insert(owner)
            }
        }
        rows = found.values.map { Row($0.entry, $0.owners.sorted(), week, zone) }.sorted { $0.order < $1.order }
    }

    private struct Key: Hashable {
        let record: RecordID
        let start: Date
    }
}

extension WeekAgenda.Row {
    fileprivate init(_ entry: AgendaEntry, _ owners: [String], _ week: CalendarWeek, _ zone: EventZone) {
        let content = entry.content
        isAllDay = content.start.isAllDay
        let first = isAllDay ? content.start.civilDate : zone.civil(at: entry.start).date
        // What began before the week stands at its first day.
        day = max(first, week.monday)
        (start, end) = (entry.start, entry.end)
        title = content.visibility.hidesDetails ? "(private)" : (content.title ?? "").onOneLine
        place = content.visibility.hidesDetails ? nil : content.location?.onOneLine
        isTentative = content.status == .tentative || content.availability == .tentative
        self.owners = owners
    }

    fileprivate var order: (CivilDate, Int, Date, Date, String) { (day, isAllDay ? 0 : 1, start, end, title) }
}

extension String {
    /// The text without what moves a terminal's cursor or colours what follows.
    fileprivate var onOneLine: String {
        String(String.UnicodeScalarView(unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }))
    }
}
