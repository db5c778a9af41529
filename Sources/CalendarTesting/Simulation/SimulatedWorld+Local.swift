import CalendarCore
import Foundation
internal import Synchronization

/// What the host's user does to events.
extension SimulatedWorld {
    /// An event that the host has, and what is known of it.
    struct OwnEvent: Sendable {
        let record: RecordID
        let content: EventContent
        let marker: String
        let entry: SimulationLedger.Entry

        /// Whether guests are told of an edit: Graph cannot write to guests in silence, elsewhere it is the user's choice.
        func policy(_ variant: Int) -> InvitationPolicy {
            guard entry.hadGuests else { return .silent }
            return entry.home.service == "microsoft" || variant % 2 == 0 ? .notifyGuests : .silent
        }
    }

    /// The event that an action is about; nil when the host has none that its user may change.
    func object(
        of action: SimulationAction,
        _ storage: CalendarStorage,
        where isMeant: (OwnEvent) -> Bool = { _ in true }
    ) async throws -> OwnEvent? {
        let objects = try await ownRecords(storage).compactMap { record -> OwnEvent? in
            guard let marker = SimulationLedger.marker(in: record.content.title),
                let entry = ledger.withLock({ $0.entries[marker] }),
                entry.home == .main(of: action.service)
            else { return nil }
            return OwnEvent(record: record.id, content: record.content, marker: marker, entry: entry)
        }.filter(isMeant)
        return objects.isEmpty ? nil : objects[action.pick % objects.count]
    }

    /// Makes an event in the host, for one connection or for all of its owner's.
    func createLocally(
        _ action: SimulationAction,
        in connection: ConnectionID,
        _ process: SimulatedProcess
    ) -> SimulatedProcess.Ending {
        let marker = ledger.withLock { "m\($0.next())" }
        let guests = action.variant % 4 == 1 ? 1 + action.variant / 4 % 2 : 0
        let invited = Array(SimulatedShape.guests.prefix(guests))
        guard let shape = SimulatedShape.event(marker, variant: action.variant, guests: invited) else { return .done }
        let home = SimulatedAccount.main(of: action.service)
        var entry = SimulationLedger.Entry(
            home: home,
            isSeries: shape.isSeries,
            start: shape.start,
            existence: .certain
        )
        entry.hadGuests = guests > 0
        for field in [EventField.title, .time, .attendees] {
            entry.write(field, SimulatedShape.value(of: field, in: shape.content), by: .host)
        }
        let isLoud = guests > 0 && (action.service == "microsoft" || action.variant / 4 % 3 == 0)
        let policy: InvitationPolicy = isLoud ? .notifyGuests : .silent
        let isEverywhere = action.kind == .localCreateEverywhere
        let placement = SimulatedAnswer<EventPlacement>()
        let ending = process.run { [steps] service in
            let host = service.acting(as: Self.principal)
            guard isEverywhere else {
                try await host.create(shape.content, in: connection, invitations: policy)
                return
            }
            let made = try await host.create(shape.content, meetingIn: connection, invitations: policy)
            steps.note("  in \(made.places.count) places")
            placement.set(made)
        }
        switch ending {
        case .done: entry.invites = isLoud
        case .crashed: entry.existence = .possible
        case .failed(let error):
            steps.note("  not made: \(error)")
            return ending
        case .escaped: return ending
        }
        for (account, id) in connected where isEverywhere && account != home {
            guard let made = placement.value else {
                entry.copies[account] = .possible
                continue
            }
            let isCopied = made.places.contains { $0.isCopy && $0.calendar.connection == id }
            entry.copies[account] = isCopied ? .certain : nil
        }
        ledger.withLock { [entry] ledger in
            ledger.add(marker, entry)
            if isLoud { ledger.ask(guests, about: marker) }
        }
        return ending
    }

    /// Deletes an event in the host.
    func deleteLocally(_ object: OwnEvent, variant: Int, _ process: SimulatedProcess) -> SimulatedProcess.Ending {
        let policy = object.policy(variant)
        if policy == .notifyGuests {
            ledger.withLock { $0.ask(SimulatedShape.guests.count, about: object.marker) }
        }
        let ending = process.run { service in
            try await service.acting(as: Self.principal).delete(object.record, invitations: policy)
        }
        switch ending {
        case .done: ledger.withLock { $0.update(object.marker) { $0.existence = .deleted } }
        case .crashed: ledger.withLock { $0.update(object.marker) { $0.existence = $0.existence.weakened } }
        case .failed(let error): steps.note("  not deleted: \(error)")
        case .escaped: break
        }
        return ending
    }

