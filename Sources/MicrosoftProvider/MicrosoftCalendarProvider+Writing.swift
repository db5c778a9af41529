public import CalendarCore
import Foundation

extension MicrosoftCalendarProvider {
    /// Creates an event, or finds the one an earlier call with the same key created.
    public func create(
        _ creation: EventCreation,
        in calendar: CalendarID,
        session: ProviderSession
    ) async throws -> RemoteEvent {
        try creation.content.validate()
        try MailRule.checkCreation(creation.content, creation.invitations)
        let call = GraphCall(session: session, identifier: calendar.rawValue)
        let (body, properties) = try mapping.created(creation)
        let request = try requests.create(body, in: calendar)
        let response: HTTPResponse
        do {
            response = try await call.send(request, .write)
        } catch let error as CalendarError where error.code == .duplicate {
            // The answer to a repeated transaction is not documented; the event itself tells.
            if let event = try await createdEvent(for: creation.key, in: calendar, session: session) { return event }
            throw error
        }
        return try read(response, of: request, call, written: properties)
    }

    /// The event that was created under a key; nil when there is none.
    public func createdEvent(
        for key: OperationID,
        in calendar: CalendarID,
        session: ProviderSession
    ) async throws -> RemoteEvent? {
        let call = GraphCall(session: session, identifier: calendar.rawValue)
        var request = try requests.events(in: calendar, createdUnder: key)
        var seen: Set<String> = []
        while true {
            let response = try await call.send(request)
            let page = try call.reading(request.operation) { try GraphPage(response.body) }
            if let item = page.items.first {
                return try call.reading(request.operation) {
                    var written = ExtendedProperties()
                    written.key = key.rawValue
                    return try mapping.read(item, account: session.accountAddress, written: written)
                }
            }
            guard let link = page.nextLink, seen.insert(link).inserted else { return nil }
            request = requests.page(try checked(link, call, request.operation), operation: request.operation)
        }
    }

    /// Changes the fields of an event that differ from its base; reads it when none does.
    ///
    /// A refused version is looked at once more: where the event already says what was wanted, an earlier attempt of the
    /// same change landed. A changed occurrence is read again, because the service was seen to confirm such a change
    /// without keeping it.
    ///
    /// - Throws: `CalendarError.conflict` when the event changed since its etag, `notFound` when it is gone, `rejected`
    ///   when a guest would change what is the organizer's, `unsupported` when a silent change would mail guests. No
    ///   request is made in the last two cases.
    public func update(
        _ update: EventUpdate,
        in calendar: CalendarID,
        session: ProviderSession
    ) async throws -> RemoteEvent {
        try update.content.validate()
        let fields = ChangedFields.of(update)
        try GuestRule.check(update, fields, account: session.accountAddress)
        try MailRule.checkUpdate(update, fields, account: session.accountAddress)
        let body = try mapping.patch(fields, of: update.content, base: update.base)
        guard !body.members.isEmpty else { return try await event(update.id, in: calendar, session: session) }
        let call = GraphCall(session: session, identifier: update.id.rawValue)
        let request = try requests.update(update.id, body, etag: update.etag)
        let response: HTTPResponse
        do {
            response = try await call.send(request, .write)
        } catch let error as CalendarError where error.code == .conflict {
            let current = try await event(update.id, in: calendar, session: session)
            guard says(current, update.content, in: fields) else { throw error }
            return current
        }
        var written = ExtendedProperties()
        written.zone = mapping.keptZone(update.content)
        written.tags = update.content.hostTags
        let answered = try read(response, of: request, call, written: written)
        guard case .exception = answered.role else { return answered }
        let kept = try await event(update.id, in: calendar, session: session)
        guard says(kept, answered.content, in: fields) else {
            throw CalendarError(
                .unavailable,
                "The service confirmed the change of an occurrence and does not show it.",
                provider: .microsoft,
                operation: request.operation,
                identifier: update.id.rawValue,
                isOutcomeUnknown: true
            )
        }
        return kept
    }

    /// Whether an event says what was wanted in some fields; a conference counts by being there.
    private func says(_ event: RemoteEvent, _ content: EventContent, in fields: [EventField]) -> Bool {
        var wanted = canonical(content)
        let found = canonical(event.content)
        if wanted.conference != nil, found.conference != nil { wanted.conference = found.conference }
        let hasTags = !fields.contains(.hostTags) || event.content.hostTags == content.hostTags
        return hasTags && wanted.changedFields(from: found).isDisjoint(with: fields)
    }

    /// Deletes an event; succeeds when it is gone already.
    ///
    /// A silent deletion first looks whether it would mail anybody, which is one request more.
    public func delete(_ deletion: EventDeletion, in calendar: CalendarID, session: ProviderSession) async throws {
        let call = GraphCall(session: session, identifier: deletion.id.rawValue)
        do {
            if deletion.invitations == .silent {
                let request = try requests.guests(of: deletion.id)
                let response = try await call.send(request)
                try call.reading(request.operation) {
                    try MailRule.checkDeletion(GraphPage.root(response.body))
                }
            }
            _ = try await call.send(try requests.delete(deletion.id, etag: deletion.etag), .write)
        } catch let error as CalendarError where error.code == .notFound {
            return
        }
    }
}

/// The key as Graph's `transactionId`, which makes a repeated creation harmless.
enum TransactionID {
    /// A UUID when the key is 32 hexadecimal digits, else the key as it is.
    static func text(of key: OperationID) -> String {
        let digits = Array(key.rawValue)
        guard digits.count == 32, digits.allSatisfy(\.isHexDigit) else { return key.rawValue }
        let groups = [0..<8, 8..<12, 12..<16, 16..<20, 20..<32]
        return groups.map { String(digits[$0]) }.joined(separator: "-")
    }
}

/// What an update has to send.
enum ChangedFields {
    /// The fields that differ in the form Graph keeps, and the host's marks, in the order of their names.
    static func of(_ update: EventUpdate) -> [EventField] {
        var fields = EventMapping.canonical(update.content).changedFields(from: EventMapping.canonical(update.base))
        if update.content.hostTags != update.base.hostTags { fields.insert(.hostTags) }
        if update.content.attendeesAreIncomplete { fields.remove(.attendees) }
        return fields.sorted()
    }
}
