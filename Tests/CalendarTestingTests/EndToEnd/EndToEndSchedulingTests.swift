import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("End to end: scheduling exactly once")
struct EndToEndSchedulingTests {
    @Test(
        "M-20 F-05 a meeting is created and its guest invited once, whatever goes wrong",
        arguments: Service.allCases,
        Mishap.allCases
    )
    func once(service: Service, mishap: Mishap) async throws {
        let world = World()
        _ = try await world.connectAndSync(service)
        let guest = service == .google ? "alan@example.com" : "edsger@example.org"
        let plan = try await world.host(service).plan(try Samples.meeting(with: [EventPerson(guest)]))

        let meeting = try await mishap.carryOut(plan, service, world)

        let simulator = world.simulator(service)
        let events = simulator.events(of: service.address)
        #expect(events.map(\.title) == ["Kick-off"])
        #expect(events.map(\.id) == [meeting.event])
        #expect(meeting.invited.map(\.address) == [guest])
        #expect(simulator.mail.filter { $0.kind == .invitation }.map(\.to) == [guest])
        #expect(simulator.mail.count == 1)
        #expect(try await StoredState(world).records.count == 1)
    }

    @Test("F-05 a sync finishes what a crash left behind", arguments: Service.allCases, [false, true])
    func syncFinishes(service: Service, wasCreated: Bool) async throws {
        let world = World()
        let id = try await world.connectAndSync(service)
        let plan = try await world.host(service).plan(try Samples.meeting())
        world.tap(service).crash(afterCreating: wasCreated)
        await #expect(throws: CancellationError.self) { try await world.host(service).carryOut(plan) }

        let restarted = world.restarted().acting(as: World.principal(service.user))
        try await restarted.sync(id).finish()
        try await restarted.sync(id).finish()

        #expect(world.simulator(service).events(of: service.address).map(\.title) == ["Kick-off"])
        #expect(try await StoredState(world).records.map(\.id) == [plan.record])
    }

    @Test("M-20 the plan says beforehand what will be sent", arguments: Service.allCases)
    func planned(service: Service) async throws {
        let world = World()
        _ = try await world.connectAndSync(service)
        let guests: [EventPerson] = ["one@example.net", "two@example.net", "TWO@example.net"]

        let plan = try await world.host(service).plan(try Samples.meeting(with: guests))

        #expect(plan.invitations.map(\.address) == ["one@example.net", "two@example.net"])
        #expect(String(describing: plan) == "creates 1 event at \(service.rawValue), sends 2 invitations")
        #expect(world.simulator(service).writes.isEmpty)
        #expect(try await StoredState(world).records.isEmpty)
    }

    @Test("R-37 a time taken meanwhile is refused and nothing is sent", arguments: Service.allCases)
    func taken(service: Service) async throws {
        let world = World()
        _ = try await world.connectAndSync(service)
        let host = world.host(service)
        let plan = try await host.plan(try Samples.meeting())
        world.simulator(service).add(try World.event("Faster", on: "2026-03-18"), to: service.address)

        let error = try await failure { _ = try await host.carryOut(plan) }

        #expect(error.code == .slotTaken)
        #expect(world.simulator(service).events(of: service.address).map(\.title) == ["Faster"])
        #expect(try await StoredState(world).records.isEmpty)
    }
}

/// What goes wrong while a plan is carried out.
enum Mishap: String, CaseIterable {
    case nothing
    case lostReply
    case lostRequest
    case crashBeforeCall
    case crashAfterCall
    case carriedOutTwice

    func carryOut(_ plan: MeetingPlan, _ service: Service, _ world: World) async throws -> ScheduledMeeting {
        let host = world.host(service)
        let create = { SimulatedFault($0, method: .post, pathContains: "/events") }
        switch self {
        case .nothing: break
        case .lostReply: world.simulator(service).add(create(.loseReply))
        case .lostRequest: world.simulator(service).add(create(.loseRequest))
        case .crashBeforeCall, .crashAfterCall:
            world.tap(service).crash(afterCreating: self == .crashAfterCall)
            await #expect(throws: CancellationError.self) { try await host.carryOut(plan) }
            return try await world.restarted().acting(as: host.principal).carryOut(plan)
        case .carriedOutTwice:
            let first = try await host.carryOut(plan)
            let second = try await host.carryOut(plan)
            #expect(first == second)
            return second
        }
        return try await host.carryOut(plan)
    }
}
