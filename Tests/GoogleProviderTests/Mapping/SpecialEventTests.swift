import CalendarCore
import Foundation
import GoogleProvider
import Testing

@Suite("Google: special kinds of events")
struct SpecialEventTests {
    private let provider = GoogleCalendarProvider()

    private func read(_ more: String) throws -> EventContent {
        try GoogleSamples.event(GoogleSamples.row("e1", "," + more)).content
    }

    @Test("time away says what happens to invitations")
    func outOfOffice() throws {
        let content = try read(
            #""eventType":"outOfOffice","outOfOfficeProperties":{"autoDeclineMode":"declineNone","declineMessage":"Away"}"#
        )

        #expect(content.kind == .outOfOffice)
        #expect(content.kindDetails == .outOfOffice(.init(mode: "declineNone", message: "Away")))
        #expect(content.writability == .full)
    }

    @Test("focus time says how chat shows its owner; without properties it says nothing more")
    func focusTime() throws {
        let content = try read(
            #""eventType":"focusTime","focusTimeProperties":{"autoDeclineMode":"new","chatStatus":"doNotDisturb"}"#
        )
        let bare = try read(#""eventType":"focusTime","focusTimeProperties":7"#)

        #expect(content.kindDetails == .focusTime(.init(mode: "new"), chatStatus: "doNotDisturb"))
        #expect(bare.kind == .focusTime)
        #expect(bare.kindDetails == nil)
    }

    @Test("a place of work is read whatever kind it is")
    func workingLocation() throws {
        let office = try read(
            #""eventType":"workingLocation","workingLocationProperties":{"type":"officeLocation","officeLocation":"#
                + #"{"buildingId":"B1","floorId":"2","floorSectionId":"S","deskId":"D7","label":"Head office"}}"#
        )
        let home = try read(
            #""eventType":"workingLocation","workingLocationProperties":{"type":"homeOffice","homeOffice":{}}"#
        )
        let custom = try read(
            #""eventType":"workingLocation","workingLocationProperties":"#
                + #"{"type":"customLocation","customLocation":{"label":"Train"}}"#
        )

        var desk = EventKindDetails.WorkingLocation(kind: "officeLocation", label: "Head office")
        (desk.building, desk.floor, desk.section, desk.desk) = ("B1", "2", "S", "D7")
        #expect(office.kindDetails == .workingLocation(desk))
        #expect(home.kindDetails == .workingLocation(.init(kind: "homeOffice")))
        #expect(custom.kindDetails == .workingLocation(.init(kind: "customLocation", label: "Train")))
    }

    @Test("a birthday names its contact, another yearly day its label")
    func birthday() throws {
        let content = try read(
            #""eventType":"birthday","birthdayProperties":"#
                + #"{"type":"custom","customTypeName":"First day","contact":"people/c1"}"#
        )

        #expect(
            content.kindDetails == .birthday(.init(kind: "custom", label: "First day", contact: "people/c1"))
        )
    }

    @Test("the properties are kept as they came, too")
    func kept() throws {
        let properties = #"{"type":"homeOffice","homeOffice":{ },"later":[1]}"#
        let row = GoogleSamples.row(
            "e1",
            #","eventType":"workingLocation","workingLocationProperties":"# + properties
        )

        let kept = try GoogleSamples.event(row).providerFields

        #expect(String(decoding: kept, as: UTF8.self) == #"{"workingLocationProperties":\#(properties)}"#)
    }

    static let protected: [String] = [
        #""locked":true"#, #""eventType":"fromGmail""#, #""eventType":"birthday""#, #""eventType":"workingLocation""#,
    ]

    @Test("Trap 18 the title of a locked or special event is refused before any request", arguments: protected)
    func refused(_ field: String) async throws {
        let google = ScriptedGoogle(json: "{}")
        let base = try read(field)
        var content = base
        content.title = "Mine"
        let update = EventUpdate(
            id: "e1",
            etag: "\"7\"",
            base: provider.canonical(base),
            content: content,
            invitations: .silent
        )

        let error = await calendarError { try await provider.update(update, in: "cal", session: google.session) }

        #expect(base.writability == .personal)
        #expect(error?.code == .rejected)
        #expect(error?.field == "title")
        #expect(error?.failureClass == .poison)
        #expect(google.sent.isEmpty)
    }

    @Test("Trap 18 its owner's reminders, colour and tags stay writable", arguments: protected)
    func personal(_ field: String) throws {
        let base = try read(field)
        var content = base
        content.reminders = EventReminders(usesDefault: false, overrides: [.init(minutesBefore: 5)])
        content.color = "5"
        content.hostTags = ["deal": "7"]

        let patch = try GoogleSamples.patch(from: base, to: content)

        let expected: JSONNode = [
            "reminders": ["useDefault": false, "overrides": [["method": "popup", "minutes": 5]]],
            "colorId": "5",
            "extendedProperties": ["private": ["swift-calendar.deal": "7"]],
        ]
        #expect(patch == expected)
    }

    @Test("how a locked event fills the time is its owner's, how a birthday does is not")
    func availability() throws {
        let locked = try read(#""locked":true"#)
        let birthday = try read(#""eventType":"birthday""#)
        var (free, moved) = (locked, birthday)
        free.availability = .free
        moved.availability = .free

        #expect(try GoogleSamples.patch(from: locked, to: free) == ["transparency": "transparent"])
        #expect(throws: CalendarError.self) { try GoogleSamples.patch(from: birthday, to: moved) }
    }

    @Test(
        "Trap 14 a row shown without details is never written back, not even its colour",
        arguments: [
            #"{"id":"e1","etag":"\"1\"","status":"confirmed","visibility":"private","#
                + #""start":{"date":"2026-05-04"},"end":{"date":"2026-05-05"}}"#
        ]
    )
    func hidden(_ row: String) throws {
        let event = try GoogleSamples.event(row)
        var content = event.content
        content.color = "5"

        #expect(event.content.writability == .nothing)
        #expect(!event.isOrganizer)
        let error = #expect(throws: CalendarError.self) { try GoogleSamples.patch(from: event.content, to: content) }
        #expect(error?.field == "color")
    }

    @Test("Trap 14 in a calendar of which only busy time is shown, no row is written back")
    func freeBusyReader() throws {
        let page = #"{"accessRole":"freeBusyReader","items":[\#(GoogleSamples.row("e1"))]}"#

        guard case .upserted(let event) = try provider.changes(reading: Data(page.utf8)).first else {
            Issue.record("the row should be an event")
            return
        }

        #expect(event.content.writability == .nothing)
    }

    @Test("an own event without a title is not taken for one without details")
    func untitled() throws {
        let event = try GoogleSamples.event(
            #"{"id":"e1","visibility":"private","creator":{"email":"ada@example.com","self":true},"#
                + #""start":{"date":"2026-05-04"},"end":{"date":"2026-05-05"}}"#
        )

        #expect(event.content.writability == .full)
        #expect(event.isOrganizer)
    }
}
