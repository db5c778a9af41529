import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("End to end: days, zones and changes of clocks")
struct EndToEndTimeTests {
    /// One zone an hour from UTC-11 to UTC+14, and some with parts of an hour.
    private static let zones = [
        "Pacific/Pago_Pago", "Pacific/Honolulu", "America/Anchorage", "America/Los_Angeles", "America/New_York",
        "America/St_Johns", "America/Sao_Paulo", "Atlantic/Azores", "UTC", "Europe/Vienna", "Africa/Cairo",
        "Asia/Kolkata", "Asia/Kathmandu", "Asia/Tokyo", "Australia/Adelaide", "Pacific/Auckland", "Pacific/Chatham",
        "Pacific/Apia", "Pacific/Kiritimati",
    ]

    private func days(_ first: String, _ last: String) throws -> EventContent {
        let start = try #require(CivilDate(first))
        let end = try #require(CivilDate(last))
        return EventContent(title: "Fair", start: .day(start), end: .day(end))
    }

    @Test(
        "R-38 an all-day event that the host makes is on its days in the service, and comes back as it was",
        arguments: Service.allCases,
        zones
    )
    func allDayOut(service: Service, name: String) async throws {
        let world = World(zone: EventZone(name))
        let id = try await world.connectAndSync(service)
        // The change of clocks in Europe lies in between.
        let content = try days("2026-03-28", "2026-03-31")

        try await world.host(service).create(content, in: id, invitations: .silent)
        try await world.sync(service, id)
        let there = world.simulator(service).events(of: service.address)
        world.simulator(service).clearRequests()
        try await world.sync(service, id)

        #expect(there.map(\.start) == [content.start] && there.map(\.end) == [content.end])
        let entries = try await world.agenda(service, in: EventZone(name))
        #expect(entries.map(\.content.start) == [content.start] && entries.map(\.content.end) == [content.end])
        #expect(world.simulator(service).writes.isEmpty)
    }

    @Test(
        "R-38 an all-day event of the service moves by days and comes back from the host on its days",
        arguments: Service.allCases,
        zones
    )
    func allDayBothWays(service: Service, name: String) async throws {
        let world = World(zone: EventZone(name))
        let simulator = world.simulator(service)
        simulator.add(try days("2026-03-20", "2026-03-21"), to: service.address)
        let id = try await world.connectAndSync(service)
        let moved = try days("2026-03-29", "2026-03-30")
        let record = try #require(try await world.agenda(service, in: EventZone(name)).first)

        try await world.host(service).update(record.record, invitations: .silent) { content in
            (content.start, content.end) = (moved.start, moved.end)
        }
        try await world.sync(service, id)
        try await world.sync(service, id)

        #expect(record.content.start == (try days("2026-03-20", "2026-03-21")).start)
        #expect(simulator.events(of: service.address).map(\.start) == [moved.start])
        #expect(try await world.agenda(service, in: EventZone(name)).map(\.content.end) == [moved.end])
    }

    @Test(
        "R-38 a series keeps the organizer's clock over both changes of clocks, wherever the mailbox is",
        arguments: Service.allCases,
        ["Europe/London", "America/New_York", "Australia/Sydney", "Asia/Tokyo"]
    )
    func clockChanges(service: Service, name: String) async throws {
        let world = World()
        let zone = EventZone(name)
        var content = try World.event("Standup", on: "2026-03-17", zone: zone)
        content.recurrence = Recurrence(lines: ["RRULE:FREQ=MONTHLY;BYMONTHDAY=17;COUNT=12"])
        world.simulator(service).add(content, to: service.address)
        let id = try await world.connectAndSync(service)
        try await world.sync(service, id)

        let entries = try await world.host(service).agenda(
            from: try World.instant("2026-03-01T00:00:00Z"),
            to: try World.instant("2027-03-01T00:00:00Z"),
            in: World.vienna
        )

        #expect(entries.count == 12)
        #expect(entries.map { zone.civil(at: $0.start).hour } == Array(repeating: 10, count: 12))
        #expect(entries.allSatisfy { $0.content.start.zone?.identifier == name })
        #expect(world.simulator(service).writes.isEmpty)
    }

    @Test("R-38 an edit of the title sends no times, so the organizer's zone stays", arguments: Service.allCases)
    func zoneStays(service: Service) async throws {
        let world = World()
        let sydney = EventZone("Australia/Sydney")
        let simulator = world.simulator(service)
        let event = simulator.add(try World.event("Review", on: "2026-04-04", zone: sydney), to: service.address)
        let id = try await world.connectAndSync(service)
        let entry = try #require(try await world.agenda(service).first)

        try await world.host(service).update(entry.record, invitations: .silent) { $0.title = "Other" }
        try await world.sync(service, id)

        let there = try #require(simulator.events(of: service.address).first { $0.id == event })
        #expect(there.title == "Other")
        #expect(there.start.zone?.identifier == "Australia/Sydney")
        #expect(there.start.civil.hour == 10)
    }

    @Test(
        "R-38 an event in a zone that nobody knows is mirrored at its instant, with an issue, and the run succeeds",
        arguments: ["tzone://Microsoft/Custom", "Customized Time Zone", "Mars/Olympus Mons"]
    )
    func unknownZone(name: String) async throws {
        let world = World(isBroken: true)
        world.microsoft.add(try World.event("Odd", on: "2026-03-18"), to: Service.microsoft.address)
        world.microsoft.add(try World.event("Usual", on: "2026-03-19"), to: Service.microsoft.address)
        let id = try await world.connect(.microsoft).key.connection
        world.microsoftTap.rewrite(Service.microsoft.feed) { response in
            try response.edit { page in
                var rows = page["value"] as? [[String: Any]] ?? []
                for index in rows.indices where rows[index]["subject"] as? String == "Odd" {
                    rows[index]["originalStartTimeZone"] = name
                    rows[index]["originalEndTimeZone"] = name
                }
                page["value"] = rows
            }
        }

        let report = try await world.sync(.microsoft, id)

        let entries = try await world.agenda(.microsoft)
        #expect(report.issues == 1)
        #expect(try await world.host(.microsoft).issues(of: id).map(\.code) == [.unknownZone])
        #expect(entries.compactMap(\.content.title) == ["Odd", "Usual"])
        #expect(entries.first?.start == (try World.instant("2026-03-18T09:00:00Z")))
    }
}
