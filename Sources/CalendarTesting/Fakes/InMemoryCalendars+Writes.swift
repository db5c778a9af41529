import CalendarCore

extension InMemoryCalendars {
    mutating func create(_ creation: EventCreation, in calendar: CalendarID) -> RemoteEvent {
        if let existing = events[calendar]?.values.first(where: { $0.creationKey == creation.key }) { return existing }
        let event = RemoteEvent(
            id: RemoteEventID(creation.key.rawValue),
            etag: nil,
            iCalUID: "\(creation.key)@in-memory",
            role: creation.content.recurrence == nil ? .single : .master,
            content: creation.content,
            isOrganizer: true,
            creationKey: creation.key
        )
        tellGuests(of: event, creation.invitations)
        return put(event, in: calendar)
    }

    mutating func update(_ update: EventUpdate, in calendar: CalendarID) throws -> RemoteEvent {
        var event = try self.event(update.id, in: calendar)
        try check(update.etag, event)
        let fields = update.content.changedFields(from: update.base)
        guard !fields.isEmpty else { return event }
        for field in fields { event.content.take(field, from: update.content) }
        if event.role == .single, event.content.recurrence != nil { event.role = .master }
        tellGuests(of: event, update.invitations)
        return put(event, in: calendar)
    }

    mutating func delete(_ deletion: EventDeletion, in calendar: CalendarID) throws {
        guard let event = try? event(deletion.id, in: calendar) else { return }
        try check(deletion.etag, event)
        tellGuests(of: event, deletion.invitations)
        remove(deletion.id, from: calendar)
    }

    mutating func respond(_ response: InvitationResponse, in calendar: CalendarID) throws -> RemoteEvent {
        var event = try self.event(response.event, in: calendar)
        try check(response.etag, event)
        guard let index = event.content.attendees.firstIndex(where: \.isSelf) else {
            throw CalendarError(.rejected, "The account is not invited.", identifier: response.event.rawValue)
        }
        event.content.attendees[index].response = response.answer
        event.content.attendees[index].comment = response.comment
        if response.invitations == .notifyGuests { mailCount += 1 }
        return put(event, in: calendar)
    }

    /// Moves an event with the occurrences that differ from it.
    mutating func move(_ move: EventMove, from calendar: CalendarID) throws -> RemoteEvent {
        if calendar != move.destination, let moved = events[move.destination]?[move.event] { return moved }
        let event = try self.event(move.event, in: calendar)
        try check(move.etag, event)
        if case .exception = event.role {
            throw CalendarError(.rejected, "An occurrence does not move alone.", identifier: move.event.rawValue)
        }
        guard calendars.contains(where: { $0.id == move.destination }) else {
            throw CalendarError(.notFound, "There is no such calendar.", identifier: move.destination.rawValue)
        }
        guard calendar != move.destination else { return event }
        let exceptions = exceptions(of: event.id, in: calendar)
        let gone = (cancelled[calendar] ?? [:]).filter { $0.value.series == event.id }
        tellGuests(of: event, move.invitations)
        remove(event.id, from: calendar)
        let moved = put(event, in: move.destination)
        for exception in exceptions { _ = put(exception, in: move.destination) }
        cancelled[move.destination, default: [:]].merge(gone) { _, new in new }
        return moved
    }

    private mutating func tellGuests(of event: RemoteEvent, _ policy: InvitationPolicy) {
        if policy == .notifyGuests { mailCount += event.content.attendees.count { !$0.isSelf } }
    }

    private func check(_ etag: String?, _ event: RemoteEvent) throws {
        guard etag == nil || etag == event.etag else {
            throw CalendarError(.conflict, "The event has changed.", identifier: event.id.rawValue)
        }
    }
}
