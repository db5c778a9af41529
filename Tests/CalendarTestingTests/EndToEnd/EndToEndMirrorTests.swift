import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("End to end: mirroring what people do in the service's own app")
struct EndToEndMirrorTests {
    @Test("a new, a changed and a deleted event arrive", arguments: Service.allCases)
    func edits(service: Service) async throws {
        let world = World()
        let simulator = world.simulator(service)
        let kept = simulator.add(try World.event("Old title", on: "2026-03-18"), to: service.address)
        let dropped = simulator.add(try World.event("Dropped", on: "2026-03-19"), to: service.address)
        let id = try await world.connectAndSync(service)

        simulator.change(kept, of: service.address, calendar: nil) { $0.title = "New title" }
        simulator.remove(dropped, of: service.address, calendar: nil)
        simulator.add(try World.event("Added", on: "2026-03-20"), to: service.address)
        try await world.sync(service, id)

        #expect(try await world.titles(service) == ["New title", "Added"])
    }

    @Test("a changed occurrence of a series appears once, in its new place", arguments: Service.allCases)
    func exception(service: Service) async throws {
        let world = World()
        let simulator = world.simulator(service)
        let series = simulator.add(try Samples.series("Standup"), to: service.address)
        let id = try await world.connectAndSync(service)

        simulator.editOccurrence(of: series, at: try World.time("2026-03-25T10:00:00"), of: service.address) {
            $0.title = "Moved"
            $0.start = $0.start.advanced(bySeconds: 7200)
            $0.end = $0.end.advanced(bySeconds: 7200)
        }
        try await world.sync(service, id)

        let entries = try await world.agenda(service)
        #expect(entries.compactMap(\.content.title) == ["Standup", "Moved", "Standup", "Standup"])
        #expect(entries[1].start == (try World.instant("2026-03-25T11:00:00Z")))
    }

    @Test("R-26 a deleted occurrence disappears within one cycle", arguments: Service.allCases, [false, true])
    func cancelled(service: Service, isKnownBefore: Bool) async throws {
        let world = World()
        let simulator = world.simulator(service)
        let series = simulator.add(try Samples.series("Standup"), to: service.address)
        let id = try await world.connect(service).key.connection
        if isKnownBefore { try await world.sync(service, id) }

        simulator.cancelOccurrence(
            of: series,
            startingAt: try World.time("2026-03-25T10:00:00"),
            of: service.address,
            calendar: nil
        )
        try await world.sync(service, id)

        let days = try await world.agenda(service).map(\.content.start.civilDate.description)
        #expect(days == ["2026-03-18", "2026-04-01", "2026-04-08"])
    }

    @Test("R-26 two deleted occurrences and then the whole series disappear", arguments: Service.allCases)
    func allCancelled(service: Service) async throws {
        let world = World()
        let simulator = world.simulator(service)
        let series = simulator.add(try Samples.series("Standup"), to: service.address)
        let id = try await world.connectAndSync(service)

        for day in ["2026-03-18", "2026-04-01"] {
            let start = try World.time("\(day)T10:00:00")
            simulator.cancelOccurrence(of: series, startingAt: start, of: service.address, calendar: nil)
        }
        try await world.sync(service, id)
        let left = try await world.agenda(service).map(\.content.start.civilDate.description)
        simulator.remove(series, of: service.address, calendar: nil)
        try await world.sync(service, id)

        #expect(left == ["2026-03-25", "2026-04-08"])
        #expect(try await world.agenda(service).isEmpty)
    }

    @Test("R-26 a series whose occurrences were all deleted one by one is gone", arguments: Service.allCases)
    func everyOneCancelled(service: Service) async throws {
        let world = World()
        let simulator = world.simulator(service)
        let series = simulator.add(try Samples.series("Standup"), to: service.address)
        let id = try await world.connectAndSync(service)

        for day in ["03-18", "03-25", "04-01", "04-08", "04-15", "04-22"] {
            let start = try World.time("2026-\(day)T10:00:00")
            simulator.cancelOccurrence(of: series, startingAt: start, of: service.address, calendar: nil)
        }
        try await world.sync(service, id)

        #expect(try await world.agenda(service).isEmpty)
    }

    @Test("a series keeps its local time across the change of clocks", arguments: Service.allCases)
    func clockChange(service: Service) async throws {
        let world = World()
        world.simulator(service).add(try Samples.series("Standup"), to: service.address)
        _ = try await world.connectAndSync(service)

        let entries = try await world.agenda(service)

        #expect(entries.map(\.content.start.civil.hour) == [10, 10, 10, 10])
        let utc = try ["03-18T09", "03-25T09", "04-01T08", "04-08T08"].map { try World.instant("2026-\($0):00:00Z") }
        #expect(entries.map(\.start) == utc)
    }

    @Test(
        "R-38 an all-day event stays on its day from zone -11 to zone +14",
        arguments: Service.allCases,
        ["Pacific/Pago_Pago", "America/New_York", "UTC", "Asia/Kolkata", "Pacific/Kiritimati"]
    )
    func allDay(service: Service, name: String) async throws {
        let zone = EventZone(name)
        let world = World(zone: zone)
        var content = try World.event("Fair", on: "2026-03-20")
        content.start = .day(try #require(CivilDate("2026-03-20")))
        content.end = .day(try #require(CivilDate("2026-03-22")))
        world.simulator(service).add(content, to: service.address)
        let id = try await world.connectAndSync(service)
        try await world.sync(service, id)

        let entry = try #require(try await world.agenda(service, in: zone).first)

        #expect(entry.content.start == content.start)
        #expect(entry.content.end == content.end)
        #expect(world.simulator(service).writes.isEmpty)
    }

    @Test("R-03 R-04 a meeting between the services is one record with two views and no further write")
    func oneMeeting() async throws {
        let world = World()
        let adas = try await world.connectAndSync(.google)
        let graces = try await world.connectAndSync(.microsoft)
        let host = world.host(.google)
        _ = try await host.carryOut(try await host.plan(try Samples.meeting(with: ["grace@example.org"])))
        for mail in world.google.mail { world.microsoft.receive(mail) }
        world.google.clearRequests()

        for _ in 0..<2 {
            try await world.sync(.google, adas)
            try await world.sync(.microsoft, graces)
        }

        let records = try await StoredState(world).records
        let links = try await world.storage.events.links(of: try #require(records.first).id, tenant: World.tenant)
        #expect(records.count == 1)
        #expect(Set(links.map(\.calendar.connection)) == [adas, graces])
        #expect(world.google.writes.isEmpty)
        #expect(world.microsoft.writes.isEmpty)
        #expect(world.microsoft.mail.isEmpty)
    }

    @Test("R-03 connecting the guest's account later finds the same meeting")
    func secondAccountLater() async throws {
        let world = World()
        world.microsoft.add(
            try {
                var content = try World.event("Review", on: "2026-03-18")
                content.attendees = [Attendee("ada@example.com")]
                return content
            }(),
            to: Service.microsoft.address
        )
        for mail in world.microsoft.mail { world.google.receive(mail) }
        let graces = try await world.connectAndSync(.microsoft)

        let adas = try await world.connectAndSync(.google)
        try await world.sync(.microsoft, graces)
        try await world.sync(.google, adas)

        #expect(try await StoredState(world).records.count == 1)
        #expect(world.google.writes.isEmpty)
        #expect(world.microsoft.writes.isEmpty)
    }
}
