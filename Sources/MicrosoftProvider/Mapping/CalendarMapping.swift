import CalendarCore

/// A calendar of Graph (https://learn.microsoft.com/graph/api/resources/calendar).
///
/// It says no zone, and its rights only as flags: who may share a calendar made it.
enum CalendarMapping {
    static func read(_ json: JSONValue) -> RemoteCalendar? {
        guard let id = json["id"]?.string, !id.isEmpty else { return nil }
        let canEdit = json["canEdit"]?.bool ?? false
        let canShare = json["canShare"]?.bool ?? false
        let owner = json["owner"]?["address"]?.string.flatMap { $0.isEmpty ? nil : $0 }
        let providers = json["allowedOnlineMeetingProviders"]?.elements.compactMap(\.string) ?? []
        return RemoteCalendar(
            id: CalendarID(id),
            title: json["name"]?.string ?? "",
            access: canEdit ? (canShare ? .owner : .write) : .read,
            isPrimary: json["isDefaultCalendar"]?.bool ?? false,
            color: color(json["hexColor"]?.string),
            conferenceSolutions: providers.filter { $0.lowercased() != "unknown" },
            owner: owner.map { EventPerson($0, name: json["owner"]?["name"]?.string) }
        )
    }

    /// The colour as `#rrggbb`; it is empty until somebody chooses one, and the named colours have no values.
    private static func color(_ text: String?) -> String? {
        guard let text = text?.lowercased(), text.utf8.count == 7, text.hasPrefix("#"),
            text.dropFirst().allSatisfy(\.isHexDigit)
        else { return nil }
        return text
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
