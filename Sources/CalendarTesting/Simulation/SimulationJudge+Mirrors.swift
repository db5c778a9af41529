import CalendarCore
import Foundation
internal import Synchronization

/// What a host that was never there before sees.
extension SimulationJudge {
    /// What the host shows, a line for each event and occurrence, sorted.
    func agenda(_ process: SimulatedProcess, of connection: ConnectionID? = nil) throws -> [String] {
        let answer = SimulatedAnswer<[AgendaEntry]>()
        let start = SimulatedWorld.epoch.addingTimeInterval(-86_400)
        let end = start.addingTimeInterval(60 * 86_400)
        let ending = process.run { service in
            answer.set(
                try await service.acting(as: SimulatedWorld.principal)
                    .agenda(from: start, to: end, in: SimulatedShape.zone, of: connection)
            )
        }
        guard let entries = answer.value else {
            throw SimulationStuck("The agenda could not be read: \(ending)")
        }
        return entries.map { entry in
            let parts: [String] = [
                entry.content.title ?? "", entry.content.location ?? "", "\(entry.start.timeIntervalSince1970)",
                "\(entry.end.timeIntervalSince1970)", answers(in: entry.content),
            ]
            return parts.joined(separator: "|")
        }.sorted()
    }

    /// What the guests of an event answered, as text.
    private func answers(in content: EventContent) -> String {
        let answers = content.attendees.filter { SimulatedShape.guests.contains($0.person.address.lowercased()) }
        return answers.map { "\($0.person.address)=\($0.response)" }.sorted().joined(separator: ",")
    }

    /// A host that begins anew sees the same, account by account: it takes a copy for an event of its own.
    func freshMirrors(
        besides ours: [String],
        _ storage: CalendarStorage
    ) async throws -> [SimulationViolation] {
        var places: [String: Set<ConnectionID>] = [:]
        var copies: [String: Set<ConnectionID>] = [:]
        for record in try await world.records(storage) {
            let marker = SimulationLedger.marker(in: record.content.title) ?? ""
            for link in try await storage.events.links(of: record.id, tenant: SimulatedWorld.tenant) {
                places[marker, default: []].insert(link.calendar.connection)
                if link.isCopy { copies[marker, default: []].insert(link.calendar.connection) }
            }
        }
        let fresh = try world.startProcess(life: 999, storage: .inMemory())
        var found: [SimulationViolation] = []
        for (account, connection) in world.connected {
            let id = try world.connect(account, fresh)
            try await world.selectAlike(connection, in: fresh, as: id, storage)
            _ = try sync(id, fresh)
            let theirs = try agenda(fresh, of: id)
            let expected = ours.compactMap { line -> String? in
                guard let marker = SimulationLedger.marker(in: line), places[marker]?.contains(connection) ?? false
                else { return nil }
                let isCopy = copies[marker]?.contains(connection) ?? false
                return isCopy ? Self.withoutAnswers(line) : line
            }.sorted()
            guard theirs != expected else { continue }
            let missing = theirs.filter { !expected.contains($0) }
            let extra = expected.filter { !theirs.contains($0) }
            let detail = "\(account.service): missing \(missing), extra \(extra)"
            found.append(.init(promise: "a fresh mirror equals the old one", detail: detail))
        }
        return found
    }

    /// What a copy shows of a line: it has no guests.
    private static func withoutAnswers(_ line: String) -> String {
        line.split(separator: "|", omittingEmptySubsequences: false).dropLast().joined(separator: "|") + "|"
    }
}
