import CalendarCore
import Foundation

/// The service's own description of its answers, which is no part of the package.
struct GoogleDiscovery {
    static var isPresent: Bool { FileManager.default.fileExists(atPath: folder.path) }

    /// `google` below `CALENDAR_SHARED_DATA`, or below `../shared/data` beside the package.
    static var folder: URL {
        var package = URL(fileURLWithPath: #filePath)
        for _ in 0..<5 { package.deleteLastPathComponent() }
        let named = ProcessInfo.processInfo.environment["CALENDAR_SHARED_DATA"]
        return URL(fileURLWithPath: named ?? package.path + "/../shared/data").appendingPathComponent("google")
            .standardizedFileURL
    }

    private let schemas: JSONNode

    init() throws {
        let document = try Self.read("calendar.v3.json")
        schemas = document["schemas"] ?? .null
    }

    static func read(_ name: String) throws -> JSONNode {
        try JSONNode([UInt8](Data(contentsOf: folder.appendingPathComponent(name))))
    }

    /// What an answer has that its schema does not allow: unknown fields and values of another type.
    func problems(of node: JSONNode, as schema: String) -> [String] {
        problems(node, schemas[schema] ?? .null, at: schema)
    }

    private func problems(_ node: JSONNode, _ schema: JSONNode, at path: String) -> [String] {
        if let name = schema["$ref"]?.string { return problems(node, schemas[name] ?? .null, at: path) }
        switch (schema["type"]?.string, node) {
        case ("string", .string(let text)): return Self.isFormatted(text, schema) ? [] : ["\(path): \(text)"]
        case ("boolean", .bool), ("integer", .int), ("any", _): return []
        case ("array", .array(let elements)):
            return elements.flatMap { problems($0, schema["items"] ?? .null, at: path + "[]") }
        case ("object", .object(let object)):
            return object.members.flatMap { member -> [String] in
                guard let shape = schema["properties"]?[member.key] ?? schema["additionalProperties"] else {
                    return ["\(path).\(member.key) is unknown"]
                }
                return problems(member.value, shape, at: "\(path).\(member.key)")
            }
        default: return ["\(path) has another type"]
        }
    }

    private static func isFormatted(_ text: String, _ schema: JSONNode) -> Bool {
        switch schema["format"]?.string {
        case "date-time": Date(rfc3339: text) != nil
        case "date": CivilDate(text) != nil
        default: true
        }
    }
}
