public import CalendarCore

extension MicrosoftCalendarProvider {
    /// Creates an event, or finds the one an earlier call with the same key created.
    ///
    /// Graph knows no excluded dates, so the occurrences on them are deleted once the series is there; with guests each
    /// deletion mails them. They are noted on the series, so that ``createdEvent(for:in:session:)`` finishes what was
    /// interrupted. The link of an online meeting that is still missing in the answer is looked for once.
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
        let event = try read(response, of: request, call, written: properties)
        if let excluded = properties.exclusions {
            return try await finish(event, excluding: excluded, in: calendar, session: session)
        }
        guard event.content.conference?.state == .pending else { return event }
        return try await self.event(event.id, in: calendar, session: session)
    }

    /// The event that was created under a key, with its excluded dates left out; nil when there is none.
    public func createdEvent(
        for key: OperationID,
        in calendar: CalendarID,
        session: ProviderSession
    ) async throws -> RemoteEvent? {
        let call = GraphCall(session: session, identifier: calendar.rawValue)
        var written = ExtendedProperties()
        written.key = key.rawValue
        var found: (event: RemoteEvent, excluded: [CivilDateTime])?
        try await eachPage(from: try requests.events(in: calendar, createdUnder: key), call) { page in
            guard let item = page.items.first else { return true }
            let event = try mapping.read(item, account: session.accountAddress, written: written)
            found = (event, ExtendedProperties(item, names: configuration.properties).exclusions ?? [])
            return false
        }
        guard let found, !found.excluded.isEmpty else { return found?.event }
        return try await finish(found.event, excluding: found.excluded, in: calendar, session: session)
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
