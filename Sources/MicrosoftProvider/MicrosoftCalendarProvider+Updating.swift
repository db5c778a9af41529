public import CalendarCore

extension MicrosoftCalendarProvider {
    /// Changes the fields of an event that differ from its base; reads it when none does.
    ///
    /// A refused version is looked at once more: where the event already says what was wanted, an earlier attempt of the
    /// same change landed. A changed occurrence is read again, because the service was seen to confirm such a change
    /// without keeping it. A new text of an online meeting keeps the block that leads into the meeting, which costs a
    /// read first; so do excluded dates, each of which then costs the deletion of its occurrence.
    ///
    /// - Throws: `CalendarError.conflict` when the event changed since its etag, `notFound` when it is gone, `rejected`
    ///   when a guest would change what is the organizer's, `unsupported` when a silent change would mail guests; nothing
    ///   is written in the last two cases.
    public func update(
        _ update: EventUpdate,
        in calendar: CalendarID,
        session: ProviderSession
    ) async throws -> RemoteEvent {
        try update.content.validate()
        let fields = ChangedFields.of(update)
        try GuestRule.check(update, fields, account: session.accountAddress)
        try MailRule.checkUpdate(update, fields, account: session.accountAddress)
        var body = try mapping.patch(fields, of: update.content, base: update.base)
        let excluded = try await exclusions(missingFor: update, fields, session: session)
        if !excluded.isEmpty { try MailRule.checkExclusion(update) }
        if fields.contains(.body), OnlineMeetingMapping.canonical(update.base.conference) != nil {
            try await keepJoinBlock(of: update, in: &body, calendar, session: session)
        }
        var answered: RemoteEvent?
        if !body.members.isEmpty { answered = try await send(body, of: update, fields, in: calendar, session: session) }
        if !excluded.isEmpty {
            try await leaveOut(excluded, of: update.id, session: session)
            answered = nil
        }
        // The link of a meeting that was asked for may follow a moment later.
        let awaitsLink = fields.contains(.conference) && answered?.content.conference?.state == .pending
        if let answered, !awaitsLink { return answered }
        return try await event(update.id, in: calendar, session: session)
    }

    private func send(
        _ body: JSONObject,
        of update: EventUpdate,
        _ fields: [EventField],
        in calendar: CalendarID,
        session: ProviderSession
    ) async throws -> RemoteEvent {
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

    /// Puts the block that leads into the meeting into a body with a new text, as the event holds it now.
    private func keepJoinBlock(
        of update: EventUpdate,
        in body: inout JSONObject,
        _ calendar: CalendarID,
        session: ProviderSession
    ) async throws {
        let current = try await event(update.id, in: calendar, session: session).content
        guard let joinURL = current.conference?.joinURL, let text = current.body, text.isHTML,
            let block = JoinBlock(in: text.text, joinURL: joinURL)
        else { return }
        var content = update.content
        if let own = content.body, own.isHTML, JoinBlock.leads(own.text, to: joinURL) { return }
        content.body = block.carried(by: content.body)
        BodyMapping.write(content, into: &body)
    }

    /// Whether an event says what was wanted in some fields; a conference counts by being there.
    private func says(_ event: RemoteEvent, _ content: EventContent, in fields: [EventField]) -> Bool {
        var wanted = canonical(content)
        let found = canonical(event.content)
        if wanted.conference != nil, found.conference != nil { wanted.conference = found.conference }
        let hasTags = !fields.contains(.hostTags) || event.content.hostTags == content.hostTags
        return hasTags && wanted.changedFields(from: found).isDisjoint(with: fields)
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
