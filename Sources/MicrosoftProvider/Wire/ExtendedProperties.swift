import CalendarCore

/// The names under which the SDK keeps its own data on events, invisible to people
/// (https://learn.microsoft.com/graph/api/resources/extended-properties-overview).
struct ExtendedPropertyNames: Sendable {
    let syncKey: String
    let zone: String
    let tags: String
    let exclusions: String

    init(guid: String, key: String) {
        func id(_ name: String) -> String { "String {\(guid)} Name \(name)" }
        syncKey = id(key)
        zone = id(key + "Zone")
        tags = id(key + "Tags")
        exclusions = id(key + "Excluded")
    }

    /// The `$expand` value that asks for what every read needs.
    var expansion: String { Self.expansion([syncKey, zone, tags]) }

    /// The `$expand` value that asks for what finishing an interrupted creation needs too.
    var recovery: String { Self.expansion([syncKey, zone, tags, exclusions]) }

    private static func expansion(_ names: [String]) -> String {
        let filter = names.map { "id eq \(quoted($0))" }.joined(separator: " or ")
        return "singleValueExtendedProperties($filter=\(filter))"
    }

    /// The `$filter` value that finds the event with a key.
    func filter(key: String) -> String {
        "singleValueExtendedProperties/any(ep: ep/id eq \(Self.quoted(syncKey)) and ep/value eq \(Self.quoted(key)))"
    }

    private static func quoted(_ text: String) -> String {
        "'" + text.replacing("'", with: "''") + "'"
    }
}

/// The SDK's own data on one event.
struct ExtendedProperties {
    var key: String?
    /// The IANA name of the start's zone, which Windows names cannot tell.
    var zone: String?
    var tags: [String: String]?
    /// The readings of the starts that a new series leaves out.
    var exclusions: [CivilDateTime]?

    init() {}

    /// Reads the data an event carries; what is not there stays nil.
    init(_ event: JSONValue, names: ExtendedPropertyNames) {
        guard let properties = event["singleValueExtendedProperties"] else { return }
        for property in properties.elements {
            guard let id = property["id"]?.string?.lowercased(), let value = property["value"]?.string else { continue }
            if id == names.syncKey.lowercased() { key = value }
            if id == names.zone.lowercased() { zone = value }
            if id == names.tags.lowercased() { tags = Self.tags(value) }
            if id == names.exclusions.lowercased() {
                exclusions = value.split(separator: ",").compactMap { CivilDateTime(String($0)) }
            }
        }
    }

    /// The array to send; nil when there is nothing.
    func written(names: ExtendedPropertyNames) -> JSONNode? {
        var list: [JSONNode] = []
        if let key { list.append(["id": .string(names.syncKey), "value": .string(key)]) }
        if let zone { list.append(["id": .string(names.zone), "value": .string(zone)]) }
        if let tags {
            let members = tags.sorted { $0.key < $1.key }.map { (key: $0.key, value: JSONNode.string($0.value)) }
            let text = String(decoding: JSONNode.object(JSONObject(members)).bytes, as: UTF8.self)
            list.append(["id": .string(names.tags), "value": .string(text)])
        }
        if let exclusions {
            let text = exclusions.map(\.description).joined(separator: ",")
            list.append(["id": .string(names.exclusions), "value": .string(text)])
        }
        return list.isEmpty ? nil : .array(list)
    }

    private static func tags(_ text: String) -> [String: String]? {
        guard let root = try? JSONDocument(Array(text.utf8)).root, root.kind == .object else { return nil }
        var tags: [String: String] = [:]
        for (key, value) in root.members { tags[key] = value.string }
        return tags
    }
}
