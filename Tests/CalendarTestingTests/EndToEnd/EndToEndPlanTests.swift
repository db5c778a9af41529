import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("End to end: what a sync would write")
struct EndToEndPlanTests {
    @Test("F-09 the plan names each write with its reason, and the sync does exactly that")
    func writes() async throws {
        let world = World()
        let host = world.host(.google)
        let connection = try await world.connect(.google).key.connection
        try await world.sync(.google, connection)
        let first = try await host.create(
            try World.event("One", on: "2026-03-18"),
            in: connection,
            invitations: .silent
        )
        let second = try await host.create(
            try World.event("Two", on: "2026-03-19"),
            in: connection,
            invitations: .silent
        )
        try await world.sync(.google, connection)
        #expect(try await host.syncPlan(of: connection).steps.isEmpty)

        try await host.update(first, invitations: .silent) {
            $0.title = "One, moved"
            $0.location = "Room 3"
        }
        try await host.delete(second, invitations: .silent)
        try await host.create(try World.event("Three", on: "2026-03-20"), in: connection, invitations: .silent)
        world.google.clearRequests()
        let plan = try await host.syncPlan(of: connection)

        #expect(world.google.requests.isEmpty)
        #expect((plan.creates, plan.updates, plan.deletes, plan.invitations) == (1, 1, 1, 0))
        #expect(plan.steps.map(\.reason) == [.localEdit, .localEdit, .localEdit])
        #expect(plan.steps.first { $0.action == .update }?.fields == [.location, .title])
        #expect(plan.description.hasPrefix("creates 1, changes 1, deletes 1, sends 0 mails\n"))
        #expect(!plan.description.contains("One"))

        let report = try await world.sync(.google, connection)
        #expect(report.pushed == 3)
        let written = world.google.requests.map(\.method).filter { $0 != .get }
        #expect(written.sorted { $0.rawValue < $1.rawValue } == [.delete, .patch, .post])
        #expect(try await host.syncPlan(of: connection).steps.isEmpty)
    }

    @Test("F-08 the plan counts the mail that the sync then causes", arguments: Service.allCases)
    func budget(service: Service) async throws {
        let world = World()
        let host = world.host(service)
        let connection = try await world.connect(service).key.connection
        try await world.sync(service, connection)
        var meeting = try World.event("Kick-off", on: "2026-03-18")
        meeting.attendees = [Attendee("one@example.net"), Attendee("two@example.net")]
        let record = try await host.create(meeting, in: connection, invitations: .notifyGuests)

        let plan = try await host.syncPlan(of: connection)
        #expect(plan.invitations == 2)
        #expect(world.simulator(service).mail.isEmpty)
        try await world.sync(service, connection)
        #expect(world.simulator(service).mail.count == plan.invitations)

        try await host.update(record, invitations: .notifyGuests) { $0.attendees.removeLast() }
        let second = try await host.syncPlan(of: connection)
        let before = world.simulator(service).mail.count
        // The one who was taken off the list is told; whether the other one is too is the service's choice.
        #expect(second.invitations == 2)
        try await world.sync(service, connection)
        let caused = world.simulator(service).mail.count - before
        #expect((1...2).contains(caused))
    }

    @Test("F-08 a silent write to a service that always tells guests is counted as it will be")
    func noisyService() async throws {
        let world = World()
        var meeting = try World.event("Kick-off", on: "2026-03-18")
        meeting.attendees = [Attendee("one@example.net")]
        for service in Service.allCases {
            let connection = try await world.connect(service).key.connection
            try await world.sync(service, connection)
            let host = world.host(service)
            try await host.create(meeting, in: connection, invitations: .silent)
            let plan = try await host.syncPlan(of: connection)
            #expect(plan.invitations == (service == .google ? 0 : 1))
        }
    }

    @Test("F-09 a write that is held up says why and is not counted")
    func heldUp() async throws {
        let world = World()
        let host = world.host(.google)
        let connection = try await world.connect(.google).key.connection
        try await world.sync(.google, connection)
        try await host.create(try World.event("One", on: "2026-03-18"), in: connection, invitations: .silent)
        world.google.add(SimulatedFault(.status(403, reason: "quotaExceeded"), method: .post, pathContains: "/events"))
        try await world.sync(.google, connection)

        let plan = try await host.syncPlan(of: connection)

        #expect(plan.creates == 0)
        #expect(plan.steps.map(\.reason) == [.writesPaused])
        #expect(plan.description.contains("1 held up"))
    }
}
