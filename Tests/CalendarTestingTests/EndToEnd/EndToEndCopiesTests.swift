import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("End to end: one event in several calendars")
struct EndToEndCopiesTests {
    @Test("M-12 one calendar holds the meeting, the other a copy without guests", arguments: Service.allCases)
    func create(meeting: Service) async throws {
        let both = try await BothServices(meeting: meeting)
        var content = try World.event("Kick-off", on: "2026-03-18")
        content.attendees = [Attendee("guest@example.net")]

        let placement = try await both.host.create(
            content,
            meetingIn: both.meeting,
            invitations: .notifyGuests
        )
        #expect(placement.places.map(\.isCopy) == [false, true])
        #expect(placement.places.map(\.state) == [.queued, .queued])
        try await both.sync()

        #expect(both.meetingSide.map(\.title) == ["Kick-off"])
        #expect(both.meetingSide.map(\.attendees) == [["guest@example.net"]])
        #expect(both.copySide.map(\.title) == ["Kick-off"])
        #expect(both.copySide.map(\.attendees) == [[]])
        #expect(both.mail.map(\.to) == ["guest@example.net"])
        #expect(try await both.host.placement(of: placement.record).places.map(\.state) == [.linked, .linked])
        #expect(try await both.titles() == ["Kick-off"])
        try await both.expectQuiet()
    }

    @Test("M-12 later edits and the deletion reach every copy, and cause no mail", arguments: Service.allCases)
    func later(meeting: Service) async throws {
        let both = try await BothServices(meeting: meeting)
        let record = try await both.create("Focus")

        try await both.host.update(record, invitations: .silent) { $0.location = "Room 3" }
        try await both.host.update(record, invitations: .silent) { $0.title = "Deep focus" }
        try await both.sync()

        #expect(both.meetingSide.map(\.title) == ["Deep focus"])
        #expect(both.copySide.map(\.title) == ["Deep focus"])
        try await both.expectQuiet()

        try await both.host.delete(record, invitations: .silent)
        try await both.sync()
        #expect(both.meetingSide.isEmpty)
        #expect(both.copySide.isEmpty)
        #expect(both.mail.isEmpty)
        try await both.expectQuiet()
    }

    @Test("M-12 what is changed or deleted in the service reaches the copies", arguments: Service.allCases)
    func remote(meeting: Service) async throws {
        let both = try await BothServices(meeting: meeting)
        _ = try await both.create("Focus")
        let id = try #require(both.meetingSide.first?.id)
        let service = both.world.simulator(meeting)

        service.change(id, of: meeting.address, calendar: nil) { $0.title = "Moved" }
        try await both.sync()
        #expect(both.copySide.map(\.title) == ["Moved"])
        try await both.expectQuiet()

        service.remove(id, of: meeting.address, calendar: nil)
        try await both.sync()
        #expect(both.copySide.isEmpty)
        #expect(try await both.titles().isEmpty)
        try await both.expectQuiet()
    }

    @Test("M-12 an edit of the copy reaches the event while nobody is invited to it", arguments: Service.allCases)
    func editedCopy(meeting: Service) async throws {
        let both = try await BothServices(meeting: meeting)
        let record = try await both.create("Focus")
        let id = try #require(both.copySide.first?.id)

        both.world.simulator(both.copy).change(id, of: both.copy.address, calendar: nil) { content in
            content.title = "Renamed in the copy"
        }
        try await both.host.update(record, invitations: .silent) { $0.location = "Room 3" }
        try await both.sync()

        #expect(both.meetingSide.map(\.title) == ["Renamed in the copy"])
        #expect(try await both.titles() == ["Renamed in the copy"])
        let stored = try await both.world.storage.events.record(record, tenant: World.tenant)
        #expect(stored?.content.location == "Room 3")
        try await both.expectQuiet()
    }

