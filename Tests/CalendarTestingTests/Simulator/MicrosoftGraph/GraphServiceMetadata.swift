import CalendarCore
import Foundation

/// The service's own description of its types, as an oracle for the shape of answers.
struct GraphServiceMetadata {
    static var isPresent: Bool { FileManager.default.fileExists(atPath: file.path) }

    private static var file: URL {
        var root = URL(fileURLWithPath: #filePath)
        for _ in 1...5 { root.deleteLastPathComponent() }
        let named = ProcessInfo.processInfo.environment["CALENDAR_SHARED_DATA"]
        return URL(fileURLWithPath: named ?? root.path + "/../shared/data")
            .appendingPathComponent("microsoft/calendar-v1.0.csdl.xml").standardizedFileURL
    }

    /// The properties of each type with their types, its own and not those of its base.
    private var properties: [String: [String: String]] = [:]
    private var bases: [String: String] = [:]
    private var members: [String: [String]] = [:]

    init() throws {
        var type = ""
        for line in try String(contentsOf: Self.file, encoding: .utf8).split(separator: "\n") {
            let name = Self.attribute("Name", in: line) ?? ""
            if line.contains("<EntityType ") || line.contains("<ComplexType ") || line.contains("<EnumType ") {
                type = name
                properties[type] = properties[type] ?? [:]
                bases[type] = Self.attribute("BaseType", in: line).map(Self.local)
            } else if line.contains("<Property ") || line.contains("<NavigationProperty ") {
                properties[type]?[name] = Self.attribute("Type", in: line)
            } else if line.contains("<Member ") {
                members[type, default: []].append(name)
            }
        }
    }

    private static func attribute(_ name: String, in line: Substring) -> String? {
        guard let start = line.range(of: " \(name)=\"") else { return nil }
        return String(line[start.upperBound...].prefix { $0 != "\"" })
    }

    private static func local(_ name: String) -> String {
        String(name.split(separator: ".").last ?? "")
    }

    /// What is wrong with a value of a type: properties nobody declares and values of other types, with their place.
    func faults(in node: JSONNode, of type: String, at place: String = "") -> [String] {
        if node.isNull { return [] }
        if type.hasPrefix("Collection(") {
            guard case .array(let elements) = node else { return ["\(place) is no array"] }
            return elements.flatMap { faults(in: $0, of: String(type.dropFirst(11).dropLast()), at: place + "[]") }
        }
        if type.hasPrefix("Edm.") { return Self.fits(node, type) ? [] : ["\(place) is no \(type)"] }
        // What says which type it is, is of that one: an attachment is a file, an extension an open one.
        let stated = node["@odata.type"]?.string.map(Self.local)
        let name = stated.flatMap { properties[$0] == nil ? nil : $0 } ?? Self.local(type)
        if let words = members[name] {
            return words.contains(node.string ?? "") ? [] : ["\(place) is no \(name): \(node.string ?? "?")"]
        }
        guard let object = node.object, properties[name] != nil else { return ["\(place) is no \(name)"] }
        return object.members.filter { !$0.key.contains("@") }.flatMap { member in
            guard let type = property(member.key, of: name) else { return ["\(place)/\(member.key) is unknown"] }
            return faults(in: member.value, of: type, at: place + "/" + member.key)
        }
    }

    private func property(_ name: String, of type: String) -> String? {
        properties[type]?[name] ?? bases[type].flatMap { property(name, of: $0) }
    }

    private static func fits(_ node: JSONNode, _ type: String) -> Bool {
        switch type {
        case "Edm.Boolean": node.bool != nil
        case "Edm.Int32", "Edm.Int64": node.int != nil
        case "Edm.Double": node.double != nil
        case "Edm.DateTimeOffset":
            node.string.map { Date(rfc3339: $0) != nil || $0 == "0001-01-01T00:00:00Z" } ?? false
        case "Edm.Date": node.string.map { CivilDate($0) != nil } ?? false
        default: node.string != nil
        }
    }
}
