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
        guard let item = accounts[account].items[id.key], calendar == nil || item.calendar == calendar,
            id.isImmutable || id.moves == item.moves
        else { throw .notFound }
        guard let date = id.date else { return (item, nil) }
        guard let slot = item.slot(on: date) else { throw .notFound }
        return (item, slot)
    }

    /// The item that a call wants to change, if its calendar allows that and the item is what the caller thinks.
    func findToWrite(
        _ text: String,
        _ call: GraphCall,
        in calendar: String?
    ) throws(GraphFailure) -> (item: GraphItem, slot: GraphSlot?) {
        let found = try find(text, call.account, in: calendar)
        try checkWritable(found.item.calendar, call.account)
        guard !found.item.isPrivate || call.role ?? .delegateWithPrivateEventAccess == .delegateWithPrivateEventAccess
        else { throw .denied }
        if let ifMatch = call.ifMatch, ifMatch != "*", ifMatch != found.item.etag(found.slot) { throw .conflict }
        return found
    }

    private func checkWritable(_ calendar: String, _ account: Int) throws(GraphFailure) {
        guard let calendar = accounts[account].calendars.first(where: { $0.id == calendar }), calendar.access >= .write
        else { throw .denied }
    }

    /// Answers one event.
    func event(_ call: GraphCall, _ id: String, in calendar: String?) throws(GraphFailure) -> GraphAnswer {
        let (item, slot) = try find(id, call.account, in: calendar)
        return GraphAnswer(body: entity(try shaped(item, slot, call), "events", call))
    }

    /// An entity with its context in front.
    func entity(_ node: JSONNode, _ path: String, _ call: GraphCall) -> JSONNode {
        let context = context(path, call) + "/$entity"
        var members: [(key: String, value: JSONNode)] = [("@odata.context", .string(context))]
        members += node.object?.members.map { (key: $0.key, value: $0.value) } ?? []
        return .object(JSONObject(members))
    }

    /// The address that describes what an answer holds.
    func context(_ path: String, _ call: GraphCall) -> String {
        "https://graph.microsoft.com/v1.0/$metadata#users('\(accounts[call.account].id)')/\(path)"
    }

    /// Creates an event, or answers the one that the same transaction id made before.
    mutating func create(_ call: GraphCall, in calendar: String) throws(GraphFailure) -> GraphAnswer {
        try checkWritable(calendar, call.account)
        let input = try GraphEventInput(try call.json())
        if let id = input.transactionID, let key = accounts[call.account].transactions[id],
            let item = accounts[call.account].items[key]
        {
            guard !settings.refusesRepeatedTransactions else { throw .repeatedTransaction }
            return GraphAnswer(status: 201, body: entity(try shaped(item, nil, call), "events", call))
        }
        let item = try create(input, in: calendar, of: call.account)
        return GraphAnswer(status: 201, body: entity(try shaped(item, nil, call), "events", call))
    }

    /// Creates an event whose organizer is the account, and invites its guests.
    mutating func create(_ input: GraphEventInput, in calendar: String, of account: Int) throws(GraphFailure)
        -> GraphItem
    {
        try checkMeeting(input, in: calendar, account)
        let owner = accounts[account]
        let organizer = EventPerson(owner.address, name: owner.name)
        var item = try blank(input, in: calendar, organizer: organizer, isOrganizer: true)
        try item.update(input)
        item.extensions = input.extensions
        for node in input.attachments {
            item.attachments.append(try GraphAttachment(node, id: identifiers.text(40) + "=", now: now))
        }
        store(&item, account)
        post(.invitation, item, nil, to: item.guests)
        return accounts[account].items[item.key] ?? item
    }

    /// Online meetings are Teams meetings here, and the calendar must allow those.
    private func checkMeeting(_ input: GraphEventInput, in calendar: String, _ account: Int) throws(GraphFailure) {
        guard input.changes["isOnlineMeeting"]?.bool == true,
            let home = accounts[account].calendars.first(where: { $0.id == calendar })
        else { return }
        guard home.providers.contains("teamsForBusiness") else {
            throw .property("The calendar does not allow online meetings of this provider.")
        }
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
        let (item, slot) = try findToWrite(id, call, in: calendar)
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
        if old.fields["isOnlineMeeting"]?.bool != true { try checkMeeting(input, in: old.calendar, account) }
        var item = old
        if let slot {
            try item.update(slot, with: input, version: nextVersion(), now: now)
        } else {
            try item.update(input, restoresMeeting: settings.restoresOnlineMeetings)
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
        let (item, slot) = try findToWrite(id, call, in: calendar)
        delete(item, slot, of: call.account)
        return GraphAnswer(status: 204)
    }

    /// Deletes and sends cancellations; a guest's own copy goes without an answer.
    mutating func delete(_ old: GraphItem, _ slot: GraphSlot?, of account: Int, comment: String? = nil) {
        if let slot {
            var item = old
            item.cancelledDates = (item.cancelledDates + [slot.date]).sorted()
            item.exceptions.removeAll { $0.date == slot.date }
            store(&item, account)
        } else {
            bury(old, account)
            accounts[account].items[old.key] = nil
        }
        guard old.isOrganizer else { return }
        post(.cancellation, old, slot, to: GraphItem.addresses(in: old.fields(slot)), comment: comment)
    }

    /// Lets the change feed of an item's calendar say that it is gone from there.
    private mutating func bury(_ item: GraphItem, _ account: Int) {
        accounts[account].tombstones.append(
            GraphTombstone(id: item.id(nil), calendar: item.calendar, version: nextVersion(), date: now)
        )
    }

    /// Puts an item into another calendar, where its default id is a new one.
    mutating func move(_ old: GraphItem, to calendar: String, of account: Int) {
        bury(old, account)
        var item = old
        item.calendar = calendar
        item.moves += 1
        store(&item, account)
    }
}
