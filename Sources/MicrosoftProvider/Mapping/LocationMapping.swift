import CalendarCore
import Foundation

/// The place as text against `location.displayName`; further places and addresses stay at the service.
enum LocationMapping {
    static func read(_ event: JSONValue) -> String? { canonical(event["location"]?["displayName"]?.string) }

    static func write(_ content: EventContent, into body: inout JSONObject) {
        body["location"] = ["displayName": .string(canonical(content.location) ?? "")]
    }

    static func canonical(_ location: String?) -> String? {
        guard let text = location?.trimmingCharacters(in: .whitespacesAndNewlines), !text.isEmpty else { return nil }
        return text
    }
}
