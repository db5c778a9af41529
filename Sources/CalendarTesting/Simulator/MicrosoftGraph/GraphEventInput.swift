import CalendarCore

/// The body of a create or update, checked and brought into the form in which properties are stored.
struct GraphEventInput: Sendable {
    /// Properties to store as they are.
    private(set) var changes = JSONObject()
    private(set) var start: GraphTime?
    private(set) var end: GraphTime?
    private(set) var isAllDay: Bool?
    /// The recurrence as sent: nil when absent, null to remove it.
    private(set) var recurrence: JSONNode?
    private(set) var transactionID: String?
    private(set) var properties: [GraphExtendedProperty] = []
    private(set) var extensions: [GraphExtension] = []
    /// Attachments as sent.
    private(set) var attachments: [JSONNode] = []
    /// The writable properties that were present.
    private(set) var names: [String] = []

    init(_ body: JSONNode) throws(GraphFailure) {
        guard let object = body.object else { throw .body("The body is not a JSON object.") }
        for member in object.members where !member.key.hasPrefix("@") && !member.key.contains("@odata.") {
            guard !Self.readOnly.contains(member.key) else { continue }
            try read(member.key, member.value)
            names.append(member.key)
        }
    }

    /// Properties that are known, and ignored when sent.
    private static let readOnly: Set<String> = [
        "id", "changeKey", "createdDateTime", "lastModifiedDateTime", "iCalUId", "organizer", "isOrganizer",
        "responseStatus", "webLink", "type", "seriesMasterId", "hasAttachments", "bodyPreview", "originalStart",
        "originalStartTimeZone", "originalEndTimeZone", "isCancelled", "isDraft", "onlineMeeting", "onlineMeetingUrl",
        "cancelledOccurrences", "exceptionOccurrences", "instances", "calendar",
    ]

    private static let words: [String: [String]] = [
        "importance": ["low", "normal", "high"],
        "sensitivity": ["normal", "personal", "private", "confidential"],
        "showAs": ["free", "tentative", "busy", "oof", "workingElsewhere", "unknown"],
        "onlineMeetingProvider": ["unknown", "skypeForBusiness", "skypeForConsumer", "teamsForBusiness"],
    ]

    private static let switches: Set<String> = [
        "responseRequested", "allowNewTimeProposals", "hideAttendees", "isReminderOn", "isOnlineMeeting",
    ]

    private mutating func read(_ name: String, _ value: JSONNode) throws(GraphFailure) {
        switch name {
        case "start": start = try GraphTime(value, property: name)
        case "end": end = try GraphTime(value, property: name)
        case "isAllDay":
            guard let flag = value.bool else { throw Self.unreadable(name) }
            isAllDay = flag
        case "recurrence": recurrence = value
        case "transactionId": transactionID = value.string
        case "attachments": attachments = try Self.list(name, value)
        case "extensions": for node in try Self.list(name, value) { extensions.append(try GraphExtension(node)) }
        case "singleValueExtendedProperties", "multiValueExtendedProperties":
            for node in try Self.list(name, value) {
                properties.append(try GraphExtendedProperty(node, isMultiple: name.hasPrefix("multi")))
            }
        case "subject":
            guard value.isNull || value.string != nil else { throw Self.unreadable(name) }
            guard (value.string ?? "").count <= 255 else { throw .property("The subject is longer than 255.") }
            changes[name] = value.isNull ? "" : value
        case "body":
            guard Self.isBody(value) else { throw Self.unreadable(name) }
            changes[name] = GraphBody.stored(value)
        case "categories":
            guard try Self.list(name, value).allSatisfy({ $0.string != nil }) else { throw Self.unreadable(name) }
            changes[name] = .array(value.elements)
        case "reminderMinutesBeforeStart":
            guard value.int != nil else { throw Self.unreadable(name) }
            changes[name] = value
        case "location":
            guard value.isNull || value.object != nil else { throw Self.unreadable(name) }
            let location = GraphLocation.completed(value)
            changes[name] = location
            changes["locations"] = location == GraphLocation.empty ? [] : [location]
        case "locations":
            let locations = try Self.list(name, value).map { GraphLocation.completed($0) }
            changes[name] = .array(locations)
            changes["location"] = locations.first ?? GraphLocation.empty
        case "attendees": changes[name] = try Self.attendees(value)
        default: try readWord(name, value)
        }
    }

    private mutating func readWord(_ name: String, _ value: JSONNode) throws(GraphFailure) {
        if Self.switches.contains(name) {
            guard value.bool != nil else { throw Self.unreadable(name) }
            changes[name] = value
            return
        }
        guard let words = Self.words[name] else {
            throw .body("The property '\(name)' does not exist on type 'microsoft.graph.event'.")
        }
        let text = value.string?.lowercased()
        guard let word = words.first(where: { $0.lowercased() == text }) else { throw Self.unreadable(name) }
        changes[name] = .string(word)
    }

    private static func unreadable(_ name: String) -> GraphFailure {
        .body("The value of the property '\(name)' cannot be converted to its type.")
    }

    /// The elements of a collection; null empties it.
    private static func list(_ name: String, _ value: JSONNode) throws(GraphFailure) -> [JSONNode] {
        switch value {
        case .array(let elements): return elements
        case .null: return []
        default: throw unreadable(name)
        }
    }

    private static func isBody(_ value: JSONNode) -> Bool {
        guard !value.isNull else { return true }
        let type = value["contentType"] ?? .null
        let isKnown = type.isNull || ["html", "text"].contains(type.string?.lowercased() ?? "")
        let content = value["content"] ?? .null
        return value.object != nil && isKnown && (content.isNull || content.string != nil)
    }

    private static func attendees(_ value: JSONNode) throws(GraphFailure) -> JSONNode {
        let nodes = try list("attendees", value)
        guard nodes.count <= 500 else { throw .property("An event has at most 500 attendees.") }
        var result: [JSONNode] = []
        for node in nodes {
            guard let address = node["emailAddress"]?["address"]?.string, !address.isEmpty else {
                throw .property("An attendee has no address.")
            }
            let type = node["type"]?.string?.lowercased() ?? "required"
            guard ["required", "optional", "resource"].contains(type) else { throw unreadable("type") }
            result.append([
                "type": .string(type), "status": ["response": "none", "time": .string(GraphTimestamp.none)],
                "emailAddress": [
                    "name": .string(node["emailAddress"]?["name"]?.string ?? address), "address": .string(address),
                ],
            ])
        }
        return .array(result)
    }
}
