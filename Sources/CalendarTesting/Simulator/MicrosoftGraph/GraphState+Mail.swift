import CalendarCore
import Foundation

/// Invitations, updates and cancellations, and what they do to the mailboxes of local guests.
extension GraphState {
    /// Sends a mail about an event to some guests, never to the organizer.
    mutating func post(_ kind: SimulatedMail.Kind, _ item: GraphItem, _ slot: GraphSlot?, to guests: [String]) {
        var content = item.invitation(slot)
        if kind == .cancellation { content.status = .cancelled }
        for guest in guests where guest.lowercased() != item.organizer.address.lowercased() {
            let letter = SimulatedMail(
                kind: kind,
                from: item.organizer.address,
                to: guest,
                iCalUID: item.iCalUID,
                content: content
            )
            mail.append(letter)
            deliver(letter, about: slot?.date)
        }
    }

    /// Lets a mail arrive; nothing happens when nobody here has its address.
    ///
    /// A mail about one occurrence names its original date, or is taken for the one nearest to its start.
    mutating func deliver(_ letter: SimulatedMail, about date: CivilDate?) {
        guard let account = index(of: letter.to) else { return }
        let items = accounts[account].items(in: nil).filter { $0.iCalUID == letter.iCalUID }
        switch letter.kind {
        case .response:
            guard let item = items.first(where: \.isOrganizer) else { return }
            record(letter, in: item, account)
        case .cancellation:
            guard let copy = items.first(where: { !$0.isOrganizer }) else { return }
            cancel(copy, letter.content, about: date, account)
        case .invitation, .update:
            guard !items.contains(where: \.isOrganizer) else { return }
            let copy = items.first { !$0.isOrganizer }
            // A mail about content that this service cannot hold leaves the calendar as it was.
            try? accept(letter, copy, about: date, account)
        }
    }

    /// Makes or updates the guest's copy.
    private mutating func accept(
        _ letter: SimulatedMail,
        _ copy: GraphItem?,
        about date: CivilDate?,
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
            }
            store(&copy, account)
            return
        }
        let input = try GraphEventInput(content.graphBody(shared.union([.recurrence]), zone: zone))
        let organizer = content.organizer ?? EventPerson(letter.from)
        var item = try blank(input, in: accounts[account].primary, organizer: organizer, isOrganizer: false)
        item.iCalUID = letter.iCalUID
        try item.update(input)
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

    /// Writes a guest's answer into the organizer's event.
    private mutating func record(_ letter: SimulatedMail, in item: GraphItem, _ account: Int) {
        var item = item
        let answer = letter.content.attendees.first { $0.person.isSamePerson(as: EventPerson(letter.from)) }?.response
        let status: JSONNode = [
            "response": .string(GraphWords.text(GraphWords.response, answer ?? .needsAction, "none")),
            "time": .string(GraphTimestamp.plain(now)),
        ]
        var attendees = item.fields["attendees"]?.elements ?? []
        for index in attendees.indices
        where attendees[index]["emailAddress"]?["address"]?.string?.lowercased() == letter.from.lowercased() {
            attendees[index]["status"] = status
        }
        item.fields["attendees"] = .array(attendees)
        store(&item, account)
    }
}
