import CalendarCore
import Foundation
import GoogleProvider
import Testing

@Suite("Google: odd values in any field")
struct OddValueTests {
    /// An event that says something in every field of the resource.
    private static let whole: JSONNode = [
        "kind": "calendar#event", "etag": "\"7\"", "id": "e1", "status": "tentative",
        "htmlLink": "https://g.example/e1",
        "created": "2026-04-06T18:00:00.000Z", "updated": "2026-04-06T18:26:40.000Z", "summary": "Kick-off",
        "description": "<b>Agenda</b>", "location": "Room 1", "colorId": "5", "eventLabelId": "2f1f6c2e",
        "creator": ["email": "ada@example.com", "self": true], "organizer": ["email": "ada@example.com", "self": true],
        "start": ["dateTime": "2026-05-04T10:00:00+02:00", "timeZone": "Europe/Vienna"],
        "end": ["dateTime": "2026-05-04T11:00:00+02:00", "timeZone": "Europe/Vienna"], "endTimeUnspecified": true,
        "recurrence": ["RRULE:FREQ=WEEKLY;BYDAY=MO", "EXDATE;TZID=Europe/Vienna:20260511T100000"],
        "recurringEventId": "s1", "originalStartTime": ["dateTime": "2026-05-04T10:00:00+02:00"],
        "transparency": "transparent", "visibility": "private", "iCalUID": "e1@google.com", "sequence": 3,
        "attendees": [["email": "ada@example.com", "self": true, "responseStatus": "accepted", "additionalGuests": 1]],
        "attendeesOmitted": true, "anyoneCanAddSelf": true, "guestsCanModify": true, "guestsCanInviteOthers": false,
        "guestsCanSeeOtherGuests": false, "privateCopy": true, "locked": true,
        "extendedProperties": ["private": ["swift-calendar.deal": "7"], "shared": ["room": "blue"]],
        "hangoutLink": "https://meet.example/a", "gadget": ["type": "html", "preferences": ["a": "b"]],
        "conferenceData": [
            "createRequest": ["requestId": "r", "status": ["statusCode": "success"]],
            "entryPoints": [["entryPointType": "video", "uri": "https://meet.example/a"]],
            "conferenceSolution": ["key": ["type": "hangoutsMeet"]],
        ],
        "reminders": ["useDefault": false, "overrides": [["method": "email", "minutes": 20]]],
        "source": ["url": "https://x.example/1", "title": "Ticket"],
        "attachments": [["fileUrl": "https://d.example/1", "title": "Plan", "mimeType": "text/plain", "fileId": "f"]],
        "eventType": "focusTime", "focusTimeProperties": ["chatStatus": "doNotDisturb"],
    ]

    private static let odd: [JSONNode] = [
        nil, true, 7, -1.5, "", "odd", [], [nil], ["odd"], [7], [[:]], [:], ["odd": 1], ["date": 7, "dateTime": false],
        ["private": [], "shared": 7, "overrides": [:], "entryPoints": [7], "email": nil, "url": 3, "type": 1],
    ]

    private static func changes(_ row: JSONNode) throws -> RemoteChange? {
        let changes = try GoogleCalendarProvider().changes(reading: row.data)
        #expect(changes.count == 1)
        return changes.first
    }

    @Test("cost that field alone, or the event is an issue; what is read sends nothing back unchanged", arguments: odd)
    func replaced(_ value: JSONNode) throws {
        for key in Self.whole.object?.keys ?? [] {
            var row = Self.whole
            row[key] = value
            switch try Self.changes(row) {
            case .upserted(let event):
                #expect(event.id.rawValue == row["id"]?.string, "\(key)")
                #expect(try GoogleSamples.patch(from: event.content, to: event.content) == [:], "\(key)")
            case .unreadable(let issue):
                #expect(["id", "start", "end", "originalStartTime"].contains(issue.field), "\(key)")
            default: Issue.record("\(key) should not make an event go")
            }
        }
    }

    @Test("an event that says everything loses nothing: what the model does not hold whole is kept")
    func whole() throws {
        let event = try GoogleSamples.event(String(decoding: Self.whole.data, as: UTF8.self))

        let kept = try JSONNode(Array(event.providerFields)).object?.keys
        #expect(
            kept == [
                "created", "eventLabelId", "creator", "organizer", "endTimeUnspecified", "sequence", "attendees",
                "anyoneCanAddSelf", "privateCopy", "locked", "extendedProperties", "hangoutLink", "gadget",
                "conferenceData", "reminders", "source", "attachments", "focusTimeProperties",
            ]
        )
        #expect(try GoogleSamples.patch(from: event.content, to: event.content) == [:])
    }

    @Test("a field that is not there costs nothing but itself; without id or start there is no event")
    func removed() throws {
        for key in Self.whole.object?.keys ?? [] {
            var row = Self.whole
            row[key] = nil
            guard case .unreadable(let issue) = try Self.changes(row) else { continue }
            #expect(issue.field == key)
            #expect(["id", "start", "originalStartTime"].contains(key))
        }
    }
}