    /// Changes an event in the host, while other work goes on.
    ///
    /// - Parameters:
    ///   - object: The event.
    ///   - action: Which field, and how.
    ///   - process: The process.
    ///   - work: What the process does at the same time.
    /// - Returns: How the process ended; a refused edit is no failure of the work beside it.
    func changeLocally(
        _ object: OwnEvent,
        _ action: SimulationAction,
        _ process: SimulatedProcess,
        beside work: @escaping @Sendable (CalendarService) async throws -> Void = { _ in }
    ) -> SimulatedProcess.Ending {
        let number = ledger.withLock { $0.next() }
        let isInvitation = action.kind == .localInvite
        let edit =
            isInvitation
            ? SimulatedShape.guestEdit(variant: action.variant, of: object.content)
            : SimulatedShape.edit(object.marker, number: number, variant: action.variant, of: object.entry)
        var told = object
        if isInvitation {
            ledger.withLock { ledger in
                ledger.update(object.marker) { entry in
                    (entry.hadGuests, entry.hadGuestChanges, entry.answers) = (true, true, [:])
                }
                if let entry = ledger.entries[object.marker] {
                    told = OwnEvent(
                        record: object.record,
                        content: object.content,
                        marker: object.marker,
                        entry: entry
                    )
                }
            }
        }
        let policy = told.policy(action.variant / 9)
        if policy == .notifyGuests {
            let count = SimulatedShape.audience(of: edit, on: object.content)
            ledger.withLock { $0.ask(count, about: object.marker) }
        }
        let isChanged = SimulatedAnswer<Bool>()
        let ending = process.run { [steps] service in
            async let side: Void = work(service)
            do {
                try await service.acting(as: Self.principal)
                    .update(object.record, invitations: policy) { edit.change(&$0) }
                isChanged.set(true)
            } catch {
                steps.note("  not changed: \(error)")
                isChanged.set(false)
            }
            try await side
        }
        ledger.withLock { ledger in
            ledger.update(object.marker) { entry in
                if edit.field == .time { entry.answers = [:] }
                switch isChanged.value {
                case true: entry.write(edit.field, edit.value, by: .host)
                case false: break
                case nil: entry.possible[edit.field, default: []].insert(edit.value)
                }
            }
        }
        return ending
    }

    /// Notes which events and copies the host knows to be at a service.
    func noteConfirmed(_ storage: CalendarStorage) async throws {
        let isOpen = ledger.withLock { ledger in
            ledger.entries.values.contains { !$0.isConfirmed || $0.confirmedCopies.count < $0.copies.count }
        }
        guard isOpen else { return }
        for record in try await ownRecords(storage) {
            guard let marker = SimulationLedger.marker(in: record.content.title) else { continue }
            let links = try await storage.events.links(of: record.id, tenant: Self.tenant)
            let copies = links.filter(\.isCopy).map(\.calendar.connection)
            let accounts = connected.filter { copies.contains($0.connection) }.map(\.account)
            let isThere = links.contains { !$0.isCopy }
            ledger.withLock { ledger in
                ledger.update(marker) { entry in
                    if isThere { entry.isConfirmed = true }
                    entry.confirmedCopies.formUnion(accounts)
                }
            }
        }
    }

    /// The single events and series that the host has and its user works on, in the order of their ids.
    func ownRecords(_ storage: CalendarStorage) async throws -> [EventRecord] {
        try await records(storage).filter { record in
            guard let marker = SimulationLedger.marker(in: record.content.title) else { return false }
            return ledger.withLock { $0.entries[marker] != nil }
        }
    }

    /// The single events and series that the host has, in the order of their ids.
    func records(_ storage: CalendarStorage) async throws -> [EventRecord] {
        let query = try RecordQuery(tenant: Self.tenant, start: .distantPast, end: .distantFuture)
        return try await storage.events.records(query).filter { record in
            if case .exception = record.role { return false }
            return true
        }
    }
}
