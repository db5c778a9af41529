import CalendarCore
import Foundation

/// `events.insert` with an id chosen by the caller, which makes it idempotent (reference "Events: insert", `id`).
struct EventInsertRequest {
    let calendar: CalendarID
    let creation: EventCreation
    let markers: MarkerNames

    func request(root: URL) throws -> HTTPRequest {
        guard Self.isUsable(creation.key.rawValue) else {
            throw CalendarError.invalidArgument("key", "A key has 5 to 1024 of the characters 0-9 and a-v.")
        }
        let endpoint = Endpoint(
            root,
            "calendars",
            calendar.rawValue,
            "events",
            query: WriteQuery(invitations: creation.invitations).fieldsWithBody
        )
        return HTTPRequest(
            .post,
            try endpoint.url,
            operation: "events.insert",
            headers: ["Content-Type": "application/json"],
            body: body,
            repeatSafety: .onlyIfUnprocessed
        )
    }

    /// The event as JSON.
    var body: Data {
        var writer = JSONWriter()
        writer.object { writer in
            writer.field("id", creation.key.rawValue)
            EventMapping(markers: markers).write(creation.content, for: .insert(key: creation.key), to: &writer)
        }
        return writer.data
    }

    /// Base32hex in lower case.
    private static func isUsable(_ key: String) -> Bool {
        (5...1024).contains(key.utf8.count)
            && key.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "v"): true
                default: false
                }
            }
    }
}
