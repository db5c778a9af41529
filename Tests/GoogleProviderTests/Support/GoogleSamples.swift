import CalendarCore
import Foundation

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

    static func window() throws -> SyncWindow {
        try SyncWindow(
            start: Date(timeIntervalSince1970: 1_767_225_600),
            end: Date(timeIntervalSince1970: 1_798_761_600)
        )
    }
}
