import CalendarCore
import Foundation

/// The course of one run: the plan's actions, then quiet, then the judgement.
struct SimulationRun {
    let world: SimulatedWorld
    var violations: [SimulationViolation] = []
    private var life = 0
    private var connections: [ProviderID: ConnectionID] = [:]

    init(world: SimulatedWorld) {
        self.world = world
    }

    mutating func play() async throws {
        let storage = try world.host.openStorage()
        var process = try world.startProcess(life: life)
        connections = try connect(process)
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
            }
        }
        world.weather.clear()
        world.steps.attach(nil)
        world.clock.advance(by: 3600)
        violations += try await SimulationJudge(world: world, process: process, connections: connections).verdict()
    }

    /// A new process, after the leases of the dead one ended.
    private mutating func restart() throws -> SimulatedProcess {
        life += 1
        world.clock.advance(by: 300)
        let process = try world.startProcess(life: life)
        world.steps.attach(process.executor)
        return process
    }

    /// Connects the account of each service.
    private func connect(_ process: SimulatedProcess) throws -> [ProviderID: ConnectionID] {
        var connections: [ProviderID: ConnectionID] = [:]
        for service in world.services {
            connections[service] = try world.connect(service, process)
        }
        return connections
    }

    private func perform(
        _ action: SimulationAction,
        _ process: SimulatedProcess,
        _ storage: CalendarStorage
    ) async throws -> SimulatedProcess.Ending {
        guard let connection = connections[action.service] else { return .done }
        switch action.kind {
        case .localCreate: return world.createLocally(action, in: connection, process)
        case .localEdit:
            guard let object = try await world.object(of: action, storage) else { return .done }
            return world.changeLocally(object, variant: action.variant, process)
        case .localDelete:
            guard let object = try await world.object(of: action, storage) else { return .done }
            return world.deleteLocally(object, process)
        case .localCancelOccurrence, .localMoveOccurrence, .localEditSeries, .localEndSeries:
            guard let object = try await world.series(of: action, storage) else { return .done }
            return world.changeSeriesLocally(object, action, process)
        case .sync: return noting(process.run { try await Self.sync(connection, $0) })
        case .syncTwice:
            let work: @Sendable (CalendarService) async throws -> Void = { service in
                async let first = Self.failure(of: connection, service)
                async let second = Self.failure(of: connection, service)
                let failures = await (first, second)
                if let error = failures.0, failures.1 != nil { throw error }
            }
            guard let object = try await world.object(of: action, storage) else { return noting(process.run(work)) }
            return noting(world.changeLocally(object, variant: action.variant, process, beside: work))
        case .wait:
            world.clock.advance(by: Double(1 + action.variant % 8) * 3600)
            return .done
        default:
            world.performRemotely(action)
            return .done
        }
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

extension SimulatedWorld {
    /// Connects the account of a service and answers the connection's id.
    func connect(_ service: ProviderID, _ process: SimulatedProcess) throws -> ConnectionID {
        let side = side(service)
        let answer = SimulatedAnswer<ConnectionID>()
        let ending = process.run { calendars in
            let host = calendars.acting(as: Self.principal)
            let start = try await host.connect(service)
            let callback = try side.consent(to: start.url, as: Self.address, granting: nil)
            answer.set(try await host.complete(callback: callback, of: start.cookie).key.connection)
        }
        if let connection = answer.value { return connection }
        throw SimulationStuck("The account could not be connected: \(ending)")
    }
}
