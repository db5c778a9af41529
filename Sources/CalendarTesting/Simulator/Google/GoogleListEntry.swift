import CalendarCore

/// A calendar in an account's list, with what the account set for itself; a resource of its own beside the calendar.
struct GoogleListEntry: Sendable {
    let calendar: String
    /// The writable fields.
    var fields: JSONObject
    var isDeleted = false
    var version: Int64
    /// The change of the list that last touched the entry.
    var change: Int

    var etag: String { "\"\(version)\"" }
    var isHidden: Bool { fields["hidden"] == true }

    /// The fields of an entry that its account did nothing to yet.
    ///
    /// - Parameters:
    ///   - color: The position of the calendar's colour in the palette, from 1.
    ///   - isPrimary: Whether it is the account's own calendar, which reminds and notifies from the start.
    ///   - isSelected: Whether the account's app shows it.
    /// - Returns: The fields in the service's order.
    static func fields(color: Int, isPrimary: Bool, isSelected: Bool) -> JSONObject {
        var fields = JSONObject()
        fields["colorId"] = .string(String(color))
        fields["backgroundColor"] = .string(GooglePalette.calendar[color - 1])
        fields["foregroundColor"] = .string(GooglePalette.entryText)
        if isSelected { fields["selected"] = true }
        fields["defaultReminders"] = isPrimary ? [["method": "popup", "minutes": 30]] : []
        guard isPrimary else { return fields }
        let kinds = ["eventCreation", "eventChange", "eventCancellation", "eventResponse"]
        fields["notificationSettings"] = [
            "notifications": .array(kinds.map { ["type": .string($0), "method": "email"] })
        ]
        return fields
    }

    /// The entry as the service prints it: what is false is left out.
    func node(of store: GoogleCalendarStore, role: GoogleRole, isOwn: Bool) -> JSONNode {
        var node: JSONNode = [
            "kind": "calendar#calendarListEntry",
            "etag": .string(etag),
            "id": .string(store.id),
            "summary": .string(store.title),
        ]
        for key in ["description", "location"] {
            if let value = store.properties[key] { node[key] = value }
        }
        node["timeZone"] = .string(store.zone.identifier)
        for key in ["summaryOverride", "colorId", "backgroundColor", "foregroundColor", "hidden", "selected"] {
            if let value = fields[key] { node[key] = value }
        }
        node["accessRole"] = .string(role.rawValue)
        for key in ["defaultReminders", "notificationSettings"] {
            if let value = fields[key] { node[key] = value }
        }
        if isOwn { node["primary"] = true }
        for key in ["conferenceProperties", "autoAcceptInvitations"] {
            if let value = store.properties[key] { node[key] = value }
        }
        if let owner = store.dataOwner, !store.isPrimary { node["dataOwner"] = .string(owner) }
        return node
    }

    /// What remains of a removed entry in increments and where deleted ones are asked for.
    var stub: JSONNode {
        [
            "kind": "calendar#calendarListEntry",
            "etag": .string(etag),
            "id": .string(calendar),
            "deleted": true,
            "defaultReminders": [],
        ]
    }
}
