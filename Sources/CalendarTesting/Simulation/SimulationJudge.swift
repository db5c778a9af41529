import CalendarCore
import Foundation
internal import Synchronization

/// Lets a run come to rest and checks what must hold then.
struct SimulationJudge {
    let world: SimulatedWorld
    let process: SimulatedProcess
    private let maxRounds = 6

    init(world: SimulatedWorld, process: SimulatedProcess) {
        self.world = world
        self.process = process
    }

    /// Every promise that does not hold.
    func verdict() async throws -> [SimulationViolation] {
        let storage = try world.host.openStorage()
        for (account, _) in world.connected {
            guard case .failed = try await world.reconnect(account, process, storage) else { continue }
            // A revocation that was under way for long ends the new consent as well; the user gives it once more.
            if case .failed(let error) = try await world.reconnect(account, process, storage) {
                throw SimulationStuck("An account could not be connected again: \(error)")
            }
        }
        var found = try settle()
        let records = Dictionary(grouping: try await world.ownRecords(storage)) { record in
            SimulationLedger.marker(in: record.content.title) ?? ""
        }
        found += compare(records)
        for (account, connection) in world.connected {
            found += try await leftovers(account, connection, storage)
        }
        found += mail(records)
        let ours = try agenda(process)
        found += occurrences(in: ours)
        found += try await freshMirrors(besides: ours, records, storage)
        return found
    }

    /// Syncs until a round changes nothing, and once more in silence.
    private func settle() throws -> [SimulationViolation] {
        var last = ""
        for round in 1...maxRounds {
            world.steps.note("quiet round \(round)")
            world.clock.advance(by: 3600)
            var isStill = true
            for (account, connection) in world.connected {
                let report = try sync(connection, process)
                if !report.isStill { last = "\(account.service) \(report)" }
                isStill = isStill && report.isStill
            }
            if isStill { return try silence() }
        }
        return [.init(promise: "quiescence", detail: "after \(maxRounds) rounds without faults still \(last)")]
    }

    /// Once everything is still, a sync asks for changes and does nothing else.
    private func silence() throws -> [SimulationViolation] {
        var found: [SimulationViolation] = []
        for (account, connection) in world.connected {
            let side = world.side(account.service)
            side.clearRequests()
            _ = try sync(connection, process)
            let writes = side.requests.filter { $0.method != .get && !$0.path.contains("token") }
            if !writes.isEmpty {
                found.append(.init(promise: "sync after sync does nothing", detail: "\(writes.map(\.path))"))
            }
        }
        return found
    }

    func sync(_ connection: ConnectionID, _ process: SimulatedProcess) throws -> SyncReport {
        let answer = SimulatedAnswer<SyncReport>()
        let ending = process.run { service in
            answer.set(try await service.acting(as: SimulatedWorld.principal).sync(connection).finish())
        }
        if let report = answer.value { return report }
        throw SimulationStuck("A sync in fair weather failed: \(ending)")
    }

    /// A series shows its occurrences without those that were deleted.
    private func occurrences(in agenda: [String]) -> [SimulationViolation] {
        let shown = Dictionary(grouping: agenda.compactMap { SimulationLedger.marker(in: $0) }) { $0 }
        let entries = world.ledger.withLock(\.entries)
        return entries.keys.sorted().compactMap { marker in
            guard let entry = entries[marker], entry.isSeries, let count = shown[marker]?.count else { return nil }
            let expected = entry.shownOccurrences
            guard !expected.contains(count) else { return nil }
            return .init(promise: "a series shows its occurrences", detail: "\(marker): \(count), not \(expected)")
        }
    }

    /// Nothing waits to be sent and nothing was refused.
    private func leftovers(
        _ account: SimulatedAccount,
        _ connection: ConnectionID,
        _ storage: CalendarStorage
    ) async throws -> [SimulationViolation] {
        let key = ConnectionKey(tenant: SimulatedWorld.tenant, connection: connection)
        guard let stored = try await storage.connections.connection(key) else { return [] }
        var found: [SimulationViolation] = []
        for calendar in stored.selection.read ?? [] {
            let key = CalendarKey(tenant: key.tenant, connection: connection, calendar: calendar)
            for operation in try await storage.events.pendingOperations(in: key) {
                let detail = "\(account.service) \(operation.action.rawValue) \(operation.state)"
                found.append(.init(promise: "no write is left behind", detail: detail))
            }
            for issue in try await storage.events.issues(in: key) {
                let detail = "\(account.service) \(issue.code) \(issue.message)"
                found.append(.init(promise: "no event is refused", detail: detail))
            }
        }
        return found
    }
}

extension SyncReport {
    /// Whether nothing but a look happened.
    fileprivate var isStill: Bool {
        created == 0 && updated == 0 && removed == 0 && pushed == 0 && waiting == 0
    }
}
