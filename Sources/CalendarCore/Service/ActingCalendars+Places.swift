extension ActingCalendars {
    /// Creates an event in the host and journals the intent to create it in every calendar that is to have it (M-13).
    ///
    /// These are the calendars for new events of its owner's connections that are active and sync, and of the
    /// organisation's where the service was told so. One of them holds the meeting with its guests, the others copies
    /// without. Nothing is sent before a connection is synced. Having no connection is an outcome and no error: the event
    /// stays in the host, where it can be seen, changed and deleted.
    ///
    /// - Parameters:
    ///   - content: What the event says.
    ///   - owner: Whose it is; nil means the principal's.
    ///   - meeting: The connection whose calendar holds the meeting; nil means the oldest one.
    ///   - activity: What it belongs to in the host.
    ///   - invitations: Whether guests are told, by the meeting's calendar.
    /// - Returns: The record, and where it will be.
    /// - Throws: `invalidArgument` naming the field, `notFound` for a `meeting` that is none of these connections,
    ///   `permissionDenied`; nothing is stored then.
    @discardableResult
    public func create(
        _ content: EventContent,
        for owner: Connection.Owner? = nil,
        meetingIn meeting: ConnectionID? = nil,
        activity: ActivityID? = nil,
        invitations: InvitationPolicy
    ) async throws -> EventPlacement {
        try content.validate()
        let owner = owner ?? .user(principal.user)
        try requireSchedule(for: owner)
        let targets = try await targets(for: owner, of: content, meetingIn: meeting)
        let record = RecordID(service.engine.identifiers.next())
        let edits = LocalEdits(now: service.clock.now)
        var commit: RepositoryCommit
        if let first = targets.first {
            commit = edits.create(
                content,
                in: first,
                record: record,
                operation: OperationID(service.engine.identifiers.next()),
                owner: owner,
                activity: activity,
                invitations: invitations
            )
        } else {
            commit = edits.keep(content, record: record, tenant: principal.tenant, owner: owner, activity: activity)
        }
        if let stored = commit.records.first?.record {
            for calendar in targets.dropFirst() {
                let place = EventPlace(calendar: calendar, isCopy: true)
                commit.operations.append(placeUpdates.creation(place, of: stored, besides: []))
            }
        }
        try await service.storage.events.commit(commit)
        return try await placement(of: record)
    }

    /// Where an event is kept, and how far that is.
    ///
    /// - Parameter record: The event.
    /// - Returns: Its places.
    /// - Throws: `notFound`, or `permissionDenied` without the right to view it.
    public func placement(of record: RecordID) async throws -> EventPlacement {
        let stored = try await self.stored(record)
        try await require(.view, for: stored)
        let linked = stored.links.filter { $0.isPrimary || $0.isCopy }.map { link in
            EventPlacement.Place(calendar: link.calendar, isCopy: link.isCopy, state: .linked)
        }
        var waiting: [EventPlacement.Place] = []
        for place in stored.places where !linked.contains(where: { $0.calendar == place.calendar }) {
            waiting.append(.init(calendar: place.calendar, isCopy: place.isCopy, state: .queued))
        }
        for operation in stored.rejected where operation.action == .create {
            waiting.append(.init(calendar: operation.calendar, isCopy: operation.isCopy, state: .rejected))
        }
        let places = (linked + waiting).sorted { left, right in
            left.isCopy == right.isCopy ? left.calendar < right.calendar : right.isCopy
        }
        return EventPlacement(record: record, places: places)
    }

    /// Has an event copied into a further calendar; what is changed in either place later reaches the other (M-12).
    ///
    /// The copy has no guests and causes no mail. An edit of the copy reaches the event as long as that has no guests;
    /// the copy of a meeting with guests is put back, and what it said is recorded as a conflict. Of a series everything
    /// is copied, with the occurrences that differ. Does nothing where the calendar holds the event already.
    ///
    /// - Parameters:
    ///   - record: The event; for a series its own record, not an occurrence's.
    ///   - connection: The connection that receives the copy.
    ///   - calendar: Its calendar; nil means the one for new events.
    /// - Throws: `notFound`, `permissionDenied`, `invalidArgument` naming `record` for an occurrence, or `connection` when
    ///   it has no calendar for new events yet.
    public func copy(_ record: RecordID, to connection: ConnectionID, calendar: CalendarID? = nil) async throws {
        let target = try await self.connection(connection, for: .schedule)
        guard let id = calendar ?? target.selection.write else {
            throw CalendarError.invalidArgument(
                "connection",
                "Sync the connection, or choose a calendar for new events."
            )
        }
        let key = CalendarKey(tenant: principal.tenant, connection: connection, calendar: id)
        try await service.storage.events.commit(deciding: {
            let stored = try await self.stored(record)
            try await require(.view, for: stored)
            guard stored.record.series == nil else {
                throw CalendarError.invalidArgument("record", "Copy the series; its occurrences come with it.")
            }
            var commit = RepositoryCommit(tenant: principal.tenant)
            let place = EventPlace(calendar: key, isCopy: true)
            let removal = stored.pending.last { $0.isCopy && $0.calendar == key && $0.action == .delete }
            let isThere = stored.links.contains { $0.calendar == key } || stored.places.contains { $0.calendar == key }
            guard removal != nil || !isThere else { return commit }
            let moved = Set(stored.exceptions.map(\.originalInstant))
            let updates = placeUpdates
            var operations = [updates.creation(place, of: stored.record, besides: moved)]
            if let removal, removal.state == .queued {
                commit.removedOperations[removal.id] = removal.revision
                let content = place.content(of: stored.record, besides: moved)
                let update = updates.update(place, of: stored.record, from: nil, to: content, pending: [])
                operations = [update].compactMap(\.self)
            } else {
                // Read again, so that nobody changes it between here and the copy without the copy's being told.
                commit.records = [.init(stored.record, expecting: stored.record.revision)]
            }
            for exception in stored.exceptions {
                let content = place.content(of: exception, besides: [])
                let update = updates.update(place, of: exception, from: nil, to: content, pending: [])
                if let update { operations.append(update) }
            }
            commit.operations = operations.spread()
            return commit
        })
    }

    /// Takes the copy of an event out of a calendar; the event stays where it is otherwise.
    ///
    /// Does nothing where the calendar holds no copy of it.
    ///
    /// - Throws: `notFound`, `permissionDenied`.
    public func removeCopy(of record: RecordID, from calendar: CalendarKey) async throws {
        _ = try await connection(calendar.connection, for: .schedule)
        try await service.storage.events.commit(deciding: {
            let stored = try await self.stored(record)
            try await require(.view, for: stored)
            var commit = RepositoryCommit(tenant: principal.tenant)
            for operation in stored.pendingCopies(in: calendar) where operation.state == .queued {
                commit.removedOperations[operation.id] = operation.revision
            }
            let isThere =
                stored.links.contains { $0.isCopy && $0.calendar == calendar }
                || stored.pending.contains { $0.isCopy && $0.calendar == calendar && $0.state != .queued }
            if isThere {
                commit.operations = [
                    placeUpdates.removal(EventPlace(calendar: calendar, isCopy: true), of: stored.record)
                ]
            }
            return commit
        })
    }

    /// The calendars that receive an owner's new event, the meeting's first.
    ///
    /// Where a guest's own account is connected, the service brings the invitation itself: a copy would stand beside it.
    private func targets(
        for owner: Connection.Owner,
        of content: EventContent,
        meetingIn meeting: ConnectionID?
    ) async throws -> [CalendarKey] {
        let all = try await service.storage.connections.connections(of: principal.tenant)
            .filter { $0.isUsable && $0.isSyncEnabled && $0.selection.write != nil }
        var found = all.filter { $0.owner == owner }
        if service.mirroring == .ownerAndOrganization, owner != .organization {
            found += all.filter { $0.owner == .organization }
        }
        if let meeting {
            guard let first = found.firstIndex(where: { $0.key.connection == meeting }) else {
                throw CalendarError(.notFound, "The owner has no such connection.", identifier: meeting.rawValue)
            }
            found.insert(found.remove(at: first), at: 0)
        }
        let guests = Set(content.attendees.map { $0.person.address.lowercased() })
        return found.enumerated().compactMap { index, connection in
            guard let calendar = connection.selection.write else { return nil }
            guard index == 0 || !guests.contains(connection.account.address.lowercased()) else { return nil }
            return CalendarKey(tenant: principal.tenant, connection: connection.key.connection, calendar: calendar)
        }
    }
}
