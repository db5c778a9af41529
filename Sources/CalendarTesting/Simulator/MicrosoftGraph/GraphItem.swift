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
    var isCancelled = false
    var properties: [GraphExtendedProperty] = []
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

/// A named value that other clients do not show (`singleValueLegacyExtendedProperty`).
struct GraphExtendedProperty: Hashable, Sendable {
    let id: String
    var value: String

    var json: JSONNode { ["id": .string(id), "value": .string(value)] }
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

/// The ids of items: a default form, an immutable form, and both with the date of an occurrence.
///
/// Clients must treat them as opaque; they are case-sensitive and contain `=`.
struct GraphEventID: Sendable {
    let key: String
    var date: CivilDate?

    static let keyLength = 24

    init(key: String, date: CivilDate? = nil) {
        self.key = key
        self.date = date
    }

    init(_ text: String) throws(GraphFailure) {
        let rest = text.dropFirst(7)
        guard text.hasPrefix("AAMkAGQ") || text.hasPrefix("AAkALgA"), rest.utf8.count > Self.keyLength else {
            throw .malformedID
        }
        key = String(rest.prefix(Self.keyLength))
        let suffix = rest.dropFirst(Self.keyLength)
        if suffix == "AAA=" { return }
        guard suffix.hasPrefix("FRAAg"), suffix.hasSuffix("A=="),
            let data = Base64URL.decode(
                String(suffix.dropFirst(5).dropLast(3))
            ), let date = CivilDate(String(decoding: data, as: UTF8.self))
        else { throw .malformedID }
        self.date = date
    }

    func text(isImmutable: Bool) -> String {
        let start = (isImmutable ? "AAkALgA" : "AAMkAGQ") + key
        guard let date else { return start + "AAA=" }
        return start + "FRAAg" + Base64URL.encode(Data(date.basicText.utf8)) + "A=="
    }

    /// The id that the immutable preference gives, which the control surface uses.
    var remoteID: RemoteEventID { RemoteEventID(text(isImmutable: true)) }
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
