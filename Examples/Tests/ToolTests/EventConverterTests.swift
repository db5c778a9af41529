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

    private static let graph =
        #"{"id":"m1","@odata.etag":"W/\"v1\"","type":"singleInstance","subject":"Kick-off","isAllDay":false,"#
        + #""start":{"dateTime":"2026-05-04T08:00:00.0000000","timeZone":"UTC"},"#
        + #""end":{"dateTime":"2026-05-04T09:00:00.0000000","timeZone":"UTC"},"#
        + #""originalStartTimeZone":"W. Europe Standard Time","originalEndTimeZone":"W. Europe Standard Time","#
        + #""showAs":"oof","sensitivity":"private","importance":"high","categories":["Red"],"hideAttendees":true}"#

    @Test("an event of Microsoft becomes one line too, and sends nothing back unchanged")
    func microsoft() throws {
        let lines = try EventConverter(.microsoft, isRoundtrip: true).lines(
            of: Data(#"{"value":[\#(Self.graph)]}"#.utf8)
        )

        #expect(lines.count == 1)
        let line = lines.first ?? ""
        #expect(line.hasPrefix(#"{"event":{"attendeesAreIncomplete":false,"availability":"outOfOffice","#))
        #expect(line.contains(#""guestRights":{"mayInviteOthers":true,"mayModify":false,"maySeeOtherGuests":false}"#))
        #expect(line.contains(#""windowsZone":"W. Europe Standard Time","zone":"Europe/Berlin""#))
        #expect(line.hasSuffix(#""patch":{}}"#))
    }

    @Test("an event of one service says what the other would be sent, and what is lost")
    func conversion() throws {
        let toGoogle = try EventConverter(.microsoft, to: .google).lines(of: Data(Self.graph.utf8))
        let toMicrosoft = try EventConverter(.google, to: .microsoft).lines(of: Data(Self.event.utf8))

        let google = try #require(toGoogle.first)
        #expect(google.hasPrefix(#"{"conversion":{"id":"m1","losses":["#))
        #expect(google.contains(#"{"field":"importance","message":"The service has no importance."}"#))
        #expect(google.contains(#"{"field":"categories","message":"The service has no categories."}"#))
        #expect(google.contains(#""summary":"Kick-off""#) && google.contains(#""visibility":"private""#))
        #expect(google.contains(#""guestsCanSeeOtherGuests":false"#))
        let microsoft = try #require(toMicrosoft.first)
        #expect(microsoft.contains(#"{"field":"color","message":"Events have no colour of their own."}"#))
        #expect(microsoft.contains(#""subject":"Kick-off""#))
        #expect(
            microsoft.contains(#""start":{"dateTime":"2026-05-04T10:00:00","timeZone":"W. Europe Standard Time"}"#)
        )
    }

    @Test("a series that the other service cannot express is refused with the field")
    func refusal() throws {
        let hourly = Self.event.replacing(#""sequence":3"#, with: #""recurrence":["RRULE:FREQ=HOURLY;COUNT=3"]"#)

        let lines = try EventConverter(.google, to: .microsoft).lines(of: Data(hourly.utf8))

        #expect(lines.first?.contains(#""refusal":{"code":"unsupported","field":"recurrence","#) == true)
        #expect(lines.first?.contains(#""payload""#) == false)
    }
}
