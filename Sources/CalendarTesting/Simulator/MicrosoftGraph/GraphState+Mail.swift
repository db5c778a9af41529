import CalendarCore
import Foundation

/// Invitations, updates and cancellations, and what they do to the mailboxes of local guests.
extension GraphState {
    /// Sends a mail about an event to some guests, never to the organizer.
    ///
    /// - Parameters:
    ///   - kind: What it says.
    ///   - item: The event.
    ///   - slot: The occurrence it is about; nil for the whole event.
    ///   - guests: Who gets it.
    ///   - sender: Who sends it; nil for the organizer.
    ///   - comment: What the sender adds.
    mutating func post(
        _ kind: SimulatedMail.Kind,
        _ item: GraphItem,
        _ slot: GraphSlot?,
        to guests: [String],
        from sender: String? = nil,
        comment: String? = nil
    ) {
        var content = item.invitation(slot)
        if kind == .cancellation { content.status = .cancelled }
        let all = content.attendees
        for guest in guests where guest.lowercased() != item.organizer.address.lowercased() {
            if item.fields["hideAttendees"]?.bool == true {
                content.attendees = all.filter { $0.person.isSamePerson(as: EventPerson(guest)) }
            }
            let letter = SimulatedMail(
                kind: kind,
                from: sender ?? item.organizer.address,
                to: guest,
                iCalUID: item.iCalUID,
                content: content,
                comment: comment
            )
            mail.append(letter)
            deliver(letter, about: slot?.date, from: item)
        }
    }

    /// Lets a mail arrive; nothing happens when nobody here has its address.
    ///
    /// - Parameters:
    ///   - letter: The mail.
    ///   - date: The original date of the occurrence it is about; nil takes the one nearest to its start.
    ///   - source: The event it is about, when it comes from a mailbox here.
    ///   - proposal: The time that a response proposes instead.
    mutating func deliver(
        _ letter: SimulatedMail,
        about date: CivilDate?,
        from source: GraphItem? = nil,
        proposal: JSONNode? = nil
    ) {
        guard let account = index(of: letter.to) else { return }
        let items = accounts[account].items(in: nil).filter { $0.iCalUID == letter.iCalUID }
        switch letter.kind {
        case .response:
            guard let item = items.first(where: \.isOrganizer) else { return }
            record(letter, about: date, proposal, in: item, account)
        case .cancellation:
            guard let copy = items.first(where: { !$0.isOrganizer }) else { return }
            cancel(copy, letter.content, about: date, account)
        case .invitation, .update:
            guard !items.contains(where: \.isOrganizer) else { return }
            let copy = items.first { !$0.isOrganizer }
            // A mail about content that this service cannot hold leaves the calendar as it was.
            try? accept(letter, copy, about: date, source, account)
        }
    }

    /// Makes or updates the guest's copy.
    private mutating func accept(
        _ letter: SimulatedMail,
        _ copy: GraphItem?,
        about date: CivilDate?,
        _ source: GraphItem?,
        _ account: Int
    ) throws(GraphFailure) {
        let zone = accounts[account].zone
        let content = letter.content
        let shared: Set<EventField> = [.title, .body, .time, .visibility, .importance, .location, .attendees]
        if var copy {
            let day = date ?? content.start.civilDate
            let slot = content.recurrence == nil ? copy.slot(nearest: day) : nil
            if let slot {
                let input = try GraphEventInput(content.graphBody(shared, zone: zone))
                try copy.update(slot, with: input, version: nextVersion(), now: now)
            } else {
                try copy.update(try GraphEventInput(content.graphBody(shared.union([.recurrence]), zone: zone)))
                copy.cancelledDates = content.excludedDates(zone)
                copy.isCancelled = false
                copy.response = "notResponded"
                copy.answered = nil
                copy.share(source)
            }
            store(&copy, account)
            return
        }
        let input = try GraphEventInput(content.graphBody(shared.union([.recurrence]), zone: zone))
        let organizer = content.organizer ?? EventPerson(letter.from)
        var item = try blank(input, in: accounts[account].primary, organizer: organizer, isOrganizer: false)
        item.iCalUID = letter.iCalUID
        try item.update(input)
        item.share(source)
        item.fields["showAs"] = "tentative"
        item.cancelledDates = content.excludedDates(zone)
        store(&item, account)
    }

    /// Marks the guest's copy, or one of its occurrences, as cancelled; removing it is left to the guest.
    private mutating func cancel(_ copy: GraphItem, _ content: EventContent, about date: CivilDate?, _ account: Int) {
        var copy = copy
        if copy.recurrence != nil, content.recurrence == nil {
            guard let slot = copy.slot(nearest: date ?? content.start.civilDate) else { return }
            copy.cancelledDates = (copy.cancelledDates + [slot.date]).sorted()
            copy.exceptions.removeAll { $0.date == slot.date }
        } else {
            copy.isCancelled = true
            copy.fields["subject"] = .string("Canceled: " + (copy.fields["subject"]?.string ?? ""))
            copy.fields["showAs"] = "free"
        }
        store(&copy, account)
    }

    /// Writes a guest's answer into the organizer's event, or into the occurrence that it is about.
    private mutating func record(
        _ letter: SimulatedMail,
        about date: CivilDate?,
        _ proposal: JSONNode?,
        in item: GraphItem,
        _ account: Int
    ) {
        var item = item
        let answer = letter.content.attendees.first { $0.person.isSamePerson(as: EventPerson(letter.from)) }?.response
        let status: JSONNode = [
            "response": .string(GraphWords.text(GraphWords.response, answer ?? .needsAction, "none")),
            "time": .string(GraphTimestamp.plain(now)),
        ]
        let isAboutOne = item.recurrence != nil && letter.content.recurrence == nil
        let slot = isAboutOne ? item.slot(nearest: date ?? letter.content.start.civilDate) : nil
        var attendees = item.fields(slot)["attendees"]?.elements ?? []
        for index in attendees.indices
        where attendees[index]["emailAddress"]?["address"]?.string?.lowercased() == letter.from.lowercased() {
            attendees[index]["status"] = status
            attendees[index]["proposedNewTime"] = proposal
        }
        if let slot {
            guard let nothing = try? GraphEventInput([:]),
                (try? item.update(slot, with: nothing, version: nextVersion(), now: now)) != nil
            else { return }
            item.override(["attendees": .array(attendees)], on: slot.date)
        } else {
            item.fields["attendees"] = .array(attendees)
        }
        store(&item, account)
    }
}

extension GraphItem {
    /// Takes over what a guest's copy has of the organizer's event besides what a mail says.
    fileprivate mutating func share(_ source: GraphItem?) {
        let names = [
            "isOnlineMeeting", "onlineMeetingProvider", "onlineMeeting", "responseRequested", "allowNewTimeProposals",
            "hideAttendees",
        ]
        for name in names { fields[name] = source?.fields[name] ?? fields[name] }
    }
}