    @Test(
        "M-12 the copy of a meeting with guests is put back, and what it said is on record",
        arguments: Service.allCases
    )
    func editedMeetingCopy(meeting: Service) async throws {
        let both = try await BothServices(meeting: meeting)
        var content = try World.event("Kick-off", on: "2026-03-18")
        content.attendees = [Attendee("guest@example.net")]
        _ = try await both.host.create(content, meetingIn: both.meeting, invitations: .notifyGuests)
        try await both.sync()
        let mails = both.mail.count
        let id = try #require(both.copySide.first?.id)

        both.world.simulator(both.copy).change(id, of: both.copy.address, calendar: nil) { $0.title = "Not so" }
        try await both.sync()

        #expect(both.meetingSide.map(\.title) == ["Kick-off"])
        #expect(both.copySide.map(\.title) == ["Kick-off"])
        let conflicts = try await both.world.storage.events.conflicts(in: try await both.copyCalendar())
        #expect(conflicts.map(\.kind) == [.copyEdited])
        #expect(conflicts.map(\.fields) == [[.title]])
        #expect(conflicts.map(\.remote?.title) == ["Not so"])
        #expect(conflicts.map(\.kept) == [.local])
        #expect(both.mail.count == mails)
        try await both.expectQuiet()
    }

    @Test("M-12 a copy that somebody removes stays away, and the event stays", arguments: Service.allCases)
    func removedCopy(meeting: Service) async throws {
        let both = try await BothServices(meeting: meeting)
        let record = try await both.create("Focus")
        let id = try #require(both.copySide.first?.id)

        both.world.simulator(both.copy).remove(id, of: both.copy.address, calendar: nil)
        try await both.sync()
        try await both.host.update(record, invitations: .silent) { $0.title = "Still there" }
        try await both.sync()

        #expect(both.meetingSide.map(\.title) == ["Still there"])
        #expect(both.copySide.isEmpty)
        try await both.expectQuiet()
    }

    @Test("M-12 a copy can be asked for later, and taken out again", arguments: Service.allCases)
    func addAndRemove(meeting: Service) async throws {
        let both = try await BothServices(meeting: meeting)
        _ = both.world.simulator(meeting).add(try World.event("Theirs", on: "2026-03-18"), to: meeting.address)
        try await both.sync()
        let record = try #require(try await both.agenda().first?.record)

        try await both.host.copy(record, to: both.copyConnection)
        try await both.host.copy(record, to: both.copyConnection)
        try await both.sync()
        #expect(both.copySide.map(\.title) == ["Theirs"])
        #expect(try await both.titles() == ["Theirs"])
        try await both.expectQuiet()

        try await both.host.removeCopy(of: record, from: try await both.copyCalendar())
        try await both.sync()
        #expect(both.copySide.isEmpty)
        #expect(both.meetingSide.map(\.title) == ["Theirs"])
        try await both.expectQuiet()
    }

    @Test("M-12 a copy whose creation got no answer is there once", arguments: Service.allCases, [false, true])
    func lostReply(meeting: Service, afterCreating: Bool) async throws {
        let both = try await BothServices(meeting: meeting)
        try await both.createUnanswered("Focus", copyIsMade: afterCreating)
        for _ in 0..<2 { try await both.sync() }

        #expect(both.copySide.map(\.title) == ["Focus"])
        #expect(both.meetingSide.map(\.title) == ["Focus"])
        #expect(try await both.titles() == ["Focus"])
        try await both.expectQuiet()
    }

    @Test("M-12 an edit of a copy whose creation got no answer reaches the event", arguments: Service.allCases)
    func lostReplyOfEdited(meeting: Service) async throws {
        let both = try await BothServices(meeting: meeting)
        try await both.createUnanswered("Focus")
        let copy = try #require(both.copySide.first)
        both.world.simulator(both.copy).change(copy.id, of: both.copy.address, calendar: nil) { content in
            content.title = "Renamed"
        }
        for _ in 0..<2 { try await both.sync() }

        #expect(both.copySide.map(\.title) == ["Renamed"])
        #expect(both.meetingSide.map(\.title) == ["Renamed"])
        #expect(try await both.titles() == ["Renamed"])
        try await both.expectQuiet()
    }

