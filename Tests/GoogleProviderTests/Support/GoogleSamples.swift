import CalendarCore
import Foundation
import GoogleProvider

/// Contents and pages written for these tests.
enum GoogleSamples {
    static func civil(_ text: String) -> CivilDateTime {
        CivilDateTime(text) ?? .earliest
    }

    static func day(_ text: String) -> EventTime {
        .day(CivilDate(text) ?? .earliest)
    }

    static func zoned(_ text: String, _ zone: String) -> EventTime {
        .zoned(civil(text), EventZone(zone))
    }

    /// An hour in Vienna, changed by the function.
    static func meeting(_ change: (inout EventContent) -> Void = { _ in }) -> EventContent {
        var content = EventContent(
            title: "Kick-off",
            start: zoned("2026-05-04T10:00:00", "Europe/Vienna"),
            end: zoned("2026-05-04T11:00:00", "Europe/Vienna")
        )
        change(&content)
        return content
    }

    /// A page of events that ends the round.
    static func page(_ items: String, ending: String = #""nextSyncToken":"s1""#) -> String {
        #"{"kind":"calendar#events","timeZone":"Europe/Vienna","items":[\#(items)],\#(ending)}"#
    }

    /// An event as the service prints it, with further fields.
    static func row(_ id: String, _ more: String = "") -> String {
        #"{"id":"\#(id)","etag":"\"7\"","status":"confirmed","summary":"Kick-off","#
            + #""start":{"dateTime":"2026-05-04T10:00:00+02:00","timeZone":"Europe/Vienna"},"#
            + #""end":{"dateTime":"2026-05-04T11:00:00+02:00","timeZone":"Europe/Vienna"}\#(more)}"#
    }

    /// The event that a row of the service is read as.
    static func event(_ row: String) throws -> RemoteEvent {
        let changes = try GoogleCalendarProvider().changes(reading: Data(row.utf8))
        guard changes.count == 1, case .upserted(let event) = changes.first else {
            throw ScriptedGoogle.UnplannedRequest()
        }
        return event
    }

    /// The body that changing one content into another sends; the base is canonical, as the engine keeps it.
    static func patch(from base: EventContent, to content: EventContent) throws -> JSONNode {
        let provider = GoogleCalendarProvider()
        let update = EventUpdate(
            id: "e1",
            etag: "\"7\"",
            base: provider.canonical(base),
            content: content,
            invitations: .silent
        )
        return try JSONNode(Array(provider.patch(for: update)))
    }

    static func window() throws -> SyncWindow {
        try SyncWindow(
            start: Date(timeIntervalSince1970: 1_767_225_600),
            end: Date(timeIntervalSince1970: 1_798_761_600)
        )
    }
}
