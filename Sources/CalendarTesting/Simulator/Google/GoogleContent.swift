import CalendarCore
import Foundation

/// The neutral content of an event in the words of the service, and back, for what people do in the service's own app.
enum GoogleContent {
    /// The resource that the app would send for some content.
    static func resource(_ content: EventContent, zone: EventZone) -> JSONNode {
        var node = JSONNode.object(JSONObject())
        if let title = content.title { node["summary"] = .string(title) }
        if let body = content.body { node["description"] = .string(body.text) }
        if let location = content.location { node["location"] = .string(location) }
        node["start"] = GoogleEventTimes.node(content.start, zone: content.start.zone ?? zone)
        node["end"] = GoogleEventTimes.node(content.end, zone: content.end.zone ?? zone)
        if let recurrence = content.recurrence {
            node["recurrence"] = .array(recurrence.lines.map { .string($0) })
        }
        node["status"] = .string(content.status == .tentative ? "tentative" : "confirmed")
        node["transparency"] = content.availability.blocksTime ? "opaque" : "transparent"
        switch content.visibility {
        case .public: node["visibility"] = "public"
        case .private, .personal: node["visibility"] = "private"
        case .confidential: node["visibility"] = "confidential"
        default: break
        }
        if content.kind != .standard { node["eventType"] = .string(content.kind.rawValue) }
        // A person without an address cannot be a guest here.
        node["attendees"] = .array(content.attendees.filter { $0.person.address.contains("@") }.map(attendee))
        return node
    }

    /// What a row says, as its guests see it.
    static func content(of row: GoogleEventRow) -> EventContent {
        var content = EventContent(title: row.fields["summary"]?.string, start: row.start, end: row.end)
        content.body = row.fields["description"]?.string.map { EventBody($0, isHTML: $0.contains("<")) }
        content.location = row.fields["location"]?.string
        if row.isMaster { content.recurrence = Recurrence(lines: row.recurrence) }
        content.status = EventStatus(rawValue: row.isCancelled ? "cancelled" : row.status)
        content.availability = row.fields["transparency"] == "transparent" ? .free : .busy
        if let word = row.fields["visibility"]?.string { content.visibility = EventVisibility(rawValue: word) }
        if let word = row.fields["eventType"]?.string { content.kind = EventKind(rawValue: word) }
        content.organizer = EventPerson(row.organizer, name: row.organizerName)
        content.attendees = row.attendees.map { attendee(from: $0) }
        if let link = row.fields["hangoutLink"]?.string {
            content.conference = EventConference(solution: "hangoutsMeet", joinURL: link, state: .ready)
        }
        return content
    }

    private static func attendee(_ attendee: Attendee) -> JSONNode {
        var node: JSONNode = ["email": .string(attendee.person.address)]
        if let name = attendee.person.name { node["displayName"] = .string(name) }
        if attendee.role == .resource { node["resource"] = true }
        if attendee.role == .optional { node["optional"] = true }
        let response: ResponseStatus =
            switch attendee.response {
            case .accepted, .organizer: .accepted
            case .tentative, .declined: attendee.response
            default: .needsAction
            }
        node["responseStatus"] = .string(response.rawValue)
        if let comment = attendee.comment { node["comment"] = .string(comment) }
        if attendee.additionalGuests > 0 { node["additionalGuests"] = .int(attendee.additionalGuests) }
        return node
    }

    private static func attendee(from node: JSONNode) -> Attendee {
        let role: Attendee.Role =
            node["resource"] == true ? .resource : node["optional"] == true ? .optional : .required
        return Attendee(
            EventPerson(node["email"]?.string ?? "", name: node["displayName"]?.string),
            role: role,
            response: ResponseStatus(rawValue: node["responseStatus"]?.string ?? "needsAction"),
            comment: node["comment"]?.string,
            additionalGuests: node["additionalGuests"]?.int ?? 0
        )
    }
}
