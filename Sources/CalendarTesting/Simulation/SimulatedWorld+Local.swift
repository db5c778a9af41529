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

    /// Changes or deletes an event in the host.
    func changeLocally(_ action: SimulationAction, _ process: SimulatedProcess, _ storage: CalendarStorage) async throws
        -> SimulatedProcess.Ending
    {
        let records = try await ownRecords(of: action.service, storage)
        guard !records.isEmpty else { return .done }
        let record = records[action.pick % records.count]
        guard let marker = SimulationLedger.marker(in: record.content.title),
            let entry = ledger.withLock({ $0.entries[marker] })
        else { return .done }
        if action.kind == .localDelete {
            let ending = process.run { service in
                try await service.acting(as: Self.principal).delete(record.id, invitations: .silent)
            }
            switch ending {
            case .done: ledger.withLock { $0.update(marker) { $0.existence = .deleted } }
            case .crashed: ledger.withLock { $0.update(marker) { $0.existence = $0.existence.weakened } }
            case .failed(let error): steps.note("  not deleted: \(error)")
            case .escaped: break
            }
            return ending
        }
        let number = ledger.withLock { $0.next() }
        let edit = SimulatedShape.edit(marker, number: number, variant: action.variant, of: entry)
        let ending = process.run { service in
            try await service.acting(as: Self.principal)
                .update(record.id, invitations: .silent) { edit.change(&$0) }
        }
        switch ending {
        case .done: ledger.withLock { $0.update(marker) { $0.local[edit.field] = edit.value } }
        case .crashed: ledger.withLock { $0.update(marker) { $0.possible[edit.field, default: []].insert(edit.value) } }
        case .failed(let error): steps.note("  not changed: \(error)")
        case .escaped: break
        }
        return ending
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
