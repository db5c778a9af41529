import CalendarCore
import CalendarTesting
import Foundation
import GoogleProvider
import Testing

@Suite("Google: traps of writing")
struct WriteTrapTests {
    private let key: OperationID = "00112233445566778899aabbccddeeff"

    @Test(
        "Trap 2: a create whose reply was lost is there once, however often it is sent",
        arguments: [SimulatedFault.Effect.loseReply, .loseRequest]
    )
    func lostCreate(_ effect: SimulatedFault.Effect) async throws {
        let host = try await SimulatedHost()
        try await host.settle()
        try await host.ada.create(SimulatedHost.event("Once", on: "05-05"), in: host.connection, invitations: .silent)
        host.google.add(SimulatedFault(effect, method: .post, pathContains: "/events", times: 2))

        for _ in 0..<3 {
            try await host.sync()
            host.clock.advance(by: 600)
        }

        #expect(host.google.events(of: SimulatedHost.address).map(\.title) == ["Once"])
        #expect(try await host.titles() == ["2026-05-05 Once"])
    }

    @Test("Trap 2: the id of a deleted event is told as taken, and no other event appears")
    func deletedID() async throws {
        let account = try await SimulatedAccount()
        let event = try await account.create(key, GoogleSamples.meeting())
        account.google.remove(event.id, of: SimulatedAccount.address)

        let error = await calendarError { try await account.create(key, GoogleSamples.meeting()) }

        #expect(error?.code == .duplicate)
        #expect(account.held.isEmpty)
    }

    @Test("Trap 11: a change of another field leaves guests and their answers alone, a new guest keeps the others'")
    func answers() async throws {
        let account = try await SimulatedAccount()
        let event = try await account.create(
            key,
            GoogleSamples.meeting { $0.attendees = [Attendee("grace@example.com", role: .optional)] }
        )
        let grace = account.google.events(of: "grace@example.com").first
        let copy = try #require(grace?.id)
        account.google.change(copy, of: "grace@example.com") { $0.attendees[0].response = .accepted }
        let answered = try await account.provider.event(event.id, in: account.calendar, session: account.session)
        try #require(answered.content.attendees.map(\.response) == [.accepted])

        let renamed = try await account.update(answered) { $0.title = "Renamed" }
        let invited = try await account.update(renamed) { content in
            content.attendees = [Attendee("grace@example.com", role: .optional), Attendee("alan@example.com")]
        }

        #expect(renamed.content.attendees.map(\.response) == [.accepted])
        #expect(invited.content.attendees.map(\.response) == [.accepted, .needsAction])
        #expect(invited.content.attendees.map(\.role) == [.optional, .required])
    }

    @Test("Trap 13: a guest's copy has a version of its own, and that of another calendar is refused")
    func versionsOfCopies() async throws {
        let account = try await SimulatedAccount()
        let meeting = GoogleSamples.meeting { $0.attendees = [Attendee("ada@example.com")] }
        let id = account.google.add(meeting, to: "grace@example.com")
        let original = try #require(account.google.events(of: "grace@example.com").first)
        let copy = try await account.provider.event(id, in: account.calendar, session: account.session)

        let error = await calendarError {
            try await account.update(copy, etag: original.etag) { $0.availability = .free }
        }
        let changed = try await account.update(copy) { $0.availability = .free }

        #expect(original.id == copy.id)
        #expect(original.etag != copy.etag)
        #expect(error?.code == .conflict)
        #expect(changed.content.availability == .free)
        #expect(account.google.events(of: "grace@example.com").first?.etag == original.etag)
    }
}
