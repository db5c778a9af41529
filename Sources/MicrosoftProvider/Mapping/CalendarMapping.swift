import CalendarCore

/// A calendar of Graph; it says no zone, and its rights only as flags.
enum CalendarMapping {
    static func read(_ json: JSONValue) -> RemoteCalendar? {
        guard let id = json["id"]?.string, !id.isEmpty else { return nil }
        let canEdit = json["canEdit"]?.bool ?? false
        let canShare = json["canShare"]?.bool ?? false
        let color = json["hexColor"]?.string
        return RemoteCalendar(
            id: CalendarID(id),
            title: json["name"]?.string ?? "",
            access: canEdit ? (canShare ? .owner : .write) : .read,
            isPrimary: json["isDefaultCalendar"]?.bool ?? false,
            color: color.flatMap { $0.isEmpty ? nil : $0.lowercased() }
        )
    }

    /// The default calendar first, then the service's order.
    ///
    /// A shared calendar can be its owner's default too; the account's own comes first in the list and can be edited.
    static func ordered(_ calendars: [RemoteCalendar]) -> [RemoteCalendar] {
        let defaults = calendars.indices.filter { calendars[$0].isPrimary }
        let primary = defaults.first { calendars[$0].access == .owner } ?? defaults.first
        var first: [RemoteCalendar] = []
        var others: [RemoteCalendar] = []
        for index in calendars.indices {
            var calendar = calendars[index]
            calendar.isPrimary = index == primary
            if calendar.isPrimary { first.append(calendar) } else { others.append(calendar) }
        }
        return first + others
    }
}
