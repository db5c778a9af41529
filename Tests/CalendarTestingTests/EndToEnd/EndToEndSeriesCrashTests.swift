import CalendarCore
import CalendarTesting
import Foundation
import Synchronization
import Testing

@Suite("End to end: edits of series outlive crashes")
struct EndToEndSeriesCrashTests {
    @Test(
        "R-01 a crash at any request or commit of an edit of a series neither loses nor doubles a step of it",
        arguments: Service.allCases,
        SeriesDoing.allCases
    )
    func crashes(service: Service, doing: SeriesDoing) async throws {
        var points = 0
        for place in CrashPoint.Place.allCases {
            var number = 1
            while try await survives(CrashPoint(place, number), service, doing) {
                number += 1
                points += 1
                try #require(number < 40)
            }
        }
        #expect(points >= 8)
    }

    @Test(
        "R-29 what somebody changes in the service while an edit of a series waits is kept beside it",
        arguments: Service.allCases,
        SeriesDoing.allCases
    )
    func beside(service: Service, doing: SeriesDoing) async throws {
        let world = World()
        let simulator = world.simulator(service)
        let id = try world.standup(service)
        let connection = try await world.connectAndSync(service)
        try await doing.perform(try await world.occurrence("03-30", service), world.host(service))
        simulator.change(id, of: service.address, calendar: nil) { $0.body = EventBody("Bring coffee") }
        simulator.cancelOccurrence(
            of: id,
            startingAt: try World.time("2026-03-26T10:00:00"),
            of: service.address,
            calendar: nil
        )
        simulator.editOccurrence(of: id, at: try World.time("2026-04-01T10:00:00"), of: service.address) {
            $0.location = "Roof"
        }

        try await world.sync(service, connection)
        try await world.sync(service, connection)

        var expected = doing.after.filter { !$0.hasPrefix("03-26") }
        expected = expected.map { $0.hasPrefix("04-01") ? $0 + " @Roof" : $0 }
        try await expect(world.lines(service), expected)
        try await expect(world.freshLines(service), expected)
        let quiet = try await world.sync(service, connection)
        #expect(quiet.pushed + quiet.waiting + quiet.created + quiet.removed + quiet.issues == 0)
    }

    @Test(
        "R-30 a moved and a cancelled occurrence outlive ten rounds of edits of their series on both sides",
        arguments: Service.allCases
    )
    func rounds(service: Service) async throws {
        let world = World()
        let simulator = world.simulator(service)
        let id = try world.standup(service)
        let connection = try await world.connectAndSync(service)
        let host = world.host(service)
        try await host.update(try await world.occurrence("04-01", service), scope: .this, invitations: .silent) {
            $0.move(by: 7200)
        }
        try await host.delete(try await world.occurrence("03-29", service), scope: .this, invitations: .silent)
        for round in 1...10 {
            if round.isMultiple(of: 2) {
                simulator.change(id, of: service.address, calendar: nil) { $0.title = "Theirs \(round)" }
            } else {
                let occurrence = try await world.occurrence("03-30", service)
                try await host.update(occurrence, scope: .all, invitations: .silent) { $0.title = "Ours \(round)" }
            }
            try await world.sync(service, connection)
            if round.isMultiple(of: 2) { continue }
            let title = "Ours \(round)"
            let expected = [
                "03-26 10:00 \(title)", "03-28 10:00 \(title) @Garden", "03-30 10:00 \(title)", "03-31 10:00 Demo",
                "04-01 12:00 \(title)", "04-02 10:00 \(title)",
            ]
            try await expect(world.lines(service), expected, "in round \(round)")
            try await expect(world.freshLines(service), expected, "in round \(round)")
        }
    }

    @Test("F-09 the plan of a sync names an edit of a series and counts its mail", arguments: Service.allCases)
    func plan(service: Service) async throws {
        let world = World()
        let simulator = world.simulator(service)
        let connection = try await world.connectAndSync(service)
        let host = world.host(service)
        var content = try World.event("Standup", on: "2026-03-26")
        content.recurrence = Recurrence(lines: ["RRULE:FREQ=DAILY;COUNT=8"])
        content.attendees = [Attendee("one@example.net"), Attendee("two@example.net")]
        try await host.create(content, in: connection, invitations: .notifyGuests)
        try await world.sync(service, connection)
        let earlier = simulator.mail.count

        try await host.update(try await world.occurrence("03-30", service), scope: .this, invitations: .notifyGuests) {
            $0.title = "Special"
        }
        let plan = try await host.syncPlan(of: connection)
        #expect(plan.steps.map(\.action) == [.series])
        #expect(plan.steps.map(\.fields) == [[.title]])
        #expect((plan.updates, plan.invitations) == (1, 2))
        #expect(plan.description.contains("series of title: 2 mails"))
        try await world.sync(service, connection)
        #expect(simulator.mail.count - earlier == 2)
        #expect(try await host.syncPlan(of: connection).steps.isEmpty)
    }

    /// Lets the process die at a point, goes on with another, and checks what is there; false when there is no such point.
    private func survives(_ point: CrashPoint, _ service: Service, _ doing: SeriesDoing) async throws -> Bool {
        let world = World()
        _ = try world.standup(service)
        let connection = try await world.connectAndSync(service)
        try await doing.perform(try await world.occurrence("03-30", service), world.host(service))
        let mortal = world.host(
            service,
            on: CalendarStorage(
                events: point.guarding(world.storage.events),
                connections: world.storage.connections,
                tokens: world.storage.tokens
            ),
            through: point.guarding(world.simulator(service))
        )
        do {
            try await mortal.sync(connection).finish()
            return false
        } catch is CancellationError {
            world.clock.advance(by: 300)
        }
        try await world.sync(service, connection)
        try await expect(world.freshLines(service), doing.after, "\(point)")
        try await world.sync(service, connection)
        try await expect(world.lines(service), doing.after, "\(point)")
        let records = try await world.records()
        let quiet = try await world.sync(service, connection)
        #expect(quiet.pushed + quiet.waiting + quiet.created + quiet.removed + quiet.issues == 0, "\(point)")
        #expect(try await world.records() == records, "\(point)")
        return true
    }
}

/// A place at which the process dies: around the nth request or the nth commit.
final class CrashPoint: Sendable, CustomStringConvertible {
    enum Place: String, CaseIterable {
        case beforeRequest, afterRequest, beforeCommit, afterCommit
    }

    let place: Place
    private let number: Int
    private let passed = Mutex(0)

    init(_ place: Place, _ number: Int) {
        (self.place, self.number) = (place, number)
    }

    var description: String { "\(place) \(number)" }

    func guarding(_ next: any EventRepository) -> any EventRepository { CrashingRepository(next: next, point: self) }

    func guarding(_ next: any HTTPTransport) -> any HTTPTransport { CrashingTransport(next: next, point: self) }

    /// Dies when this is the place and its number has come.
    func pass(_ place: Place) throws {
        guard place == self.place else { return }
        let count = passed.withLock { count in
            count += 1
            return count
        }
        if count == number { throw CancellationError() }
    }
}

private struct CrashingRepository: ForwardingEventRepository {
    let next: any EventRepository
    let point: CrashPoint

    func commit(_ commit: RepositoryCommit) async throws {
        try point.pass(.beforeCommit)
        try await next.commit(commit)
        try point.pass(.afterCommit)
    }
}

private struct CrashingTransport: HTTPTransport {
    let next: any HTTPTransport
    let point: CrashPoint

    func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        try point.pass(.beforeRequest)
        let response = try await next.send(request)
        try point.pass(.afterRequest)
        return response
    }
}
