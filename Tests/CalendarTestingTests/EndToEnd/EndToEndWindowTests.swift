import CalendarCore
import CalendarTesting
import Foundation
import MicrosoftProvider
import Testing

@Suite("End to end: the window of Microsoft's feed")
struct EndToEndWindowTests {
    private let graces = Service.microsoft.address

    private func daily(_ title: String, at hour: Int) throws -> EventContent {
        var content = try World.event(title, on: "2026-03-02", at: hour)
        content.recurrence = Recurrence(lines: ["RRULE:FREQ=DAILY"])
        return content
    }

    /// What the host has of the calendar's feed.
    private func state(_ world: World) async throws -> CalendarSyncState {
        try #require(try await StoredState(world).states.compactMap(\.self).first)
    }

    private func count(_ title: String, _ world: World, from: String, to: String) async throws -> Int {
        let start = try World.instant("\(from)T00:00:00Z")
        let end = try World.instant("\(to)T00:00:00Z")
        return try await world.host(.microsoft).agenda(from: start, to: end, in: World.vienna)
            .count { $0.content.title == title }
    }

    private func feed(_ world: World) -> [SimulatedRequest] {
        world.microsoft.requests.filter { $0.path.hasSuffix("/delta") }
    }

    @Test("R-27 five endless series and long windows that answer 504: everything arrives, page by page")
    func endless() async throws {
        let world = World()
        for number in 1...5 { world.microsoft.add(try daily("Daily \(number)", at: 9 + number), to: graces) }
        for (title, day) in [("Past", "2026-02-16"), ("Soon", "2026-03-18"), ("Far", "2027-03-10")] {
            world.microsoft.add(try World.event(title, on: day), to: graces)
        }
        world.microsoft.longestWindow = 60
        world.microsoft.pageSize = 2
        let id = try await world.connect(.microsoft).key.connection
        var sizes: [Int] = []

        for try await _ in try await world.host(.microsoft).sync(id) {
            guard let state = try await StoredState(world).states.compactMap(\.self).first else { continue }
            sizes.append((state.resumePoint?.rawValue ?? state.cursor?.rawValue ?? "").utf8.count)
        }

        for number in 1...5 {
            #expect(try await count("Daily \(number)", world, from: "2026-03-02", to: "2027-03-02") == 365)
        }
        for title in ["Past", "Soon", "Far"] {
            #expect(try await count(title, world, from: "2026-02-01", to: "2027-04-01") == 1)
        }
        #expect(try await StoredState(world).records.count == 8)
        // What lies between two pages: links and instants of the chains, whatever the pages held.
        #expect(sizes.allSatisfy { $0 < 200 + 8 * 300 })
        // 397 days make eight windows of some 50 days; each of the seven longer ones was asked for four times.
        #expect(feed(world).filter { $0.status == 504 }.count == 7 * 4)
        #expect(feed(world).filter { $0.status == 200 }.count > 8)
    }

    @Test("R-27 after the window was divided, increments find changes in every part of it and double nothing")
    func increments() async throws {
        let world = World()
        world.microsoft.longestWindow = 120
        world.microsoft.pageSize = 1000
        let series = world.microsoft.add(try daily("Daily", at: 9), to: graces)
        let long = try World.event("Far", on: "2027-02-10")
        let far = world.microsoft.add(long, to: graces)
        let id = try await world.connectAndSync(.microsoft)
        world.microsoft.longestWindow = nil

        world.microsoft.cancelOccurrence(of: series, startingAt: try World.time("2026-03-20T09:00:00"), of: graces)
        world.microsoft.cancelOccurrence(of: series, startingAt: try World.time("2027-01-20T09:00:00"), of: graces)
        world.microsoft.change(far, of: graces) { $0.title = "Farther" }
        world.microsoft.add(try World.event("Autumn", on: "2026-10-05"), to: graces)
        try await world.sync(.microsoft, id)

        #expect(feed(world).count == 4)
        #expect(try await count("Daily", world, from: "2026-03-20", to: "2026-03-21") == 0)
        #expect(try await count("Daily", world, from: "2027-01-20", to: "2027-01-21") == 0)
        #expect(try await count("Daily", world, from: "2026-03-02", to: "2027-03-02") == 363)
        #expect(try await count("Farther", world, from: "2027-02-01", to: "2027-03-01") == 1)
        #expect(try await count("Autumn", world, from: "2026-10-01", to: "2026-11-01") == 1)
        #expect(try await StoredState(world).records.count == 3)
    }

    @Test("R-27 a run that was dropped in the middle of a divided window goes on where it was")
    func dropped() async throws {
        let world = World()
        world.microsoft.add(try daily("Daily", at: 9), to: graces)
        world.microsoft.longestWindow = 120
        world.microsoft.pageSize = 1000
        let id = try await world.connect(.microsoft).key.connection

        for try await _ in try await world.host(.microsoft).sync(id)
        where feed(world).contains(where: { $0.status == 200 }) { break }
        let first = feed(world).count
        try await world.sync(.microsoft, id)

        // Two windows too long, four times each, and the first part; then the second, and the other half with its parts.
        #expect(first == 2 * 4 + 1)
        #expect(feed(world).map(\.status).suffix(from: first) == [200, 504, 504, 504, 504, 200, 200])
        #expect(try await count("Daily", world, from: "2026-03-02", to: "2027-03-02") == 365)
    }

