import CalendarCore
import Foundation

/// The parameters of `events.list`, checked as the service checks them.
struct GoogleListQuery {
    /// The order of the rows.
    enum Order {
        /// Stable, otherwise unspecified.
        case stored
        case start
        case updated
    }

    let syncToken: GoogleSyncToken?
    let expandsSeries: Bool
    let showsDeleted: Bool
    let after: Date?
    let before: Date?
    let updatedAfter: Date?
    let order: Order
    let filter: GoogleEventFilter
    let size: Int

    /// What an increment cannot go with, and what makes a listing one that cannot be continued by a sync token.
    private static let unsyncable = [
        "iCalUID", "privateExtendedProperty", "q", "sharedExtendedProperty", "timeMin", "timeMax", "updatedMin",
    ]

    /// Whether the last page carries a sync token: a window limits only the first listing, other filters have none.
    let isSyncable: Bool

    init(_ query: FormFields, calendar: String, epoch: Int) throws(GoogleRefusal) {
        syncToken = try Self.syncToken(query, calendar: calendar, epoch: epoch)
        let isIncrement = syncToken != nil
        expandsSeries = query.isTrue("singleEvents")
        after = try GoogleEventTimes.bound(query, "timeMin")
        before = try GoogleEventTimes.bound(query, "timeMax")
        updatedAfter = try GoogleEventTimes.bound(query, "updatedMin")
        showsDeleted = query.isTrue("showDeleted") || isIncrement
        if let after, let before, after >= before { throw .emptyRange(parameter: "timeMax") }
        switch query["orderBy"] {
        case nil: order = .stored
        case "updated": order = .updated
        case "startTime":
            guard expandsSeries else {
                throw .invalid(
                    "The requested ordering is not available for the particular query.",
                    parameter: "orderBy"
                )
            }
            order = .start
        default: throw .invalidParameter("orderBy")
        }
        filter = try GoogleEventFilter(query)
        size = try GoogleListQuery.size(query)
        isSyncable =
            order == .stored
            && !Self.unsyncable.contains { $0 != "timeMin" && $0 != "timeMax" && query[$0] != nil }
    }

    /// The token of an increment, which goes with no other restriction.
    private static func syncToken(
        _ query: FormFields,
        calendar: String,
        epoch: Int
    ) throws(GoogleRefusal) -> GoogleSyncToken? {
        guard let text = query["syncToken"] else { return nil }
        let hidesDeleted = query["showDeleted"].map { $0.lowercased() == "false" } ?? false
        guard !unsyncable.contains(where: { query[$0] != nil }), !hidesDeleted else {
            throw .invalid("Sync token cannot be used with other request restrictions", parameter: "syncToken")
        }
        guard query["orderBy"] == nil else {
            throw .invalid("Sync token cannot be used with non-default ordering", parameter: "syncToken")
        }
        guard let token = GoogleSyncToken(text, calendar: calendar) else {
            throw .invalid("Invalid Value", parameter: "syncToken")
        }
        guard token.epoch == epoch else { throw .fullSyncRequired }
        return token
    }

    /// The size of a page: 250 unless told, and 2500 at most, whatever is asked.
    static func size(_ query: FormFields) throws(GoogleRefusal) -> Int {
        guard let text = query["maxResults"] else { return 250 }
        guard let number = Int(text), number >= 1 else { throw .invalidParameter("maxResults") }
        return min(number, 2500)
    }
}

extension FormFields {
    /// Whether a switch is on, however its value is capitalised.
    func isTrue(_ name: String) -> Bool { self[name]?.lowercased() == "true" }
}

extension GoogleRefusal {
    /// The answer to a parameter with a value it cannot have.
    static func invalidParameter(_ name: String) -> GoogleRefusal {
        GoogleRefusal(400, "invalidParameter", "Invalid Value", parameter: name)
    }

    /// The answer to an `updatedMin` longer ago than the service remembers deletions.
    static let updatedMinTooLongAgo = GoogleRefusal(
        410,
        "updatedMinTooLongAgo",
        "The requested minimum modification time lies too far in the past.",
        domain: "calendar",
        parameter: "updatedMin"
    )
}
