import CalendarCore
import Foundation

/// What can be done with an event besides writing it.
enum GraphAction: String, Sendable {
    case accept, decline, cancel, forward
    case tentative = "tentativelyaccept"
    case dismiss = "dismissreminder"
    case snooze = "snoozereminder"
    case purge = "permanentdelete"

    /// The answer that a guest gives with it.
    var response: ResponseStatus? {
        switch self {
        case .accept: .accepted
        case .tentative: .tentative
        case .decline: .declined
        default: nil
        }
    }
}

/// Actions on one event; their parameters are read without regard to case.
extension GraphState {
    mutating func perform(
        _ action: GraphAction,
        _ call: GraphCall,
        _ id: String,
        in calendar: String?
    ) throws(GraphFailure) -> GraphAnswer {
        let (item, slot) = try findToWrite(id, call, in: calendar)
        let parameters = try Self.parameters(call)
        let comment = parameters["comment"]?.string
        if let response = action.response {
            try respond(item, slot, with: response, parameters, of: call.account)
            return GraphAnswer(status: 202)
        }
        switch action {
        case .cancel:
            guard item.isOrganizer else { throw .invalidRequest("You need to be an organizer to cancel a meeting.") }
            delete(item, slot, of: call.account, comment: comment)
            return GraphAnswer(status: 202)
        case .forward:
            try forward(item, slot, to: parameters["torecipients"]?.elements ?? [], comment, of: call.account)
            return GraphAnswer(status: 202)
        case .snooze:
            _ = try GraphTime(parameters["newremindertime"] ?? .null, property: "NewReminderTime")
            return GraphAnswer()
        case .dismiss:
            try update(item, slot, with: try GraphEventInput(["isReminderOn": false]), of: call.account)
            return GraphAnswer()
        default:
            delete(item, slot, of: call.account)
            return GraphAnswer(status: 204)
        }
    }

    private static func parameters(_ call: GraphCall) throws(GraphFailure) -> JSONObject {
        guard let body = call.body, !body.isEmpty else { return JSONObject() }
        guard let object = try call.json().object else { throw .body("The body is not a JSON object.") }
        return JSONObject(object.members.map { (key: $0.key.lowercased(), value: $0.value) })
    }

    /// Answers an invitation as `accept`, `tentativelyAccept` and `decline` do, if the parameters allow it.
    private mutating func respond(
        _ item: GraphItem,
        _ slot: GraphSlot?,
        with response: ResponseStatus,
        _ parameters: JSONObject,
        of account: Int
    ) throws(GraphFailure) {
        let isSent = parameters["sendresponse"]?.bool ?? true
        var proposal: JSONNode?
        if let node = parameters["proposednewtime"], !node.isNull {
            guard response != .accepted else { throw .invalidRequest("A new time cannot be proposed on accepting.") }
            guard isSent, item.fields["allowNewTimeProposals"]?.bool != false else {
                throw .invalidRequest("A new time cannot be proposed for this meeting, or not without a response.")
            }
            let members = JSONObject(node.object?.members.map { (key: $0.key.lowercased(), value: $0.value) } ?? [])
            let start = try GraphTime(members["start"] ?? .null, property: "ProposedNewTime.Start")
            let end = try GraphTime(members["end"] ?? .null, property: "ProposedNewTime.End")
            guard start.date < end.date else { throw .property("The proposed new time ends before it starts.") }
            let preferences = GraphPreferences.utc
            proposal = [
                "start": start.json(isAllDay: false, preferences), "end": end.json(isAllDay: false, preferences),
            ]
        }
        let comment = parameters["comment"]?.string
        try respond(item, slot, with: response, comment: comment, proposal: proposal, isSent: isSent, of: account)
    }

    /// Notes the answer of a guest in the own copy, and tells the organizer; declining takes it off the calendar.
    mutating func respond(
        _ item: GraphItem,
        _ slot: GraphSlot?,
        with response: ResponseStatus,
        comment: String? = nil,
        proposal: JSONNode? = nil,
        isSent: Bool = true,
        of account: Int
    ) throws(GraphFailure) {
        guard !item.isOrganizer else {
            throw .invalidRequest("You can't respond to this meeting because you're the meeting organizer.")
        }
        guard !item.isCancelled, slot?.exception?.isCancelled != true else {
            throw .invalidRequest("The meeting was cancelled.")
        }
        if isSent { send(response, to: item, slot, comment: comment, proposal: proposal, from: account) }
        if response == .declined {
            delete(item, slot, of: account)
            return
        }
        var copy = item
        let word = GraphWords.text(GraphWords.response, response, "none")
        let availability: JSONNode = response == .tentative ? "tentative" : "busy"
        if let slot {
            try copy.update(slot, with: try GraphEventInput([:]), version: nextVersion(), now: now)
            let status: JSONNode = ["response": .string(word), "time": .string(GraphTimestamp.precise(now))]
            copy.override(["responseStatus": status, "showAs": availability], on: slot.date)
        } else {
            copy.response = word
            copy.answered = now
            copy.fields["showAs"] = availability
        }
        store(&copy, account)
    }

    private mutating func send(
        _ response: ResponseStatus,
        to item: GraphItem,
        _ slot: GraphSlot?,
        comment: String?,
        proposal: JSONNode?,
        from account: Int
    ) {
        let guest = EventPerson(accounts[account].address, name: accounts[account].name)
        var content = item.invitation(slot)
        if let index = content.attendees.firstIndex(where: { $0.person.isSamePerson(as: guest) }) {
            content.attendees[index].response = response
        } else {
            content.attendees.append(Attendee(guest, response: response))
        }
        let letter = SimulatedMail(
            kind: .response,
            from: guest.address,
            to: item.organizer.address,
            iCalUID: item.iCalUID,
            content: content,
            comment: comment
        )
        mail.append(letter)
        deliver(letter, about: slot?.date, proposal: proposal)
    }

    /// Passes an invitation on; the new guests stand in the organizer's event afterwards.
    private mutating func forward(
        _ item: GraphItem,
        _ slot: GraphSlot?,
        to recipients: [JSONNode],
        _ comment: String?,
        of account: Int
    ) throws(GraphFailure) {
        let input = try GraphEventInput(["attendees": .array(recipients)])
        let guests = input.changes["attendees"]?.elements ?? []
        guard !guests.isEmpty else { throw .invalidRequest("At least one recipient is needed.") }
        if let home = index(of: item.organizer.address),
            var original = accounts[home].items(in: nil).first(where: { $0.iCalUID == item.iCalUID && $0.isOrganizer })
        {
            let known = original.guests.map { $0.lowercased() }
            let new = guests.filter { guest in
                !known.contains(guest["emailAddress"]?["address"]?.string?.lowercased() ?? "")
            }
            original.fields["attendees"] = .array((original.fields["attendees"]?.elements ?? []) + new)
            store(&original, home)
        }
        post(
            .invitation,
            accounts[account].items[item.key] ?? item,
            slot,
            to: guests.compactMap { $0["emailAddress"]?["address"]?.string },
            from: accounts[account].address,
            comment: comment
        )
    }
}

extension GraphItem {
    /// Lets an occurrence that is an exception already answer other values.
    mutating func override(_ values: JSONNode, on date: CivilDate) {
        guard let index = exceptions.firstIndex(where: { $0.date == date }) else { return }
        for member in values.object?.members ?? [] { exceptions[index].overrides[member.key] = member.value }
    }
}
