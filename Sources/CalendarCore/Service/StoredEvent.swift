/// A record with everything that says where it is and what is still to be sent of it.
struct StoredEvent {
    let record: EventRecord
    /// Its links, ordered by calendar.
    let links: [EventLink]
    /// Its operations that may still be sent, oldest first.
    let pending: [OutboxOperation]
    /// What waits to be sent to the copies of its occurrences that differ, oldest first.
    let pendingOccurrenceCopies: [OutboxOperation]
    /// Its operations that a service refused for good.
    let rejected: [OutboxOperation]
    /// The records of its occurrences that differ, where it is a series.
    let exceptions: [EventRecord]

    /// The calendars it is written to.
    var places: [EventPlace] { EventPlace.places(links: links, operations: pending) }

    /// What waits to be sent to a calendar's copy of it, and of its occurrences that differ, oldest first.
    func pendingCopies(in calendar: CalendarKey) -> [OutboxOperation] {
        (pending + pendingOccurrenceCopies).filter { $0.isCopy && $0.calendar == calendar }.oldestFirst()
    }

    /// The link through which the meeting itself is written.
    var meeting: EventLink? { links.first(where: \.isPrimary) }
}

extension ActingCalendars {
    /// A record with its links and operations.
    ///
    /// - Throws: `notFound`.
    func stored(_ id: RecordID) async throws -> StoredEvent {
        let events = service.storage.events
        guard let record = try await events.record(id, tenant: principal.tenant) else {
            throw CalendarError(.notFound, "There is no such event.", identifier: id.rawValue)
        }
        let links = try await events.links(of: id, tenant: principal.tenant)
        let nowhere = CalendarKey(tenant: principal.tenant, connection: "", calendar: "")
        let snapshot = try await events.snapshot(
            SnapshotRequest(calendar: links.first?.calendar ?? nowhere, records: [id])
        )
        var found = snapshot.operations.filter { $0.value.concerned.contains(id) }
        let home = links.first(where: \.isPrimary)?.calendar ?? found.values.first { !$0.isCopy }?.calendar
        if record.role == .series, let home {
            // An edit that divides the series is under the record of its second half.
            for other in try await events.operations(in: home) where other.concerned.contains(id) {
                found[other.id] = other
            }
        }
        let operations = found.values.oldestFirst()
        let exceptions = snapshot.records.values.filter { $0.series == id }.sorted { $0.id < $1.id }
        let differing = Set(exceptions.map(\.id))
        let copied = snapshot.operations.values.filter { $0.isCopy && $0.isPending && differing.contains($0.record) }
        return StoredEvent(
            record: record,
            links: links,
            pending: operations.filter(\.isPending),
            pendingOccurrenceCopies: copied.oldestFirst(),
            rejected: operations.filter { !$0.isPending },
            exceptions: exceptions
        )
    }

    /// Requires the right to an event: through the meeting's connection, or as its owner where it has none.
    func require(_ permission: Permission, for stored: StoredEvent) async throws {
        let place = stored.places.first { !$0.isCopy } ?? stored.places.first
        if let calendar = place?.calendar ?? stored.links.first?.calendar ?? stored.rejected.first?.calendar {
            _ = try await connection(calendar.connection, for: permission)
            return
        }
        guard let owner = stored.record.owner else {
            throw CalendarError(.notFound, "The event is in no calendar.", identifier: stored.record.id.rawValue)
        }
        try service.policy.require(permission, for: principal)
        try requireOwnership(owner)
    }

    /// Requires the right to make events for an owner.
    func requireSchedule(for owner: Connection.Owner) throws {
        try service.policy.require(.schedule, for: principal)
        try requireOwnership(owner)
    }

    /// A user's events are for that user; the organisation's are for those who may connect for it (requirement M-26).
    private func requireOwnership(_ owner: Connection.Owner) throws {
        switch owner {
        case .user(principal.user): return
        case .user: throw CalendarError(.permissionDenied, "The event is another user's.", field: "principal")
        case .organization: try service.policy.require(.connect, for: principal)
        }
    }

    /// Whose events the principal may see without any connection: their own, and the organisation's where they connect it.
    var ownedSides: Set<Connection.Owner> {
        var sides: Set<Connection.Owner> = [.user(principal.user)]
        if service.policy.allows(.connect, for: principal, connection: nil) { sides.insert(.organization) }
        return sides
    }

    /// Decides what places are told, at this instant.
    var placeUpdates: PlaceUpdates {
        PlaceUpdates(now: service.clock.now) { OperationID(service.engine.identifiers.next()) }
    }
}
