import CalendarCore

/// The types of events and what each asks of an event (guide "Manage focus time, out of office, and working location").
enum GoogleEventTypes {
    static let all = ["birthday", "default", "focusTime", "fromGmail", "outOfOffice", "workingLocation"]

    /// The field with a type's own properties.
    static let properties = [
        (type: "workingLocation", field: "workingLocationProperties"),
        (type: "outOfOffice", field: "outOfOfficeProperties"), (type: "focusTime", field: "focusTimeProperties"),
        (type: "birthday", field: "birthdayProperties"),
    ]

    static let restriction = GoogleRefusal(
        400,
        "eventTypeRestriction",
        "The operation is not supported for this event type.",
        domain: "calendar"
    )

    /// Checks that a client may make an event of a type in a calendar: status events live in primary calendars only.
    static func checkCreation(_ type: String?, isPrimary: Bool) throws(GoogleRefusal) {
        guard let type, type != "default" else { return }
        guard all.contains(type) else {
            throw GoogleRefusal(400, "invalidEventType", "Invalid event type.", domain: "calendar")
        }
        guard isPrimary, type != "fromGmail" else { throw restriction }
    }

    /// Checks an event against the rules of its type, and keeps no properties of another type.
    ///
    /// - Parameters:
    ///   - fields: The writable fields, without defaults.
    ///   - start: The start.
    ///   - end: The end.
    /// - Throws: The answer 400 that names the type.
    static func check(_ fields: inout JSONObject, start: EventTime, end: EventTime) throws(GoogleRefusal) {
        let type = fields["eventType"]?.string ?? "default"
        for (owner, field) in properties where owner != type { fields[field] = nil }
        let isOpaque = fields["transparency"] == nil
        let fits: Bool
        switch type {
        case "outOfOffice":
            fits =
                !start.isAllDay && isOpaque && fields["attendees"] == nil && fields["description"] == nil
                && declines(fields["outOfOfficeProperties"])
        case "focusTime":
            let properties = fields["focusTimeProperties"]
            fits =
                !start.isAllDay && isOpaque && declines(properties)
                && isWord(properties?["chatStatus"], of: ["available", "doNotDisturb"])
        case "workingLocation":
            let place = fields["workingLocationProperties"]?["type"]?.string ?? ""
            fits =
                !isOpaque && fields["visibility"] == "public"
                && ["homeOffice", "officeLocation", "customLocation"].contains(place)
        case "birthday":
            let rule = fields["recurrence"]?.elements.first?.string?.uppercased() ?? ""
            fits =
                start.isAllDay && start.adding(seconds: 86_400) == end && rule.contains("FREQ=YEARLY") && !isOpaque
                && fields["visibility"] == "private"
                && isWord(fields["birthdayProperties"]?["type"], of: ["birthday"])
        default: fits = true
        }
        guard fits else { throw malformed(type) }
    }

    private static func malformed(_ type: String) -> GoogleRefusal {
        let name = type.prefix(1).uppercased() + type.dropFirst()
        return GoogleRefusal(400, "malformed\(name)Event", "The \(type) event is malformed.", domain: "calendar")
    }

    private static func declines(_ properties: JSONNode?) -> Bool {
        isWord(
            properties?["autoDeclineMode"],
            of: ["declineNone", "declineAllConflictingInvitations", "declineOnlyNewConflictingInvitations"]
        )
    }

    private static func isWord(_ value: JSONNode?, of words: [String]) -> Bool {
        guard let value, !value.isNull else { return true }
        return words.contains(value.string ?? "")
    }
}
