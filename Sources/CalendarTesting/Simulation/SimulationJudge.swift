import CalendarCore
import Foundation
internal import Synchronization

/// Lets a run come to rest and checks what must hold then.
struct SimulationJudge {
    let world: SimulatedWorld
    let process: SimulatedProcess
    let connections: [ProviderID: ConnectionID]
    private let maxRounds = 6

    init(world: SimulatedWorld, process: SimulatedProcess, connections: [ProviderID: ConnectionID]) {
        self.world = world
        self.process = process
        self.connections = connections
    }

    /// Every promise that does not hold.
    func verdict() async throws -> [SimulationViolation] {
        var found = try settle()
        let storage = try world.host.openStorage()
        for service in world.services {
            let records = try await world.ownRecords(of: service, storage)
            found += compare(service, records)
            if let connection = connections[service] {
                found += try await leftovers(service, connection, storage)
            }
            found += mail(service)
        }
        let ours = try agenda(process)
        found += occurrences(in: ours)
        let fresh = try freshAgenda()
        if ours != fresh {
            let missing = fresh.filter { !ours.contains($0) }
            let extra = ours.filter { !fresh.contains($0) }
            found.append(
                .init(promise: "a fresh mirror equals the old one", detail: "missing \(missing), extra \(extra)")
            )
        }
        return found
    }

    /// Syncs until a round changes nothing, and once more in silence.
    private func settle() throws -> [SimulationViolation] {
        for round in 1...maxRounds {
            world.steps.note("quiet round \(round)")
            world.clock.advance(by: 3600)
            var isStill = true
            for service in world.services {
                guard let connection = connections[service] else { continue }
                let report = try sync(connection, process)
                isStill = isStill && report.isStill
            }
            if isStill { return try silence() }
        }
        return [.init(promise: "quiescence", detail: "changes after \(maxRounds) rounds without faults")]
    }

    /// Once everything is still, a sync asks for changes and does nothing else.
    private func silence() throws -> [SimulationViolation] {
        var found: [SimulationViolation] = []
        for service in world.services {
            guard let connection = connections[service] else { continue }
            let side = world.side(service)
            side.clearRequests()
            _ = try sync(connection, process)
            let writes = side.requests.filter { $0.method != .get && !$0.path.contains("token") }
            if !writes.isEmpty {
                found.append(.init(promise: "sync after sync does nothing", detail: "\(writes.map(\.path))"))
            }
        }
        return found
    }

    private func sync(_ connection: ConnectionID, _ process: SimulatedProcess) throws -> SyncReport {
        let answer = SimulatedAnswer<SyncReport>()
        let ending = process.run { service in
            answer.set(try await service.acting(as: SimulatedWorld.principal).sync(connection).finish())
        }
        if let report = answer.value { return report }
        throw SimulationStuck("A sync in fair weather failed: \(ending)")
    }

    /// Both sides hold the same, each event once, with values that somebody wrote last.
    private func compare(_ service: ProviderID, _ records: [EventRecord]) -> [SimulationViolation] {
        var found: [SimulationViolation] = []
        let name = service.rawValue
        let remote = Dictionary(grouping: world.visible(on: world.side(service)), by: \.marker)
        let local = Dictionary(grouping: records) { SimulationLedger.marker(in: $0.content.title) ?? "" }
        let entries = world.ledger.withLock(\.entries).filter { $0.value.service == service }
        for marker in entries.keys.sorted() {
            guard let entry = entries[marker] else { continue }
            let there = remote[marker] ?? []
            let here = local[marker] ?? []
            if there.count > 1 || here.count > 1 {
                let detail = "\(name) \(marker): \(there.count) remote, \(here.count) local"
                found.append(.init(promise: "no duplicate", detail: detail))
                continue
            }
            if there.count != here.count {
                let detail = "\(name) \(marker): \(there.count) remote, \(here.count) local"
                found.append(.init(promise: "convergence", detail: detail))
                continue
            }
            guard let event = there.first?.event, let record = here.first else {
                if entry.existence == .certain {
                    found.append(.init(promise: "no event is lost", detail: "\(name) \(marker)"))
                }
                continue
            }
            if entry.existence == .deleted {
                found.append(.init(promise: "no ghost, no resurrection", detail: "\(name) \(marker)"))
            }
            found += compare(event, record, entry, "\(name) \(marker)")
        }
        return found
    }

