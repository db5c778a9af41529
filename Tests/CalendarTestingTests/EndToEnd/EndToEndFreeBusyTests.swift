import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("End to end: free and busy")
struct EndToEndFreeBusyTests {
    /// Hourly candidates from 08:00 to 12:00 UTC on 18 March.
    private func search(_ world: World, with guests: [EventPerson]) async throws -> SlotSearch {
        try await world.host(.google).slots(
            lasting: .seconds(3600),
            from: try World.instant("2026-03-18T08:00:00Z"),
            to: try World.instant("2026-03-18T12:00:00Z"),
            with: guests,
            options: SlotOptions(step: 3600)
        )
    }

    private func hours(_ search: SlotSearch) -> [Int] {
        search.slots.map { EventZone.utc.civil(at: $0.start).hour }
    }

    private func participants(_ search: SlotSearch, at hour: String) throws -> [String?] {
        search.reasons(at: try World.instant("2026-03-18T\(hour):00:00Z")).map { $0.participant?.id }
    }

    @Test("M-18 busy time on either service rejects with its owner as the reason", arguments: [false, true])
    func acrossServices(isSynced: Bool) async throws {
        let world = World()
        world.google.add(try World.event("Ada's", on: "2026-03-18", at: 10), to: "ada@example.com")
        world.microsoft.add(try World.event("Grace's", on: "2026-03-18", at: 11), to: "grace@example.org")
        for service in Service.allCases {
            let id = try await world.connect(service).key.connection
            if isSynced { try await world.sync(service, id) }
        }

        let search = try await search(world, with: ["grace@example.org"])

        #expect(hours(search) == [8, 11])
        #expect(try participants(search, at: "09") == ["organizer"])
        #expect(try participants(search, at: "10") == ["grace@example.org"])
    }

    @Test("M-18 every account of one person counts")
    func severalAccounts() async throws {
        let world = World()
        world.google.add(try World.event("One", on: "2026-03-18", at: 10), to: "ada@example.com")
        world.microsoft.add(try World.event("Two", on: "2026-03-18", at: 12), to: "edsger@example.org")
        _ = try await world.connect(.google)
        _ = try await world.connect(.microsoft, as: "edsger@example.org", for: "ada")

        let search = try await search(world, with: [])

        #expect(hours(search) == [8, 10])
        #expect(try participants(search, at: "11") == ["organizer"])
    }

    @Test("M-18 R-37 a second selected calendar counts before it was ever read")
    func secondCalendar() async throws {
        let world = World()
        let id = try await world.connectAndSync(.google)
        let second = world.google.addCalendar("Side", to: "ada@example.com", zone: World.vienna)
        world.google.add(try World.event("Side job", on: "2026-03-18", at: 10), to: "ada@example.com", calendar: second)
        let selection = CalendarSelection(read: ["ada@example.com", second], write: "ada@example.com")
        try await world.host(.google).select(selection, in: id)

        let search = try await search(world, with: [])

        #expect(hours(search) == [8, 10, 11])
    }

    @Test("M-18 R-37 a calendar that cannot be read is never free", arguments: Unreadable.allCases)
    func unreadable(kind: Unreadable) async throws {
        let world = World()
        _ = try await world.connectAndSync(.google)
        let graces = try await world.connectAndSync(.microsoft)
        try await kind.arrange(world, graces: graces)

        let search = try await search(world, with: [EventPerson(kind.guest)])

        #expect(search.slots.isEmpty)
        #expect(search.rejected.count == 4)
        #expect(try participants(search, at: "09") == [kind.participant])
        #expect(search.reasons(at: try World.instant("2026-03-18T09:00:00Z")).allSatisfy(\.isUnknown))
    }

    @Test("M-18 an own meeting that is journalled and not sent counts as busy", arguments: Service.allCases)
    func journalled(service: Service) async throws {
        let world = World()
        _ = try await world.connectAndSync(service)
        let host = world.host(service)
        let plan = try await host.plan(try Samples.meeting())
        world.tap(service).crash(afterCreating: false)
        await #expect(throws: CancellationError.self) { try await host.carryOut(plan) }

        let search = try await host.slots(
            lasting: .seconds(3600),
            from: try World.instant("2026-03-18T08:00:00Z"),
            to: try World.instant("2026-03-18T12:00:00Z"),
            with: [],
            options: SlotOptions(step: 3600)
        )

        #expect(world.simulator(service).events(of: service.address).isEmpty)
        #expect(hours(search) == [8, 10, 11])
    }
}

/// A way in which a calendar cannot be read.
enum Unreadable: String, CaseIterable {
    case endedGrant
    case guestsServiceDown
    case ownServiceDown
    case unknownGuest

    var guest: String { self == .unknownGuest ? "nobody@example.net" : "grace@example.org" }

    var participant: String { self == .ownServiceDown ? "organizer" : guest }

    func arrange(_ world: World, graces: ConnectionID) async throws {
        let down = SimulatedFault.Effect.answer(HTTPResponse(status: 503))
        switch self {
        case .endedGrant:
            world.microsoft.revoke("grace@example.org")
            world.microsoft.expireAccessTokens()
            _ = try await failure { try await world.sync(.microsoft, graces) }
        case .guestsServiceDown: world.microsoft.add(SimulatedFault(down, pathContains: "/me/", times: 99))
        case .ownServiceDown: world.google.add(SimulatedFault(down, pathContains: "freeBusy", times: 99))
        case .unknownGuest: break
        }
    }
}

extension SlotRejection {
    fileprivate var isUnknown: Bool {
        if case .unknown = self { true } else { false }
    }
}