    @Test("R-27 a dead link in one part of a divided window begins a full round, and nothing is doubled")
    func deadPart() async throws {
        let world = World()
        world.microsoft.add(try daily("Daily", at: 9), to: graces)
        world.microsoft.add(try World.event("Far", on: "2027-02-10"), to: graces)
        world.microsoft.longestWindow = 200
        world.microsoft.pageSize = 1000
        let id = try await world.connectAndSync(.microsoft)
        let before = try await StoredState(world).records.map(\.id)
        world.microsoft.longestWindow = nil
        world.microsoft.add(SimulatedFault(.status(410, reason: "resyncRequired"), pathContains: "/delta", skipping: 1))

        let report = try await world.sync(.microsoft, id)

        #expect(report.fullRounds == 1 && report.created == 0 && report.removed == 0)
        // The first part, the dead second one, and the whole window in one piece again.
        #expect(feed(world).map(\.status) == [200, 410, 200])
        #expect(try await StoredState(world).records.map(\.id) == before)
        #expect(try await count("Daily", world, from: "2026-03-02", to: "2027-03-02") == 365)
    }

    @Test("R-27 a series that leaves one part of the window stays in the others")
    func leavesOnePart() async throws {
        let world = World()
        world.microsoft.longestWindow = 200
        var content = try World.event("Yearly", on: "2026-03-18")
        content.recurrence = Recurrence(lines: ["RRULE:FREQ=YEARLY;COUNT=2"])
        let series = world.microsoft.add(content, to: graces)
        let id = try await world.connectAndSync(.microsoft)

        // The other one is on 18 March 2027, outside of the window; this empties the part that has the series.
        world.microsoft.cancelOccurrence(of: series, startingAt: try World.time("2026-03-18T10:00:00"), of: graces)
        let report = try await world.sync(.microsoft, id)

        #expect(report.removed == 0)
        #expect(try await count("Yearly", world, from: "2026-03-01", to: "2026-12-31") == 0)
        #expect(try await count("Yearly", world, from: "2027-03-01", to: "2027-03-31") == 1)
    }

    @Test("a window that no service answers in time ends with a failure that helps to retry, and the retry goes on")
    func hopeless() async throws {
        let world = World()
        world.microsoft.add(try World.event("Review", on: "2026-03-18"), to: graces)
        let id = try await world.connect(.microsoft).key.connection
        world.microsoft.longestWindow = 0

        let error = try await failure { try await world.sync(.microsoft, id) }
        world.microsoft.longestWindow = nil
        try await world.sync(.microsoft, id)

        #expect(error.isRetryable && error.code == .unavailable)
        #expect(try await world.titles(.microsoft) == ["Review"])
    }

    @Test("M-35 the window moves with the clock: what comes near appears, what lies behind stays, nothing is doubled")
    func moving() async throws {
        let world = World()
        world.microsoft.add(try World.event("Behind", on: "2026-02-20"), to: graces)
        world.microsoft.add(try World.event("Kept", on: "2026-03-18"), to: graces)
        world.microsoft.add(try World.event("Ahead", on: "2027-04-05"), to: graces)
        let series = world.microsoft.add(try daily("Daily", at: 9), to: graces)
        let id = try await world.connectAndSync(.microsoft)
        let before = try await StoredState(world).records.map(\.content.title)

        world.clock.advance(by: 30 * 86_400)
        world.microsoft.cancelOccurrence(of: series, startingAt: try World.time("2026-04-20T09:00:00"), of: graces)
        let report = try await world.sync(.microsoft, id)
        let requests = feed(world).count
        try await world.sync(.microsoft, id)

        #expect(before.compactMap(\.self).sorted() == ["Behind", "Daily", "Kept"])
        #expect(report.created == 1 && report.removed == 0)
        #expect(requests == 2)
        // Afterwards one request a poll, as before.
        #expect(feed(world).count == requests + 1)
        for title in ["Behind", "Kept", "Ahead"] {
            #expect(try await count(title, world, from: "2026-02-01", to: "2027-05-01") == 1)
        }
        #expect(try await count("Daily", world, from: "2026-04-20", to: "2026-04-21") == 0)
        #expect(try await count("Daily", world, from: "2026-03-02", to: "2027-03-02") == 364)
        #expect(try await StoredState(world).records.count == 4)
        #expect(world.microsoft.writes.isEmpty)
    }

    @Test("the old chain is kept until the new one is complete: a deletion between the two is not lost")
    func deletedWhileMoving() async throws {
        let world = World()
        var ids: [RemoteEventID] = []
        for day in 17...22 {
            ids.append(world.microsoft.add(try World.event("E\(day)", on: "2026-03-\(day)"), to: graces))
        }
        let id = try await world.connectAndSync(.microsoft)
        let old = try await state(world).cursor
        world.clock.advance(by: 28 * 86_400)
        world.microsoft.pageSize = 2
        var steps = 0

        for try await _ in try await world.host(.microsoft).sync(id) {
            steps += 1
            guard steps == 3 else { continue }
            // The new chain has listed some of them, and its cursor is not there yet.
            #expect(try await state(world).cursor == old)
            world.microsoft.remove(ids[0], of: graces)
            world.microsoft.remove(ids[5], of: graces)
        }

        let titles = try await StoredState(world).records.compactMap(\.content.title).sorted()
        #expect(titles == ["E18", "E19", "E20", "E21"])
        #expect(try await state(world).cursor != old)
    }
}
