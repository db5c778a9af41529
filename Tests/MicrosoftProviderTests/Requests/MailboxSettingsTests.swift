import CalendarCore
import CalendarTesting
import Foundation
import MicrosoftProvider
import Testing

@Suite("Microsoft: the settings of a mailbox")
struct MailboxSettingsTests {
    private func settings(_ json: String) async throws -> MailboxSettings {
        let graph = ScriptedGraph(.expect(.get, path: "/v1.0/me/mailboxSettings", .json(json)))
        return try await graph.provider.mailboxSettings(session: graph.session)
    }

    @Test("the zone and the weekly hours are told")
    func usual() async throws {
        let settings = try await settings(
            """
            {"timeZone":"W. Europe Standard Time","workingHours":{"daysOfWeek":["monday","Friday"],
            "startTime":"08:00:00.0000000","endTime":"16:30:00.0000000","timeZone":{"name":"GMT Standard Time"}}}
            """
        )

        #expect(settings.zone == EventZone("W. Europe Standard Time"))
        let range = try MinuteRange(from: "08:00", to: "16:30")
        let hours = try WorkingHours(zone: EventZone("GMT Standard Time"), week: [.monday: [range], .friday: [range]])
        #expect(settings.workingHours == hours)
    }

    @Test("a zone its owner made up is not known, and hours on its clock are not told (R-38)")
    func custom() async throws {
        let settings = try await settings(
            """
            {"timeZone":"Customized Time Zone","workingHours":{"daysOfWeek":["monday"],"startTime":"08:00:00",
            "endTime":"17:00:00","timeZone":{"@odata.type":"#microsoft.graph.customTimeZone","bias":300,
            "name":"Customized Time Zone"}}}
            """
        )

        #expect(!settings.zone.isKnown)
        #expect(settings.workingHours == nil)
    }

    @Test("nothing said is UTC without hours")
    func nothing() async throws {
        let settings = try await settings("{}")

        #expect(settings.zone == .utc)
        #expect(settings.workingHours == nil)
    }
}
