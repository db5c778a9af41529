import CalendarCore
internal import Synchronization

/// The main accounts' further calendars: nothing in the host changes their events, and the ledger does not know them.
extension SimulatedWorld {
    /// What the titles of their events begin with.
    static let teamMarker = "team"

    /// Makes, changes or deletes an event in the calendar as a person does.
    func workInTeam(_ action: SimulationAction, _ side: any SimulatedSide) {
        let address = SimulatedAccount.main(of: action.service).address
        guard let calendar = teamCalendars[action.service] else { return }
        let number = ledger.withLock { $0.next() }
        let events = side.events(of: address, calendar: calendar).filter { !$0.isCancelled && !$0.isException }
        if events.isEmpty || action.variant % 3 == 0 {
            let title = "\(Self.teamMarker)\(number)"
            guard let shape = SimulatedShape.event(title, variant: action.variant / 3) else { return }
            _ = side.add(shape.content, to: address, calendar: calendar)
        } else if action.variant % 3 == 1 {
            side.change(events[action.pick % events.count].id, of: address, calendar: calendar) { content in
                content.location = "room \(number)"
            }
        } else {
            side.remove(events[action.pick % events.count].id, of: address, calendar: calendar)
        }
    }

    /// Has the host mirror the calendar, or no longer.
    func selectLocally(
        _ service: ProviderID,
        _ process: SimulatedProcess,
        _ storage: CalendarStorage
    ) async throws -> SimulatedProcess.Ending {
        guard let team = teamCalendars[service], let connection = mainConnection(service),
            let stored = try await storage.connections.connection(.init(tenant: Self.tenant, connection: connection)),
            let primary = stored.selection.write
        else { return .done }
        let isMirrored = stored.selection.read?.contains(team) ?? false
        let selection = CalendarSelection(read: isMirrored ? [primary] : [primary, team], write: primary)
        return process.run { service in
            try await service.acting(as: Self.principal).select(selection, in: connection)
        }
    }

    /// Has another host mirror the same calendars as ours.
    func selectAlike(
        _ connection: ConnectionID,
        in fresh: SimulatedProcess,
        as id: ConnectionID,
        _ storage: CalendarStorage
    ) async throws {
        let key = ConnectionKey(tenant: Self.tenant, connection: connection)
        guard let selection = try await storage.connections.connection(key)?.selection else { return }
        let ending = fresh.run { service in
            try await service.acting(as: Self.principal).select(selection, in: id)
        }
        if case .failed(let error) = ending { throw SimulationStuck("The calendars could not be chosen: \(error)") }
    }
}
