import CalendarCore
import Foundation

/// Single events: read, create, update, delete.
extension GraphState {
    /// The item, and the occurrence when the id names one.
    func find(
        _ text: String,
        _ account: Int,
        in calendar: String?
    ) throws(GraphFailure) -> (item: GraphItem, slot: GraphSlot?) {
        let id = try GraphEventID(text)
        guard let item = accounts[account].items[id.key], calendar == nil || item.calendar == calendar else {
            throw .notFound
        }
        guard let date = id.date else { return (item, nil) }
        guard let slot = item.slot(on: date) else { throw .notFound }
        return (item, slot)
    }

    /// Answers one event.
    func event(_ call: GraphCall, _ id: String, in calendar: String?) throws(GraphFailure) -> GraphAnswer {
        let (item, slot) = try find(id, call.account, in: calendar)
        return GraphAnswer(body: try shaped(item, slot, call))
    }

    /// Creates an event, or answers the one that the same transaction id made before.
    mutating func create(_ call: GraphCall, in calendar: String) throws(GraphFailure) -> GraphAnswer {
        let input = try GraphEventInput(try call.json())
        if let id = input.transactionID, let key = accounts[call.account].transactions[id],
            let item = accounts[call.account].items[key]
        {
            return GraphAnswer(status: 201, body: item.json(nil, call.preferences))
        }
        let item = try create(input, in: calendar, of: call.account)
        return GraphAnswer(status: 201, body: item.json(nil, call.preferences))
    }

    /// Creates an event whose organizer is the account, and invites its guests.
    mutating func create(_ input: GraphEventInput, in calendar: String, of account: Int) throws(GraphFailure)
        -> GraphItem
    {
        let owner = accounts[account]
        let organizer = EventPerson(owner.address, name: owner.name)
        var item = try blank(input, in: calendar, organizer: organizer, isOrganizer: true)
        try item.update(input)
        store(&item, account)
        post(.invitation, item, nil, to: item.guests)
        return accounts[account].items[item.key] ?? item
    }

    /// An event with default properties at the times of the input.
    mutating func blank(
        _ input: GraphEventInput,
        in calendar: String,
        organizer: EventPerson,
        isOrganizer: Bool
    ) throws(GraphFailure) -> GraphItem {
        guard let start = input.start, let end = input.end else {
            throw .property("An event needs a start and an end.")
        }
        let isAllDay = input.isAllDay ?? false
        let stamp = identifiers.hex(16)
        let uid = "040000008200E00074C5B7101A82E00800000000" + stamp + "000000000000000010000000" + identifiers.hex(32)
        return GraphItem(
            key: identifiers.text(GraphEventID.keyLength),
            serial: nextSerial(),
            calendar: calendar,
            iCalUID: uid,
            transactionID: input.transactionID,
            created: now,
            modified: now,
            version: 0,
            start: start,
            end: end,
            isAllDay: isAllDay,
            fields: GraphItem.defaults(isAllDay: isAllDay),
            organizer: organizer,
            isOrganizer: isOrganizer,
            response: isOrganizer ? "organizer" : "notResponded"
        )
    }

    /// Keeps an item under a new version.
    mutating func store(_ item: inout GraphItem, _ account: Int) {
        item.version = nextVersion()
        item.modified = now
        accounts[account].items[item.key] = item
        if let id = item.transactionID { accounts[account].transactions[id] = item.key }
    }

    /// Updates an event or one occurrence.
    mutating func update(_ call: GraphCall, _ id: String, in calendar: String?) throws(GraphFailure) -> GraphAnswer {
        let (item, slot) = try find(id, call.account, in: calendar)
        try check(call.ifMatch, item, slot)
        try update(item, slot, with: try GraphEventInput(try call.json()), of: call.account)
        return try event(call, id, in: nil)
    }

    /// Applies an update and tells the guests, which cannot be prevented.
    mutating func update(
        _ old: GraphItem,
        _ slot: GraphSlot?,
        with input: GraphEventInput,
        of account: Int
    ) throws(GraphFailure) {
        var item = old
        if let slot {
            try item.update(slot, with: input, version: nextVersion(), now: now)
        } else {
            try item.update(input)
        }
        store(&item, account)
        guard item.isOrganizer else { return }
        let before = GraphItem.addresses(in: old.fields(slot))
        let changed = slot.flatMap { item.slot(on: $0.date) }
        let after = GraphItem.addresses(in: item.fields(changed))
        let isForAll = input.names.contains { Self.mailed.contains($0) }
        post(.cancellation, old, slot, to: before.filter { !after.contains($0) })
        post(.invitation, item, changed, to: after.filter { !before.contains($0) })
        guard isForAll else { return }
        let kept = after.filter { before.contains($0) }
        post(.update, item, changed, to: kept)
        guard slot == nil else { return }
        for exception in item.exceptions { post(.update, item, item.slot(on: exception.date), to: kept) }
    }

    /// The properties whose change every guest is told.
    private static let mailed: Set<String> = [
        "subject", "body", "start", "end", "isAllDay", "location", "locations", "recurrence", "importance",
        "sensitivity", "isOnlineMeeting", "onlineMeetingProvider", "hideAttendees",
    ]

    /// Deletes an event or cancels one occurrence.
    mutating func delete(_ call: GraphCall, _ id: String, in calendar: String?) throws(GraphFailure) -> GraphAnswer {
        let (item, slot) = try find(id, call.account, in: calendar)
        try check(call.ifMatch, item, slot)
        delete(item, slot, of: call.account)
        return GraphAnswer(status: 204)
    }

    /// Deletes and sends cancellations; a guest's own copy goes without an answer.
    mutating func delete(_ old: GraphItem, _ slot: GraphSlot?, of account: Int) {
        if let slot {
            var item = old
            item.cancelledDates = (item.cancelledDates + [slot.date]).sorted()
            item.exceptions.removeAll { $0.date == slot.date }
            store(&item, account)
        } else {
            let tombstone = GraphTombstone(key: old.key, calendar: old.calendar, version: nextVersion())
            accounts[account].items[old.key] = nil
            accounts[account].tombstones.append(tombstone)
        }
        if old.isOrganizer { post(.cancellation, old, slot, to: GraphItem.addresses(in: old.fields(slot))) }
    }

    private func check(_ ifMatch: String?, _ item: GraphItem, _ slot: GraphSlot?) throws(GraphFailure) {
        guard let ifMatch, ifMatch != "*" else { return }
        guard ifMatch == item.etag(slot) else { throw .conflict }
    }
}
