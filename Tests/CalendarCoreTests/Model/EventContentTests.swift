import CalendarCore
import Foundation
import Testing

@Suite("Event contents")
struct EventContentTests {
    private static let day = EventTime.day(CivilDate.earliest)

    /// A content of which every part says something.
    private static let full = {
        var content = EventContent(title: "Kick-off", start: day, end: day.advanced(bySeconds: 86_400))
        content.body = EventBody("Agenda", isHTML: true)
        content.recurrence = Recurrence(lines: ["RRULE:FREQ=DAILY"])
        content.status = .tentative
        content.availability = .free
        content.visibility = .private
        content.kind = .workingLocation
        content.kindDetails = .workingLocation(.init(kind: "homeOffice", label: "Home"))
        content.writability = .personal
        content.importance = .high
        content.location = "Room 1"
        content.organizer = "ada@example.com"
        content.attendees = [Attendee("bob@example.com", response: .accepted)]
        content.attendeesAreIncomplete = true
        content.guestRights = GuestRights(mayModify: true, mayInviteOthers: false, maySeeOtherGuests: false)
        content.reminders = EventReminders(usesDefault: false, overrides: [.init(minutesBefore: 5)])
        content.conference = EventConference(
            solution: "hangoutsMeet",
            joinURL: "https://meet.example/a",
            state: .ready,
            entryPoints: [ConferenceEntryPoint(kind: "phone", url: "tel:+1", code: "0123")]
        )
        content.categories = ["Red"]
        content.color = "5"
        content.attachments = [EventAttachment(url: "https://d.example/1")]
        content.source = EventSource(url: "https://x.example/1", title: "Ticket")
        content.hostTags = ["deal": "7"]
        return content
    }()

    @Test("M-49 a stored content is read back whole")
    func stored() throws {
        let data = try JSONEncoder().encode(Self.full)

        #expect(try JSONDecoder().decode(EventContent.self, from: data) == Self.full)
    }

    @Test("M-49 a content stored before a part existed is read, the part being as in an ordinary event")
    func storedEarlier() throws {
        let data = try JSONEncoder().encode(EventContent(title: nil, start: Self.day, end: Self.day))
        var stored = try JSONNode(Array(data))
        for key in stored.object?.keys ?? [] where key != "start" && key != "end" { stored[key] = nil }
        stored["conference"] = ["state": "pending"]

        let content = try JSONDecoder().decode(EventContent.self, from: stored.data)

        var expected = EventContent(title: nil, start: Self.day, end: Self.day)
        expected.conference = EventConference(solution: nil, joinURL: nil, state: .pending)
        #expect(content == expected)
    }

    @Test("each field is compared and taken over on its own", arguments: EventField.allCases)
    func fields(_ field: EventField) {
        let plain = EventContent(title: nil, start: Self.day, end: Self.day)
        var content = plain

        content.take(field, from: Self.full)

        #expect(content.changedFields(from: plain) == [field])
    }
}
