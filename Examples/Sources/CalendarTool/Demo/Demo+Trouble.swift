import CalendarCore
import CalendarTesting
import Foundation

extension Demo {
    /// Nothing changed: the next sync asks each service once and writes nothing.
    func resync(_ connections: [Connection]) async throws -> DemoSummary.Resync {
        narrator.heading("Syncing again when nothing changed")
        world.clearRequests()
        for (person, connection) in zip(people, connections) {
            try await world.acting(person).sync(connection.key.connection).finish()
        }
        let resync = DemoSummary.Resync(
            requests: world.requests.count,
            writes: world.requests.filter(\.isWrite).count
        )
        narrator.say("\(resync.requests) requests, \(resync.writes) writes")
        return resync
    }

    /// The service creates the event and its reply is lost.
    func loseAReply(_ slots: [MeetingSlot]) async throws -> DemoSummary.LostReply {
        narrator.heading("Trouble 1: the reply to a create is lost")
        guard let slot = slots.last else { throw CalendarError(.notFound, "The demo found no common time.") }
        let plan = try await world.acting(.ada).plan(
            Meeting("Retrospective", start: slot.start, end: slot.end, with: [])
        )
        world.google.add(SimulatedFault(.loseReply, method: .post, pathContains: "/events"))
        _ = try await world.acting(.ada).carryOut(plan)
        let remote = world.remoteEvents(of: .ada).filter { $0.title == "Retrospective" }
        narrator.say("the service holds it \(remote.count) time(s)")
        return DemoSummary.LostReply(remoteEvents: remote.count)
    }

    /// The access token expires; the next sync refreshes it once.
    func expireAccessToken(_ connection: Connection) async throws -> Int {
        narrator.heading("Trouble 2: the access token expires")
        world.google.expireAccessTokens()
        world.clearRequests()
        try await world.acting(.ada).sync(connection.key.connection).finish()
        let refreshes = world.requests.filter { $0.path.hasSuffix("/token") }.count
        narrator.say("\(refreshes) refresh, and the sync went on")
        return refreshes
    }

    /// The services forget where the host was in their change feeds, while somebody edits on.
    func expireSyncTokens(_ connections: [Connection]) async throws -> DemoSummary.FullResync {
        narrator.heading("Trouble 3: both sync tokens expire while people go on editing")
        for person in people {
            let events = world.remoteEvents(of: person).filter { !$0.isSeries && !$0.isException }
            guard let first = events.first, let last = events.last else { continue }
            if person.provider == .google {
                world.google.remove(first.id, of: person.address)
                world.google.change(last.id, of: person.address) { $0.title = "Renamed meanwhile" }
            } else {
                world.microsoft.remove(first.id, of: person.address)
                world.microsoft.change(last.id, of: person.address) { $0.title = "Renamed meanwhile" }
            }
        }
        world.google.expireSyncTokens()
        world.microsoft.expireSyncTokens()
        var difference = DemoSummary.FullResync(missing: 0, extra: 0)
        for (person, connection) in zip(people, connections) {
            let report = try await world.acting(person).sync(connection.key.connection).finish()
            let remote = Set(world.remoteEvents(of: person).filter { !$0.isCancelled }.map(\.id))
            let local = Set(try await links(of: connection).filter { $0.base?.status != .cancelled }.map(\.event))
            difference.missing += remote.subtracting(local).count
            difference.extra += local.subtracting(remote).count
            narrator.say("\(person.name): \(report.fullRounds) full round, \(report.removed) removed")
        }
        narrator.say("missing here: \(difference.missing), left over here: \(difference.extra)")
        return difference
    }
}
