import CalendarCore
import Foundation

/// The parameters of `events.list`, checked as the service checks them.
struct GoogleListQuery {
    let syncToken: GoogleSyncToken?
    let expandsSeries: Bool
    let showsDeleted: Bool
    let after: Date?
    let before: Date?
    let updatedAfter: Date?
    let ordersByStart: Bool
    let iCalUID: String?
    /// The zone that times are printed in.
    let zone: EventZone?
    let size: Int

    init(_ query: FormFields, calendar: String, epoch: Int) throws(GoogleRefusal) {
        let isIncrement = query["syncToken"] != nil
        if isIncrement {
            let forbidden = [
                "iCalUID", "privateExtendedProperty", "q", "sharedExtendedProperty", "timeMin", "timeMax", "updatedMin",
            ]
            guard !forbidden.contains(where: { query[$0] != nil }), query["showDeleted"] != "false" else {
                throw .invalid("Sync token cannot be used with other request restrictions", parameter: "syncToken")
            }
            guard query["orderBy"] == nil else {
                throw .invalid("Sync token cannot be used with non-default ordering", parameter: "syncToken")
            }
        }
        if let text = query["syncToken"] {
            guard let token = GoogleSyncToken(text, calendar: calendar) else {
                throw .invalid("Invalid Value", parameter: "syncToken")
            }
            guard token.epoch == epoch else { throw .fullSyncRequired }
            syncToken = token
        } else {
            syncToken = nil
        }
        expandsSeries = query["singleEvents"] == "true"
        showsDeleted = query["showDeleted"] == "true" || isIncrement
        after = try GoogleEventTimes.bound(query, "timeMin")
        before = try GoogleEventTimes.bound(query, "timeMax")
        updatedAfter = try GoogleEventTimes.bound(query, "updatedMin")
        if let after, let before, after >= before { throw .emptyRange(parameter: "timeMax") }
        switch query["orderBy"] {
        case nil, "updated": ordersByStart = false
        case "startTime":
            guard expandsSeries else {
                throw .invalid(
                    "The requested ordering is not available for the particular query.",
                    parameter: "orderBy"
                )
            }
            ordersByStart = true
        default: throw GoogleRefusal(400, "invalidParameter", "Invalid Value", parameter: "orderBy")
        }
        iCalUID = query["iCalUID"]
        zone = query["timeZone"].map { EventZone($0) }
        if let text = query["maxResults"] {
            guard let number = Int(text), number >= 1 else {
                throw GoogleRefusal(400, "invalidParameter", "Invalid Value", parameter: "maxResults")
            }
            size = min(number, 2500)
        } else {
            size = 250
        }
    }
}
