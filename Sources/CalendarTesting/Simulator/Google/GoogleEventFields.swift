import CalendarCore
import Foundation

/// The writable fields of an event and the rules for writing them.
enum GoogleEventFields {
    /// What all copies of a meeting have in common; only the organizer changes it.
    static let shared = [
        "summary", "description", "location", "recurrence", "attendees", "anyoneCanAddSelf", "guestsCanInviteOthers",
        "guestsCanModify", "guestsCanSeeOtherGuests", "conferenceData", "hangoutLink", "gadget",
    ]

    /// What belongs to one copy.
    static let personal = [
        "colorId", "eventLabelId", "transparency", "visibility", "extendedProperties", "reminders", "source",
        "attachments", "workingLocationProperties", "outOfOfficeProperties", "focusTimeProperties",
        "birthdayProperties", "eventType", "privateCopy", "locked",
    ]

    /// Values that the service leaves out of its answers.
    static let defaults: [(key: String, value: JSONNode)] = [
        ("summary", ""), ("description", ""), ("location", ""), ("transparency", "opaque"), ("visibility", "default"),
        ("eventLabelId", ""), ("colorId", ""), ("privateCopy", false), ("locked", false), ("attachments", []),
        ("anyoneCanAddSelf", false), ("guestsCanInviteOthers", true), ("guestsCanModify", false),
        ("guestsCanSeeOtherGuests", true), ("recurrence", []), ("attendees", []),
    ]

    /// Takes the fields out of a whole resource, normalised and without defaults.
    static func read(_ resource: JSONNode, start: EventTime, end: EventTime) throws(GoogleRefusal) -> JSONObject {
        var fields = JSONObject()
        for key in shared + personal {
            guard let value = resource[key], !value.isNull else { continue }
            fields[key] = value
        }
        if let list = fields["attendees"] { fields["attendees"] = .array(try attendees(list)) }
        if let lines = fields["recurrence"] { try checkRecurrence(lines, start: start) }
        if let lines = fields["recurrence"]?.elements.compactMap(\.string), Recurrence(lines: lines).rules.isEmpty,
            lines.contains(where: { $0.uppercased().hasPrefix("RRULE:") })
        {
            throw .invalid("Invalid recurrence rule.")
        }
        try checkWord(fields["transparency"], in: ["opaque", "transparent"])
        try checkWord(fields["visibility"], in: ["default", "public", "private", "confidential"])
        for (key, value) in defaults where fields[key] == value { fields[key] = nil }
        if fields["reminders"] == nil { fields["reminders"] = ["useDefault": true] }
        if fields["eventType"] == nil { fields["eventType"] = "default" }
        try GoogleEventTypes.check(&fields, start: start, end: end)
        try GoogleEventLimits.apply(to: &fields)
        return fields
    }

    /// Guests in the service's order of fields; an entry without an answer has not answered.
    private static func attendees(_ list: JSONNode) throws(GoogleRefusal) -> [JSONNode] {
        var result: [JSONNode] = []
        for entry in list.elements {
            guard let email = entry["email"]?.string, email.contains("@") else {
                throw .required("Missing attendee email.")
            }
            guard !result.contains(where: { $0.isGuest(email) }) else { continue }
            var attendee: JSONNode = ["email": .string(email)]
            for key in ["id", "displayName", "resource", "optional"] {
                if let value = entry[key], !value.isNull, value != false { attendee[key] = value }
            }
            attendee["responseStatus"] = entry["responseStatus"] ?? "needsAction"
            try checkWord(attendee["responseStatus"], in: ["needsAction", "declined", "tentative", "accepted"])
            for key in ["comment", "additionalGuests"] {
                if let value = entry[key], !value.isNull, value != 0 { attendee[key] = value }
            }
            result.append(attendee)
        }
        return result
    }

    private static func checkWord(_ value: JSONNode?, in words: [String]) throws(GoogleRefusal) {
        guard let value else { return }
        guard let word = value.string, words.contains(word) else { throw .invalid("Invalid Value") }
    }

    /// Lines have known names, and UNTIL is in UTC for a timed series and a day for an all-day one.
    private static func checkRecurrence(_ lines: JSONNode, start: EventTime) throws(GoogleRefusal) {
        for element in lines.elements {
            let line = element.string?.uppercased() ?? ""
            guard ["RRULE:", "EXRULE:", "RDATE", "EXDATE"].contains(where: line.hasPrefix) else {
                throw .invalid("Invalid recurrence rule.")
            }
            guard let range = line.range(of: "UNTIL=") else { continue }
            let until = line[range.upperBound...].prefix { $0 != ";" }
            let fits = start.isAllDay ? !until.contains("T") : until.hasSuffix("Z")
            guard fits else { throw .invalid("Invalid recurrence rule.") }
        }
    }
}
