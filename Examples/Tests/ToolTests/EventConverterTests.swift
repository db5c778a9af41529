import CalendarCore
import CalendarToolKit
import Foundation
import Testing

@Suite("calendar convert")
struct EventConverterTests {
    private static let event =
        #"{"id":"e1","etag":"\"7\"","status":"confirmed","summary":"Kick-off","updated":"2026-04-06T18:26:40.250Z","#
        + #""start":{"dateTime":"2026-05-04T10:00:00+02:00","timeZone":"Europe/Vienna"},"#
        + #""end":{"dateTime":"2026-05-04T11:00:00+02:00","timeZone":"Europe/Vienna"},"sequence":3,"#
        + #""colorId":"5","htmlLink":"https://g.example/e1","eventType":"focusTime","#
        + #""focusTimeProperties":{"chatStatus":"doNotDisturb"}}"#

    private static let neutral =
        #"{"event":{"attendeesAreIncomplete":false,"availability":"busy","color":"5","#
        + #""end":{"instant":"2026-05-04T09:00:00Z","local":"2026-05-04T11:00:00","zone":"Europe/Vienna"},"#
        + #""etag":"\"7\"","guestRights":{"mayInviteOthers":true,"mayModify":false,"maySeeOtherGuests":true},"#
        + #""id":"e1","importance":"normal","isOrganizer":true,"kind":"focusTime","#
        + #""kindDetails":{"automaticDecline":{},"chatStatus":"doNotDisturb"},"#
        + #""providerFields":{"focusTimeProperties":{"chatStatus":"doNotDisturb"},"sequence":3},"role":"single","#
        + #""start":{"instant":"2026-05-04T08:00:00Z","local":"2026-05-04T10:00:00","zone":"Europe/Vienna"},"#
        + #""status":"confirmed","title":"Kick-off","updatedAt":"2026-04-06T18:26:40.250Z","visibility":"default","#
        + #""webLink":"https://g.example/e1","writability":"full"}"#

    private static func lines(_ input: String, isRoundtrip: Bool = false) throws -> [String] {
        try EventConverter(.google, isRoundtrip: isRoundtrip).lines(of: Data(input.utf8))
    }

    @Test("an event becomes one line of the neutral model with sorted keys")
    func event() throws {
        #expect(try Self.lines(Self.event) == [Self.neutral + "}"])
    }

    @Test("an unchanged event sends nothing back")
    func roundtrip() throws {
        #expect(try Self.lines(Self.event, isRoundtrip: true) == [Self.neutral + #","patch":{}}"#])
    }

    @Test("each row of a page has its own kind of line, in the order of the rows")
    func page() throws {
        let occurrence =
            #"{"id":"s_20260504","status":"cancelled","recurringEventId":"s","originalStartTime":{"date":"2026-05-04"}}"#
        let page = #"{"items":[\#(Self.event),{"id":"gone","status":"cancelled"},\#(occurrence),{"id":"bad"}]}"#

        let lines = try Self.lines(page)

        #expect(
            lines == [
                Self.neutral + "}",
                #"{"removed":{"id":"gone"}}"#,
                #"{"cancelledOccurrence":{"id":"s_20260504","originalStart":{"day":"2026-05-04"},"series":"s"}}"#,
                #"{"issue":{"code":{"rawValue":"unreadableField"},"event":"bad","field":"start","#
                    + #""message":"A field that an event needs is missing."}}"#,
            ]
        )
    }

    @Test("an empty page has no line")
    func empty() throws {
        #expect(try Self.lines(#"{"items":[]}"#).isEmpty)
    }

    @Test("input that is not JSON is an error", arguments: ["", "hello", "{", "7"])
    func unusable(_ input: String) {
        #expect(throws: CalendarError.self) { try Self.lines(input) }
    }
}
