import CalendarCore
import Foundation

/// A single event or the master of a series, as a mailbox holds it.
struct GraphItem: Sendable {
    /// What the ids are made of; it never changes.
    let key: String
    /// The order of creation.
    let serial: Int
    var calendar: String
    var iCalUID: String
    var transactionID: String?
    var created: Date
    var modified: Date
    /// The position of the last change in the mailbox's log; the etag is made of it.
    var version: Int
    var start: GraphTime
    var end: GraphTime
    var isAllDay: Bool
    var recurrence: GraphRecurrence?
    /// The other writable properties, as they are answered.
    var fields: JSONObject
    var organizer: EventPerson
    var isOrganizer: Bool
    var response: String
    /// When the owner of the copy answered; nil for never.
    var answered: Date?
    var isCancelled = false
    /// How often it went to another calendar: default ids are made of it, immutable ones are not.
    var moves = 0
    var properties: [GraphExtendedProperty] = []
    var extensions: [GraphExtension] = []
    var attachments: [GraphAttachment] = []
    /// How many online meetings it has had; every one has an address of its own.
    var meetings = 0
    /// Whether a new body took the online meeting away.
    var hasLostMeeting = false
    /// Members to answer in place of the item's own, readable or not.
    var damage = JSONObject()
    /// The slots of a series that were cancelled, as dates in the zone of the recurrence.
    var cancelledDates: [CivilDate] = []
    var exceptions: [GraphException] = []
}

/// An occurrence that differs from its series; what it does not override follows the master.
struct GraphException: Sendable {
    let date: CivilDate
    var start: GraphTime
    var end: GraphTime
    var isAllDay: Bool
    var overrides = JSONObject()
    var properties: [GraphExtendedProperty] = []
    var isCancelled = false
    var version: Int
    var modified: Date
}

/// A named value that other clients do not show (`singleValueLegacyExtendedProperty`, or `multiValue…` of several).
struct GraphExtendedProperty: Hashable, Sendable {
    let id: String
    /// One text, or several of them.
    let value: JSONNode

    /// Whether it is one of the event's `multiValueExtendedProperties`.
    var isMultiple: Bool { value.string == nil }

    var json: JSONNode { ["id": .string(id), "value": value] }

    /// Reads one of an event's extended properties.
    init(_ node: JSONNode, isMultiple: Bool) throws(GraphFailure) {
        let value = node["value"] ?? .null
        let isFitting: Bool
        if case .array(let texts) = value {
            isFitting = isMultiple && texts.allSatisfy { $0.string != nil }
        } else {
            isFitting = !isMultiple && value.string != nil
        }
        guard let id = node["id"]?.string, Self.isID(id, isMultiple: isMultiple), isFitting else {
            throw .property("An extended property needs an id with its type, and a value of that type.")
        }
        self.id = id
        self.value = value
    }

    private static let types = ["String", "Integer", "Boolean", "Double", "SystemTime", "CLSID", "Binary", "Long"]

    /// Whether a text is `{type} {guid} Name {name}`, `{type} {guid} Id {number}` or `{type} {tag}`
    /// (https://learn.microsoft.com/graph/api/resources/extended-properties-overview).
    private static func isID(_ text: String, isMultiple: Bool) -> Bool {
        let parts = text.split(separator: " ", maxSplits: 3).map { String($0) }
        guard parts.count >= 2, types.contains(where: { parts[0] == $0 + (isMultiple ? "Array" : "") }) else {
            return false
        }
        if parts.count == 2 { return parts[1].hasPrefix("0x") }
        let isSet = parts[1].hasPrefix("{") && parts[1].hasSuffix("}") && parts[1].count == 38
        return isSet && parts.count == 4 && ["Name", "Id"].contains(parts[2])
    }
}

/// One occurrence of a series, changed or not.
struct GraphSlot: Sendable {
    /// The date that the pattern produced, in the zone of the recurrence.
    let date: CivilDate
    let originalStart: Date
    var start: GraphTime
    var end: GraphTime
    var exception: GraphException?
}

extension GraphItem {
    /// The version as a change key: 16 bytes made of the counter, in base64.
    static func changeKey(of version: Int) -> String {
        var generator = GraphIdentifiers(seed: UInt64(truncatingIfNeeded: version) &* 0x1_0001)
        var bytes: [UInt8] = []
        for _ in 0..<2 {
            let word = generator.next()
            for shift in stride(from: 56, through: 0, by: -8) { bytes.append(UInt8(truncatingIfNeeded: word >> shift)) }
        }
        return Data(bytes).base64EncodedString()
    }

    /// The change key of the item, or of one of its occurrences.
    func changeKey(_ slot: GraphSlot?) -> String {
        guard let slot else { return Self.changeKey(of: version) }
        return slot.exception.map { Self.changeKey(of: $0.version) } ?? "DwAAABYAAAD5" + Self.changeKey(of: version)
    }

    /// The etag of the item, or of one of its occurrences.
    func etag(_ slot: GraphSlot?) -> String { "W/\"\(changeKey(slot))\"" }

    /// The addresses of the guests, in order.
    var guests: [String] { Self.addresses(in: fields) }

    static func addresses(in fields: JSONObject) -> [String] {
        (fields["attendees"]?.elements ?? []).compactMap { $0["emailAddress"]?["address"]?.string }
    }

    /// The properties of an occurrence: the master's, with what the exception overrides.
    func fields(_ slot: GraphSlot?) -> JSONObject {
        var merged = fields
        for member in slot?.exception?.overrides.members ?? [] { merged[member.key] = member.value }
        return merged
    }
}
