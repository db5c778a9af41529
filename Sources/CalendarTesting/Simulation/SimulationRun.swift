import CalendarCore
import Foundation
internal import Synchronization

/// The course of one run: the plan's actions, then quiet, then the judgement.
struct SimulationRun {
    let world: SimulatedWorld
    var violations: [SimulationViolation] = []
    private var life = 0

    init(world: SimulatedWorld) {
        self.world = world
    }

    mutating func play() async throws {
        var storage = try world.host.openStorage()
        var process = try world.startProcess(life: life)
        for service in world.services {
            let account = SimulatedAccount.main(of: service)
            let id = try world.connect(account, process)
            world.connections.withLock { $0[account] = id }
        }
        world.weather.begin()
        world.steps.attach(process.executor)
        for action in world.plan.actions {
            world.steps.note("\(action)")
            let ending = try await perform(action, process, storage)
            try await world.noteConfirmed(storage)
            switch ending {
            case .done, .failed: continue
            case .escaped:
                violations.append(.init(promise: "no work escapes the executor", detail: "\(action)"))
                return
            case .crashed:
                process = try restart()
                storage = try world.host.openStorage()
            }
        }
        violations += world.steps.breaches
        world.weather.clear()
        world.steps.attach(nil)
        world.clock.advance(by: 3600)
        violations += try await SimulationJudge(world: world, process: process).verdict()
    }

    /// A new process, after the leases of the dead one ended.
    private mutating func restart() throws -> SimulatedProcess {
        life += 1
        world.clock.advance(by: 300)
        let process = try world.startProcess(life: life)
        world.steps.attach(process.executor)
        return process
    }

    private func perform(
        _ action: SimulationAction,
        _ process: SimulatedProcess,
        _ storage: CalendarStorage
    ) async throws -> SimulatedProcess.Ending {
        guard let connection = world.mainConnection(action.service) else { return .done }
        switch action.kind {
        case .localCreate: return world.createLocally(action, in: connection, process)
        case .localCreateEverywhere: return world.createLocally(action, in: connection, process)
        case .localEdit:
            guard let object = try await world.object(of: action, storage) else { return .done }
            return world.changeLocally(object, action, process)
        case .localInvite:
            // Who takes part decides what an edit of a copy does, so it stays as it is where there are copies.
            guard let object = try await world.object(of: action, storage, where: \.entry.copies.isEmpty) else {
                return .done
            }
            return world.changeLocally(object, action, process)
        case .localDelete:
            guard let object = try await world.object(of: action, storage) else { return .done }
            return world.deleteLocally(object, variant: action.variant, process)
        case .localCancelOccurrence, .localMoveOccurrence, .localEditSeries, .localEndSeries:
            guard let object = try await world.object(of: action, storage, where: \.entry.isSeries) else {
                return .done
            }
            return world.changeSeriesLocally(object, action, process)
        case .localCopy:
            guard let object = try await world.object(of: action, storage) else { return .done }
            return world.copyLocally(object, process)
        case .localRemoveCopy:
            let found = try await world.object(of: action, storage) { !$0.entry.copies.isEmpty }
            guard let object = found else { return .done }
            return try await world.removeCopyLocally(object, process, storage)
        case .sync:
            // Now and then it is the other account's turn, where there is one.
            let second = world.connections.withLock { $0[.second(of: action.service)] }
            let turn = action.variant % 3 == 0 ? second ?? connection : connection
            return noting(process.run { try await Self.sync(turn, $0) })
        case .syncTwice: return try await syncTwice(action, connection, process, storage)
        case .localSelect: return noting(try await world.selectLocally(action.service, process, storage))
        case .connectSecond: return noting(world.connectSecond(action.service, process))
        case .disconnect: return noting(world.disconnect(action.service, process))
        case .reconnect: return noting(try await world.reconnect(.main(of: action.service), process, storage))
        case .wait:
            world.clock.advance(by: Double(1 + action.variant % 8) * 3600)
            return .done
        default:
            world.performRemotely(action)
            return .done
        }
    }

    /// Two workers sync at once while a user edits an event.
    private func syncTwice(
        _ action: SimulationAction,
        _ connection: ConnectionID,
        _ process: SimulatedProcess,
        _ storage: CalendarStorage
    ) async throws -> SimulatedProcess.Ending {
        let work: @Sendable (CalendarService) async throws -> Void = { service in
            async let first = Self.failure(of: connection, service)
            async let second = Self.failure(of: connection, service)
            let failures = await (first, second)
            if let error = failures.0, failures.1 != nil { throw error }
        }
        guard let object = try await world.object(of: action, storage) else { return noting(process.run(work)) }
        return noting(world.changeLocally(object, action, process, beside: work))
    }

    private func noting(_ ending: SimulatedProcess.Ending) -> SimulatedProcess.Ending {
        if case .failed(let error) = ending { world.steps.note("  failed: \(error)") }
        return ending
    }

    /// Syncs, and answers what went wrong: of two workers at once one may be turned away.
    private static func failure(of connection: ConnectionID, _ service: CalendarService) async -> (any Error)? {
        do {
            try await sync(connection, service)
            return nil
        } catch {
            return error
        }
    }

    private static func sync(_ connection: ConnectionID, _ service: CalendarService) async throws {
        try await service.acting(as: SimulatedWorld.principal).sync(connection).finish()
    }
}
