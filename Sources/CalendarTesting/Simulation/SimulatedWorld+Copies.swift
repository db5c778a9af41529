import CalendarCore
internal import Synchronization

/// What the host's user does with copies of events (requirement M-12).
extension SimulatedWorld {
    /// Has an event copied into the other service's main account.
    func copyLocally(_ object: OwnEvent, _ process: SimulatedProcess) -> SimulatedProcess.Ending {
        guard let (account, target) = otherPlace(of: object) else { return .done }
        let ending = process.run { service in
            try await service.acting(as: Self.principal).copy(object.record, to: target)
        }
        ledger.withLock { ledger in
            ledger.update(object.marker) { entry in
                switch ending {
                // One that a person may have removed meanwhile is not made anew while the host believes it to be there.
                case .done: entry.copies[account] = entry.copies[account, default: .certain].unlessRemoved
                case .crashed: entry.copies[account] = .possible
                case .failed, .escaped: break
                }
            }
        }
        if case .failed(let error) = ending { steps.note("  not copied: \(error)") }
        return ending
    }

    /// Takes the copy in the other service's main account out again.
    func removeCopyLocally(
        _ object: OwnEvent,
        _ process: SimulatedProcess,
        _ storage: CalendarStorage
    ) async throws -> SimulatedProcess.Ending {
        guard let (account, target) = otherPlace(of: object), object.entry.copies[account] != nil,
            let stored = try await storage.connections.connection(.init(tenant: Self.tenant, connection: target)),
            let calendar = stored.selection.write
        else { return .done }
        let key = CalendarKey(tenant: Self.tenant, connection: target, calendar: calendar)
        let ending = process.run { service in
            try await service.acting(as: Self.principal).removeCopy(of: object.record, from: key)
        }
        ledger.withLock { ledger in
            ledger.update(object.marker) { entry in
                switch ending {
                case .done: entry.copies[account] = .deleted
                case .crashed: entry.copies[account] = entry.copies[account]?.weakened
                case .failed, .escaped: break
                }
            }
        }
        if case .failed(let error) = ending { steps.note("  copy not removed: \(error)") }
        return ending
    }

    private func otherPlace(of object: OwnEvent) -> (account: SimulatedAccount, connection: ConnectionID)? {
        connected.first { place in
            place.account != object.entry.home && place.account == .main(of: place.account.service)
        }
    }
}

extension SimulationLedger.Existence {
    /// What is known after something was asked for that is not done where the host believes it done.
    fileprivate var unlessRemoved: SimulationLedger.Existence { self == .certain ? .certain : .possible }
}
