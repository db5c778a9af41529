import CalendarCore
import CalendarTesting
import Foundation
import GoogleProvider
import MicrosoftProvider

/// The story: connect, mirror, find a time, schedule, settle a conflict, mirror a series, and heal what goes wrong.
struct Demo {
    let narrator: Narrator
    let world: DemoWorld
    let people = [DemoPerson.ada, .grace]

    func run() async throws -> DemoSummary {
        var summary = DemoSummary()
        var connections: [Connection] = []
        for person in people { connections.append(try await connect(person)) }

        narrator.heading("Mirroring both calendars")
        for (person, connection) in zip(people, connections) {
            try await mirror(person, connection)
            summary.accounts.append(try await account(of: person, connection))
        }
        try await showAgendas()

        let search = try await findTimes()
        summary.slots = search.slots.count
        summary.rejected = search.rejected.count

        let mailBefore = world.google.mail.count
        let meeting = try await schedule(search.slots)
        world.deliverMail(after: mailBefore)
        summary.invitations = world.google.mail.count - mailBefore
        narrator.say("invitations sent: \(summary.invitations)")
        narrator.heading("Both sides after the next sync")
        for (person, connection) in zip(people, connections) { try await sync(person, connection) }
        summary.meeting = try await show(meeting)

        summary.resync = try await resync(connections)
        summary.conflict = try await settleConflict(connections[0])
        summary.series = try await DemoSeries(narrator: narrator, world: world).run()
        summary.lostReply = try await loseAReply(search.slots)
        summary.tokenRefreshes = try await expireAccessToken(connections[0])
        summary.fullResync = try await expireSyncTokens(connections)
        narrator.heading("Done")
        return summary
    }

    // MARK: - Connecting and mirroring

    private func connect(_ person: DemoPerson) async throws -> Connection {
        narrator.heading("\(person.name) connects \(person.provider)")
        let calendars = world.acting(person)
        let attempt = try await calendars.connect(person.provider)
        narrator.say("consent page: \(attempt.url.host() ?? ""), with state and PKCE challenge")
        let callback = try world.consent(to: attempt.url, as: person)
        narrator.say("callback:     \(callback.host() ?? "")\(callback.path())")
        let connection = try await calendars.complete(callback: callback, of: attempt.cookie)
        let scopes = connection.grantedScopes.map { $0.split(separator: "/").last.map(String.init) ?? $0 }
        narrator.say("granted:      \(scopes.joined(separator: " "))")
        narrator.say("may:          \(connection.capabilities.sorted().map(\.description).joined(separator: ", "))")
        for calendar in try await calendars.calendars(of: connection.key.connection) {
            narrator.say("calendar:     \(calendar.title) (\(calendar.access.rawValue))")
        }
        return connection
    }

    private func sync(_ person: DemoPerson, _ connection: Connection) async throws {
        for try await progress in try await world.acting(person).sync(connection.key.connection)
        where progress.phase == .finished {
            narrator.say("\(person.name): \(progress.report.seen) change, \(progress.report.pushed) sent")
        }
    }

    /// The first sync of a person, with a bar that grows page by page.
    private func mirror(_ person: DemoPerson, _ connection: Connection) async throws {
        let expected = world.remoteEvents(of: person).count
        for try await progress in try await world.acting(person).sync(connection.key.connection)
        where progress.phase == .pulling {
            let done = min(progress.report.created, expected)
            narrator.progress(done, of: expected, "events of \(person.name)")
        }
    }

    private func account(of person: DemoPerson, _ connection: Connection) async throws -> DemoSummary.Account {
        let found = try await world.acting(person).calendars(of: connection.key.connection)
        return DemoSummary.Account(
            provider: person.provider.rawValue,
            email: connection.account.address,
            calendars: found.count,
            events: try await links(of: connection).count
        )
    }

    private func showAgendas() async throws {
        narrator.heading("Both agendas, 23 to 31 March, each in local time")
        var columns: [[String]] = []
        for person in people {
            let entries = try await world.acting(person).agenda(
                from: world.clock.now,
                to: world.clock.now.addingTimeInterval(9 * 86_400),
                in: person.zone
            )
            columns.append(["\(person.name), \(person.zone)"] + entries.map { line($0, in: person.zone) })
        }
        narrator.columns(columns[0], columns[1])
        narrator.say("~ is tentative; clocks in Berlin change on Sunday 29 March, in New York they changed on 8 March")
    }

    private func line(_ entry: AgendaEntry, in zone: EventZone) -> String {
        let start = zone.civil(at: entry.start)
        let day = "\(start.date.weekday)".prefix(3).capitalized
        let time = entry.content.start.isAllDay ? "all day" : "\(start)".suffix(8).prefix(5) + "  "
        let title = entry.content.visibility.hidesDetails ? "(private)" : entry.content.title ?? ""
        let isTentative = entry.content.status == .tentative || entry.content.availability == .tentative
        return "\(day) \(start.date.day).\(start.date.month). \(time) \(title)\(isTentative ? " ~" : "")"
    }

    func links(of connection: Connection) async throws -> [EventLink] {
        try await world.links(of: connection)
    }
}

extension DemoWorld {
    /// Every link of a connection's main calendar.
    func links(of connection: Connection) async throws -> [EventLink] {
        guard let stored = try await storage.connections.connection(connection.key),
            let calendar = stored.selection.read?.first
        else { return [] }
        return try await storage.events.links(
            in: CalendarKey(
                tenant: connection.key.tenant,
                connection: connection.key.connection,
                calendar: calendar
            ),
            notListedSince: .max,
            after: nil,
            limit: .max
        )
    }
}