    @Test("M-12 a copy whose creation got no answer goes with its event", arguments: Service.allCases)
    func lostReplyOfDeleted(meeting: Service) async throws {
        let both = try await BothServices(meeting: meeting)
        try await both.createUnanswered("Focus")
        let event = try #require(both.meetingSide.first)
        #expect(both.copySide.map(\.title) == ["Focus"])
        both.world.simulator(meeting).remove(event.id, of: meeting.address, calendar: nil)
        for _ in 0..<2 { try await both.sync() }

        #expect(both.copySide.isEmpty)
        #expect(try await both.titles().isEmpty)
        try await both.expectQuiet()
    }

    @Test("M-12 a copy goes with an event that somebody deletes before its creation is known")
    func lostReplyOfDeletedMeeting() async throws {
        let both = try await BothServices(meeting: .google)
        let tap = both.world.tap(.google)
        tap.crash(afterCreating: true)
        let content = try World.event("Focus", on: "2026-03-18")
        _ = try await both.host.create(content, meetingIn: both.meeting, invitations: .silent)
        _ = try? await both.host.sync(both.meeting).finish()
        tap.intercept(nil)
        try await both.host.sync(both.copyConnection).finish()
        #expect(both.copySide.map(\.title) == ["Focus"])
        let event = try #require(both.meetingSide.first)
        both.world.simulator(.google).remove(event.id, of: Service.google.address, calendar: nil)
        for _ in 0..<2 { try await both.sync() }

        #expect(both.copySide.isEmpty)
        #expect(both.meetingSide.isEmpty)
        #expect(try await both.titles().isEmpty)
        try await both.expectQuiet()
    }

    @Test("M-12 a copy that somebody removes before its creation is known leaves the event where it is")
    func lostReplyOfRemoved() async throws {
        let both = try await BothServices(meeting: .microsoft)
        try await both.createUnanswered("Focus")
        let copy = try #require(both.copySide.first)
        both.world.simulator(both.copy).remove(copy.id, of: both.copy.address, calendar: nil)
        for _ in 0..<2 { try await both.sync() }

        #expect(both.copySide.isEmpty)
        #expect(both.meetingSide.map(\.title) == ["Focus"])
        #expect(try await both.titles() == ["Focus"])
        try await both.expectQuiet()
    }

    @Test(
        "M-12 an edit of the copy that a write of ours meets reaches the event and stays",
        arguments: Service.allCases
    )
    func meetingEdits(meeting: Service) async throws {
        let both = try await BothServices(meeting: meeting)
        let record = try await both.create("Focus")
        let copied = try #require(both.copySide.first)
        let service = both.world.simulator(both.copy)
        let address = both.copy.address
        try await both.host.update(record, invitations: .silent) { $0.title = "Ours" }
        try await both.host.sync(both.meeting).finish()
        both.world.tap(both.copy).intercept { request, next in
            if request.method == .patch, service.events(of: address).first?.title != "Theirs" {
                service.change(copied.id, of: address, calendar: nil) { $0.title = "Theirs" }
            }
            return try await next.send(request)
        }
        try await both.sync()
        both.world.tap(both.copy).intercept(nil)
        try await both.sync()

        #expect(both.copySide.map(\.title) == ["Theirs"])
        #expect(both.meetingSide.map(\.title) == ["Theirs"])
        #expect(try await both.titles() == ["Theirs"])
        try await both.expectQuiet()
    }

    @Test("M-12 a guest whose own account is connected gets the invitation and no copy beside it")
    func invited() async throws {
        let both = try await BothServices(meeting: .google)
        var content = try World.event("Kick-off", on: "2026-03-18")
        content.attendees = [Attendee("grace@example.org")]

        let placement = try await both.host.create(content, meetingIn: both.meeting, invitations: .silent)

        #expect(placement.places.map(\.isCopy) == [false])
    }
}
