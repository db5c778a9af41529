import CalendarCore
import Foundation
import Testing

/// The service's own description of its resources, as an oracle for the shape of answers.
struct DiscoverySchemas {
    static var isPresent: Bool { FileManager.default.fileExists(atPath: file.path) }
    static let absence: Comment = "the shared data is absent; set CALENDAR_SHARED_DATA to its folder"

    private static var file: URL {
        var root = URL(fileURLWithPath: #filePath)
        for _ in 1...5 { root.deleteLastPathComponent() }
        let named = ProcessInfo.processInfo.environment["CALENDAR_SHARED_DATA"]
        return URL(fileURLWithPath: named ?? root.path + "/../shared/data")
            .appendingPathComponent("google/calendar.v3.json").standardizedFileURL
    }

    private let schemas: JSONNode

    init() throws {
        schemas = try JSONNode([UInt8](Data(contentsOf: Self.file)))["schemas"] ?? .null
    }

    /// What is wrong with a value: unknown fields and wrong types, each with its place.
    func faults(in node: JSONNode, of schema: String) -> [String] {
        faults(in: node, schemas[schema] ?? ["type": "missing schema"], at: schema)
    }

    private func faults(in node: JSONNode, _ schema: JSONNode, at place: String) -> [String] {
        if let name = schema["$ref"]?.string { return faults(in: node, schemas[name] ?? .null, at: place) }
        switch (schema["type"]?.string, node) {
        case ("object", .object(let object)):
            return object.members.flatMap { member in
                let inner = "\(place).\(member.key)"
                guard let field = schema["properties"]?[member.key] ?? schema["additionalProperties"] else {
                    return ["\(inner) is unknown"]
                }
                return faults(in: member.value, field, at: inner)
            }
        case ("array", .array(let elements)):
            return elements.flatMap { faults(in: $0, schema["items"] ?? .null, at: place + "[]") }
        case ("string", .string(let text)):
            guard schema["format"] == "date-time" else { return [] }
            return Date(rfc3339: text) == nil ? ["\(place) is no time"] : []
        case ("boolean", .bool), ("integer", .int), ("number", .int), ("number", .double), ("any", _): return []
        default: return ["\(place) has the wrong type"]
        }
    }
}
