import CalendarCore
import Foundation

/// The schemas of a discovery document (a subset of JSON Schema draft 3).
struct DiscoverySchemas: Sendable {
    /// Where a value stands; a patch may delete any field with null.
    enum Side {
        case request, patch, answer
    }

    private let schemas: JSONObject

    init(_ schemas: JSONObject) {
        self.schemas = schemas
    }

    /// What is wrong with a body; one without a schema must be empty.
    func violations(in body: Data?, of schema: String?, as side: Side) -> [String] {
        let body = body ?? Data()
        guard let schema else { return body.isEmpty ? [] : ["a body where there is none"] }
        guard let node = try? JSONNode([UInt8](body)) else { return ["the body is not JSON"] }
        return violations(in: node, ["$ref": .string(schema)], at: schema, as: side)
    }

    /// What is wrong with a value.
    func violations(in node: JSONNode, _ schema: JSONNode, at place: String, as side: Side) -> [String] {
        if let name = schema["$ref"]?.string {
            guard let found = schemas[name] else { return ["\(place): no schema \(name)"] }
            return violations(in: node, found, at: place, as: side)
        }
        switch (schema["type"]?.string, node) {
        case ("any", _): return []
        case (_, .null): return side == .patch ? [] : ["\(place) is null"]
        case ("object", .object(let object)):
            return object.members.flatMap { member -> [String] in
                let inner = "\(place).\(member.key)"
                guard let property = schema["properties"]?[member.key] ?? schema["additionalProperties"] else {
                    return ["\(inner) is unknown"]
                }
                // The offset may be left out beside a zone (reference of EventDateTime), in requests only.
                let isLocal = member.value.string.map { CivilDateTime($0) != nil && object["timeZone"] != nil } ?? false
                if isLocal, side != .answer, member.key == "dateTime" { return [] }
                return violations(in: member.value, property, at: inner, as: side)
            }
        case ("array", .array(let elements)):
            guard let items = schema["items"] else { return [] }
            return elements.flatMap { violations(in: $0, items, at: "\(place)[]", as: side) }
        case ("boolean", .bool), ("number", .int), ("number", .double): return []
        case ("integer", .int(let value)):
            return schema["format"] == "int32" && Int32(exactly: value) == nil ? ["\(place) is beyond int32"] : []
        case ("string", .string(let text)):
            let format = schema["format"]?.string
            return Self.fits(text, format) ? [] : ["\(place) is no \(format ?? "text")"]
        case (let type, _): return ["\(place) is no \(type ?? "value")"]
        }
    }

    private static func fits(_ text: String, _ format: String?) -> Bool {
        switch format {
        case "date": CivilDate(text) != nil
        case "date-time": Date(rfc3339: text) != nil
        case "int64": Int64(text) != nil
        case "uint64": UInt64(text) != nil
        default: true
        }
    }
}
