import CalendarCore
import CalendarTesting
import Foundation

/// A further run on a stored mirror: the host starts anew, finds nothing to do, and goes on.
struct DemoReturn {
    /// What the run found, read from the state.
    struct Summary: Encodable {
        var run: Int
        var connections = 0
        var eventsBefore = 0
        /// The sync of what no one had changed since the run before.
        var requests = 0
        var writes = 0
        var pulled = 0
        var sent = 0
        /// How often the service holds what the host made in this run.
        var remoteNotes = 0
        var eventsAfter = 0

        func json() throws -> String {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys]
            return String(decoding: try encoder.encode(self), as: UTF8.self)
        }
    }

    let narrator: Narrator
    let world: DemoWorld
    let run: Int

    /// How many runs a stored mirror has seen: the story, which connects, and those after it, which make a note each.
    static func runs(in storage: CalendarStorage) async throws -> Int {
        let tenant = DemoPerson.ada.principal.tenant
        guard try await !storage.connections.connections(of: tenant).isEmpty else { return 0 }
        let all = try RecordQuery(tenant: tenant, start: .distantPast, end: .distantFuture)
        return try await 1 + storage.events.records(all).count { $0.content.title?.hasPrefix("Note ") ?? false }
    }

    /// Plays the runs so far to a host that is forgotten afterwards, so that the services are as the last run left them.
    static func replay(_ runs: Int, on world: DemoWorld) async throws {
        let (silence, storage) = (Narrator(isSilent: true), CalendarStorage.inMemory())
        _ = try await Demo(narrator: silence, world: world.host(on: storage, run: 1)).run()
        for run in 2..<max(2, runs + 1) {
            _ = try await DemoReturn(narrator: silence, world: world.host(on: storage, run: run), run: run).run()
        }
    }

    func run() async throws -> Summary {
        var summary = Summary(run: run)
        let connections = try await world.storage.connections.connections(of: DemoPerson.ada.principal.tenant)
        summary.connections = connections.count
        summary.eventsBefore = try await events(connections)
        narrator.heading("Run \(run): the host starts again on what is stored")
        narrator.say("\(summary.connections) connections, \(summary.eventsBefore) events; nobody signs in again")

        world.clearRequests()
        try await sync(connections)
        summary.requests = world.requests.count
        summary.writes = world.requests.filter(\.isWrite).count
        narrator.say("a sync of all: \(summary.requests) requests, \(summary.writes) writes")

        narrator.heading("In Google's app Ada adds an errand, in the host a note")
        let diary = DemoDiary(zone: DemoPerson.ada.zone)
        let errand = try diary.timed("Errand \(run)", "2026-03-28T10:00:00", minutes: 30)
        world.google.add(errand, to: DemoPerson.ada.address)
        let note = "Note \(run)"
        guard let own = connections.first(where: { $0.owner == .user(DemoPerson.ada.user) }) else {
            throw CalendarError(.notFound, "The store has no connection of Ada's.")
        }
        let content = try diary.timed(note, "2026-03-28T11:00:00", minutes: 15)
        try await world.acting(.ada).create(content, in: own.key.connection, invitations: .silent)
        let report = try await world.acting(.ada).sync(own.key.connection).finish()
        (summary.pulled, summary.sent) = (report.created, report.pushed)
        summary.remoteNotes = world.remoteEvents(of: .ada).count { $0.title == note }
        summary.eventsAfter = try await events(connections)
        narrator.say("\(summary.pulled) new here, \(summary.sent) sent; \(summary.eventsAfter) events are stored now")
        return summary
    }

    private func sync(_ connections: [Connection]) async throws {
        for connection in connections {
            guard case .user(let user) = connection.owner else { continue }
            let principal = Principal(tenant: connection.key.tenant, user: user, permissions: .all)
            try await world.service.acting(as: principal).sync(connection.key.connection).finish()
        }
    }

    private func events(_ connections: [Connection]) async throws -> Int {
        var count = 0
        for connection in connections { count += try await world.links(of: connection).count }
        return count
    }
}
