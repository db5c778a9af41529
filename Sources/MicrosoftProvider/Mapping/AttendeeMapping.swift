import CalendarCore

/// Guests, organizer and answers; the organizer is no guest in Graph.
enum AttendeeMapping {
    static func read(_ event: JSONValue, account: String, into content: inout EventContent) {
        content.organizer = person(event["organizer"]?["emailAddress"])
        guard let list = event["attendees"] else { return }
        let own = ownAnswer(event)
        for item in list.elements {
            guard let person = person(item["emailAddress"]) else { continue }
            let isSelf = person.isSamePerson(as: EventPerson(account))
            let listed = response(item["status"]?["response"]?.string)
            content.attendees.append(
                Attendee(
                    person,
                    role: role(item["type"]?.string),
                    response: isSelf && listed == .needsAction ? own : listed,
                    isSelf: isSelf
                )
            )
        }
    }

    /// The answer of the calendar's owner, which a guest's copy keeps beside the list and not always in it.
    static func ownAnswer(_ event: JSONValue) -> ResponseStatus {
        response(event["responseStatus"]?["response"]?.string)
    }

    /// The whole list, because a patch replaces it; answers belong to the service and are not sent.
    static func write(_ content: EventContent, into body: inout JSONObject) {
        let list = guests(of: content).map { guest -> JSONNode in
            var address: JSONObject = JSONObject()
            address["address"] = .string(guest.person.address)
            if let name = guest.person.name { address["name"] = .string(name) }
            return ["emailAddress": .object(address), "type": .string(guest.role.rawValue)]
        }
        body["attendees"] = .array(list)
    }

    /// Those whom the service would mail.
    static func guests(of content: EventContent) -> [Attendee] {
        content.attendees.filter { guest in
            guest.response != .organizer && !(content.organizer?.isSamePerson(as: guest.person) ?? false)
        }
    }

    /// Names come from the directory, the order from the service, and only answers and roles count.
    static func canonicalize(_ content: inout EventContent) {
        content.attendees = guests(of: content)
            .map { Attendee(EventPerson($0.person.address.lowercased()), role: $0.role, response: $0.response) }
            .sorted { ($0.person.address, $0.role.rawValue) < ($1.person.address, $1.role.rawValue) }
        content.attendeesAreIncomplete = false
        content.organizer = nil
    }

    private static func person(_ json: JSONValue?) -> EventPerson? {
        guard let address = json?["address"]?.string, !address.isEmpty else { return nil }
        return EventPerson(address, name: json?["name"]?.string)
    }

    private static func role(_ word: String?) -> Attendee.Role {
        switch word?.lowercased() {
        case "optional": .optional
        case "resource": .resource
        default: .required
        }
    }

    private static func response(_ word: String?) -> ResponseStatus {
        switch word?.lowercased() {
        case "accepted": .accepted
        case "declined": .declined
        case "tentativelyaccepted": .tentative
        case "organizer": .organizer
        case nil, "none", "notresponded": .needsAction
        case .some(let other): ResponseStatus(rawValue: other)
        }
    }
}
