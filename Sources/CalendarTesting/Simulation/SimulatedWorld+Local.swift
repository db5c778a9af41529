import CalendarCore
import Foundation
internal import Synchronization

extension SimulatedWorld {
    /// Makes an event in the host.
    func createLocally(_ action: SimulationAction, in connection: ConnectionID, _ process: SimulatedProcess)
        -> SimulatedProcess.Ending
    {
        let marker = ledger.withLock { "m\($0.next())" }
        guard var shape = SimulatedShape.event(marker, variant: action.variant) else { return .done }
        // Graph cannot write to guests in silence, so only the other service's events have one.
        if action.service == "google", action.variant % 4 == 1 {
            shape.content.attendees = [Attendee(SimulatedShape.guest)]
        }
        var entry = SimulationLedger.Entry(
            service: action.service,
            isSeries: shape.isSeries,
            start: shape.start,
            existence: .certain
        )
        entry.local[.title] = shape.content.title
        entry.local[.time] = SimulatedShape.text(shape.content.start)
        let ending = process.run { [shape] service in
            try await service.acting(as: Self.principal)
                .create(shape.content, in: connection, invitations: .silent)
        }
        switch ending {
        case .done: ledger.withLock { [entry] in $0.add(marker, entry) }
        case .crashed:
            entry.existence = .possible
            ledger.withLock { [entry] in $0.add(marker, entry) }
        case .failed(let error): steps.note("  not made: \(error)")
        case .escaped: break
        }
        return ending
    }

    /// An event that the host has, and what is known of it.
    struct OwnEvent: Sendable {
        let record: RecordID
        let marker: String
        let entry: SimulationLedger.Entry
    }

    /// The event that an action is about; nil when the host has none.
    func object(of action: SimulationAction, _ storage: CalendarStorage) async throws -> OwnEvent? {
        own(action, among: try await ownRecords(of: action.service, storage))
    }

    /// The series that an action is about; nil when the host has none.
    func series(of action: SimulationAction, _ storage: CalendarStorage) async throws -> OwnEvent? {
        own(action, among: try await ownRecords(of: action.service, storage).filter { $0.role == .series })
    }

    private func own(_ action: SimulationAction, among records: [EventRecord]) -> OwnEvent? {
        guard !records.isEmpty else { return nil }
        let record = records[action.pick % records.count]
        guard let marker = SimulationLedger.marker(in: record.content.title),
            let entry = ledger.withLock({ $0.entries[marker] })
        else { return nil }
        return OwnEvent(record: record.id, marker: marker, entry: entry)
    }

    /// Deletes an event in the host.
    func deleteLocally(_ object: OwnEvent, _ process: SimulatedProcess) -> SimulatedProcess.Ending {
        let ending = process.run { service in
            try await service.acting(as: Self.principal).delete(object.record, invitations: .silent)
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
    ///   - variant: Which field, and how.
    ///   - process: The process.
    ///   - work: What the process does at the same time.
    /// - Returns: How the process ended; a refused edit is no failure of the work beside it.
    func changeLocally(
        _ object: OwnEvent,
        variant: Int,
        _ process: SimulatedProcess,
        beside work: @escaping @Sendable (CalendarService) async throws -> Void = { _ in }
    ) -> SimulatedProcess.Ending {
        let number = ledger.withLock { $0.next() }
        let edit = SimulatedShape.edit(object.marker, number: number, variant: variant, of: object.entry)
        let isChanged = SimulatedAnswer<Bool>()
        let ending = process.run { [steps] service in
            async let side: Void = work(service)
            do {
                try await service.acting(as: Self.principal)
                    .update(object.record, invitations: .silent) { edit.change(&$0) }
                isChanged.set(true)
            } catch {
                steps.note("  not changed: \(error)")
                isChanged.set(false)
            }
            try await side
        }
        ledger.withLock { ledger in
            ledger.update(object.marker) { entry in
                switch isChanged.value {
                case true: entry.local[edit.field] = edit.value
                case false: break
                case nil: entry.possible[edit.field, default: []].insert(edit.value)
                }
            }
        }
        return ending
    }

    /// Notes which of the host's own events it knows to be at the service.
    func noteConfirmed(_ storage: CalendarStorage) async throws {
        let open = ledger.withLock { $0.entries.values.contains { !$0.isConfirmed } }
        guard open else { return }
        for service in services {
            for record in try await ownRecords(of: service, storage) {
                guard let marker = SimulationLedger.marker(in: record.content.title),
                    !(try await storage.events.links(of: record.id, tenant: Self.tenant)).isEmpty
                else { continue }
                ledger.withLock { $0.update(marker) { $0.isConfirmed = true } }
            }
        }
    }

    /// The single events and series that the host has of a service, in the order of their ids.
    func ownRecords(of service: ProviderID, _ storage: CalendarStorage) async throws -> [EventRecord] {
        let query = try RecordQuery(tenant: Self.tenant, start: .distantPast, end: .distantFuture)
        return try await storage.events.records(query).filter { record in
            if case .exception = record.role { return false }
            guard let marker = SimulationLedger.marker(in: record.content.title) else { return false }
            return ledger.withLock { $0.entries[marker]?.service == service }
        }
    }
}

extension SimulationLedger.Existence {
    /// What is known after a delete that may not have happened.
    var weakened: SimulationLedger.Existence { self == .deleted ? .deleted : .possible }
}
