import CalendarCore
import Foundation
internal import Synchronization

/// Connecting accounts, giving them up and taking them up again.
extension SimulatedWorld {
    /// Connects an account and answers the connection's id.
    @discardableResult
    func connect(_ account: SimulatedAccount, _ process: SimulatedProcess) throws -> ConnectionID {
        let answer = SimulatedAnswer<ConnectionID>()
        let ending = process.run { calendars in
            answer.set(try await self.consent(to: account, calendars))
        }
        if let connection = answer.value { return connection }
        throw SimulationStuck("The account could not be connected: \(ending)")
    }

    private func consent(to account: SimulatedAccount, _ calendars: CalendarService) async throws -> ConnectionID {
        let host = calendars.acting(as: Self.principal)
        let start = try await host.connect(account.service)
        let callback = try side(account.service).consent(to: start.url, as: account.address, granting: nil)
        return try await host.complete(callback: callback, of: start.cookie).key.connection
    }

    /// Connects the user's other account of a service in the middle of a run, unless it is.
    ///
    /// Seeing meetings a second time writes nothing (requirement R-04): the requests of its first syncs are looked at.
    func connectSecond(_ service: ProviderID, _ process: SimulatedProcess) -> SimulatedProcess.Ending {
        let account = SimulatedAccount.second(of: service)
        guard connections.withLock({ $0[account] }) == nil else { return .done }
        let side = side(service)
        return process.run { calendars in
            let id = try await self.consent(to: account, calendars)
            self.connections.withLock { $0[account] = id }
            side.clearRequests()
            try await calendars.acting(as: Self.principal).sync(id).finish()
            let writes = side.requests.filter(\.isWriteOfEvent)
            if !writes.isEmpty { self.steps.breach("a further account writes nothing", "\(writes.map(\.path))") }
        }
    }

    /// Gives a service's main account up.
    func disconnect(_ service: ProviderID, _ process: SimulatedProcess) -> SimulatedProcess.Ending {
        guard let connection = mainConnection(service) else { return .done }
        return process.run { calendars in
            try await calendars.acting(as: Self.principal).disconnect(connection)
        }
    }

    /// Takes an account up again that cannot be used as it is.
    func reconnect(
        _ account: SimulatedAccount,
        _ process: SimulatedProcess,
        _ storage: CalendarStorage
    ) async throws -> SimulatedProcess.Ending {
        guard let id = connections.withLock({ $0[account] }),
            let stored = try await storage.connections.connection(.init(tenant: Self.tenant, connection: id)),
            !stored.isUsable
        else { return .done }
        let side = side(account.service)
        return process.run { calendars in
            let host = calendars.acting(as: Self.principal)
            let start = try await host.reconnect(id)
            let callback = try side.consent(to: start.url, as: account.address, granting: nil)
            _ = try await host.complete(callback: callback, of: start.cookie)
        }
    }
}

extension SimulatedRequest {
    /// Whether the request was to change an event.
    var isWriteOfEvent: Bool { method != .get && path.contains("/events") }
}
