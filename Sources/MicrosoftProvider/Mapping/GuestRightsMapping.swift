import CalendarCore

/// Whether guests see each other against `hideAttendees`; Graph has no word for what else guests may do.
enum GuestRightsMapping {
    static func read(_ event: JSONValue, into content: inout EventContent) {
        content.guestRights.maySeeOtherGuests = event["hideAttendees"]?.bool != true
    }

    static func write(_ content: EventContent, into body: inout JSONObject) {
        body["hideAttendees"] = .bool(!content.guestRights.maySeeOtherGuests)
    }

    static func canonical(_ rights: GuestRights) -> GuestRights {
        GuestRights(maySeeOtherGuests: rights.maySeeOtherGuests)
    }
}
