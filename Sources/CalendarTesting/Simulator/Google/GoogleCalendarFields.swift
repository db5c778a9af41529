import CalendarCore
import Foundation

/// Writes the fields of a Calendar.
enum GoogleCalendarFields {
    /// Applies a body to a calendar.
    ///
    /// - Parameters:
    ///   - body: The body; unknown and read-only fields are ignored.
    ///   - store: The calendar.
    ///   - replacing: Whether description and location go away when the body does not name them, as `update` does.
    ///   - isWorkspace: Whether the owner belongs to an organisation, whose people have working hours.
    ///   - newID: Makes the id of a label that has none.
    /// - Throws: The answer to a value that is none.
    static func apply(
        _ body: GoogleBody,
        to store: inout GoogleCalendarStore,
        replacing: Bool,
        isWorkspace: Bool,
        newID: () -> String
    ) throws(GoogleRefusal) {
        if let title = try body.text("summary") { store.title = title }
        for key in ["description", "location"] where replacing || body.has(key) {
            let text = try body.text(key) ?? ""
            store.properties[key] = nil
            if !text.isEmpty { store.properties[key] = .string(text) }
        }
        if let name = try body.text("timeZone") {
            let zone = EventZone(name)
            guard zone.isKnown, zone.windowsName == nil else { throw .invalid("Invalid time zone.") }
            store.zone = zone
        }
        if let labels = try body.object("labelProperties")?.list("eventLabels") {
            let list = try self.labels(labels, newID: newID)
            store.properties["labelProperties"] = nil
            if !list.isEmpty { store.properties["labelProperties"] = ["eventLabels": .array(list)] }
        }
        if store.isPrimary, isWorkspace, let hours = try body.object("workingHours"),
            hours.has("workingHoursEnabled") || hours.has("availableTimes")
        {
            store.properties["workingHours"] = try workingHours(hours)
        }
    }

    /// The labels, which replace all that were there (reference: Calendar, `labelProperties`).
    private static func labels(_ list: [GoogleBody], newID: () -> String) throws(GoogleRefusal) -> [JSONNode] {
        guard list.count <= 200 else { throw .invalid("Too many event labels.") }
        var result: [JSONNode] = []
        for label in list {
            let id = try label.text("id") ?? newID()
            let isTaken = result.contains { $0["id"]?.string?.lowercased() == id.lowercased() }
            guard UUID(uuidString: id) != nil, !isTaken else { throw .invalid("Invalid event label ID.") }
            guard let color = try label.text("backgroundColor") else { throw .required("Missing backgroundColor.") }
            var node: JSONNode = ["id": .string(id)]
            if let name = try label.text("name") {
                guard name.count <= 50 else { throw .invalid("Invalid event label name.") }
                node["name"] = .string(name)
            }
            node["backgroundColor"] = .string(color)
            result.append(node)
        }
        return result
    }

    private static func workingHours(_ hours: GoogleBody) throws(GoogleRefusal) -> JSONNode {
        let days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
        var times: [JSONNode] = []
        for period in try hours.list("availableTimes") ?? [] {
            guard let day = try period.word("dayOfWeek", in: days), let start = try period.number("periodStart"),
                let end = try period.number("periodEnd")
            else { throw .required("Missing working hours period.") }
            guard 0 <= start, start < end, end <= 1440 else { throw .invalid("Invalid working hours period.") }
            times.append(["dayOfWeek": .string(day), "periodStart": .int(start), "periodEnd": .int(end)])
        }
        let isEnabled = try hours.flag("workingHoursEnabled") ?? false
        guard !isEnabled || !times.isEmpty else { throw .invalid("Invalid working hours.") }
        var node: JSONNode = ["workingHoursEnabled": .bool(isEnabled)]
        if !times.isEmpty { node["availableTimes"] = .array(times) }
        return node
    }
}