    private func compare(
        _ event: SimulatedEvent,
        _ record: EventRecord,
        _ entry: SimulationLedger.Entry,
        _ name: String
    ) -> [SimulationViolation] {
        var found: [SimulationViolation] = []
        let remote = [event.title, SimulatedShape.text(event.start), SimulatedShape.text(event.end)]
        let local = [
            record.content.title, SimulatedShape.text(record.content.start), SimulatedShape.text(record.content.end),
        ]
        if remote != local {
            found.append(.init(promise: "convergence", detail: "\(name): \(remote) remote, \(local) local"))
        }
        for field in [EventField.title, .location, .time] {
            let allowed = entry.allowed(field)
            guard !allowed.isEmpty, let value = SimulatedShape.value(of: field, in: record.content),
                !allowed.contains(value)
            else { continue }
            let detail = "\(name): \(field.rawValue) is \(value), last written \(allowed.sorted())"
            found.append(.init(promise: "no lost edit", detail: detail))
        }
        return found
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
        _ service: ProviderID,
        _ connection: ConnectionID,
        _ storage: CalendarStorage
    ) async throws -> [SimulationViolation] {
        let key = ConnectionKey(tenant: SimulatedWorld.tenant, connection: connection)
        guard let stored = try await storage.connections.connection(key) else { return [] }
        var found: [SimulationViolation] = []
        for calendar in stored.selection.read ?? [] {
            let key = CalendarKey(tenant: key.tenant, connection: connection, calendar: calendar)
            let pending = try await storage.events.pendingOperations(in: key)
            for operation in pending {
                let detail = "\(service) \(operation.action.rawValue) \(operation.state)"
                found.append(.init(promise: "no write is left behind", detail: detail))
            }
            for issue in try await storage.events.issues(in: key) {
                found.append(.init(promise: "no event is refused", detail: "\(service) \(issue.code) \(issue.message)"))
            }
        }
        return found
    }

    private func mail(_ service: ProviderID) -> [SimulationViolation] {
        let caused = world.ledger.withLock { $0.mail[service] ?? 0 }
        let mail = world.side(service).mail.count - caused
        guard mail != 0 else { return [] }
        return [.init(promise: "no unsolicited mail", detail: "\(service) \(mail)")]
    }

    private func agenda(_ process: SimulatedProcess) throws -> [String] {
        let answer = SimulatedAnswer<[AgendaEntry]>()
        let start = SimulatedWorld.epoch.addingTimeInterval(-86_400)
        let ending = process.run { service in
            answer.set(
                try await service.acting(as: SimulatedWorld.principal)
                    .agenda(from: start, to: start.addingTimeInterval(60 * 86_400), in: SimulatedShape.zone)
            )
        }
        guard let entries = answer.value else {
            throw SimulationStuck("The agenda could not be read: \(ending)")
        }
        return entries.map { entry in
            let parts: [String] = [
                entry.content.title ?? "", entry.content.location ?? "", "\(entry.start.timeIntervalSince1970)",
                "\(entry.end.timeIntervalSince1970)",
            ]
            return parts.joined(separator: "|")
        }.sorted()
    }

    /// What a host that was never there before sees.
    private func freshAgenda() throws -> [String] {
        let fresh = try world.startProcess(life: 999, storage: .inMemory())
        for service in world.services {
            let connection = try world.connect(service, fresh)
            _ = try sync(connection, fresh)
        }
        return try agenda(fresh)
    }
}

extension SyncReport {
    /// Whether nothing but a look happened.
    fileprivate var isStill: Bool {
        created == 0 && updated == 0 && removed == 0 && pushed == 0 && waiting == 0
    }
}
