import CalendarCore
import Foundation

/// The name of a type without its namespace, and whether there are many of it.
struct MetadataType: Hashable, Sendable {
    var name: String
    var isCollection: Bool

    init(name: String, isCollection: Bool) {
        self.name = name
        self.isCollection = isCollection
    }

    /// Reads `Edm.String`, `graph.event` or `Collection(graph.event)`.
    init(_ text: String) {
        isCollection = text.hasPrefix("Collection(")
        let inner = isCollection ? String(text.dropFirst(11).dropLast()) : text
        name = inner.hasPrefix("Edm.") ? inner : String(inner.split(separator: ".").last ?? "")
    }
}

/// The types of a metadata document.
struct MetadataTypes: Sendable {
    struct Property: Sendable {
        var type: MetadataType
        var isNullable: Bool
    }

    struct Structure: Sendable {
        var base: String?
        var properties: [String: Property] = [:]
    }

    struct Action: Sendable {
        var name: String
        var subject: MetadataType?
        var parameters: [String: MetadataType] = [:]
        var returns: MetadataType?
    }

    var structures: [String: Structure] = [:]
    var words: [String: Set<String>] = [:]
    var actions: [Action] = []

    /// A property of a type or of those it extends.
    func property(_ name: String, of type: String) -> Property? {
        guard let structure = structures[type] else { return nil }
        return structure.properties[name] ?? structure.base.flatMap { property(name, of: $0) }
    }

    func action(_ name: String, on type: MetadataType) -> Action? {
        actions.first { $0.name.lowercased() == name.lowercased() && $0.subject == type }
    }

    /// What is wrong with the body of an action, whose parameters are named without regard to case.
    func violations(in node: JSONNode, parameters: [String: MetadataType]) -> [String] {
        (node.object?.members ?? []).flatMap { member -> [String] in
            let found = parameters.first { $0.key.lowercased() == member.key.lowercased() }
            guard let type = found?.value else { return ["\(member.key) is no parameter"] }
            return member.value.isNull ? [] : violations(in: member.value, type, at: member.key)
        }
    }

    func violations(in node: JSONNode, _ type: MetadataType, at place: String) -> [String] {
        if type.isCollection {
            guard case .array(let elements) = node else { return ["\(place) is no list"] }
            let element = MetadataType(name: type.name, isCollection: false)
            return elements.flatMap { violations(in: $0, element, at: "\(place)[]") }
        }
        if type.name.hasPrefix("Edm.") {
            return Self.fits(node, type.name) ? [] : ["\(place) is no \(type.name)"]
        }
        if let words = words[type.name] {
            return node.string.map(words.contains) == true ? [] : ["\(place) is no word of \(type.name)"]
        }
        guard structures[type.name] != nil else { return ["\(place): no type \(type.name)"] }
        guard case .object(let object) = node else { return ["\(place) is no object"] }
        let actual = actualType(of: object, declared: type)
        return object.members.flatMap { violations(in: $0, of: actual, at: place) }
    }

    /// The type that an object names with `@odata.type`, if it extends the declared one.
    private func actualType(of object: JSONObject, declared: MetadataType) -> MetadataType {
        guard let name = object["@odata.type"]?.string.map({ MetadataType($0).name }) else { return declared }
        var ancestor = structures[name]?.base
        while let base = ancestor, base != declared.name { ancestor = structures[base]?.base }
        return ancestor == nil ? declared : MetadataType(name: name, isCollection: false)
    }

    /// Annotations are allowed everywhere; they are named `@…` or `property@…`.
    private func violations(
        in member: JSONObject.Member,
        of type: MetadataType,
        at place: String
    ) -> [String] {
        if member.key.contains("@") { return [] }
        let inner = "\(place).\(member.key)"
        // Applications name the properties of their extensions; other open types take any name, too, but this SDK and
        // its simulators know none that is not declared.
        if type.name == "openTypeExtension", property(member.key, of: type.name) == nil { return [] }
        guard let property = property(member.key, of: type.name) else { return ["\(inner) is unknown"] }
        if member.value.isNull { return property.isNullable ? [] : ["\(inner) is null"] }
        return violations(in: member.value, property.type, at: inner)
    }

    private static func fits(_ node: JSONNode, _ type: String) -> Bool {
        switch (type, node) {
        case ("Edm.Boolean", .bool), ("Edm.Double", .int), ("Edm.Double", .double), ("Edm.Int64", .int): true
        case ("Edm.Int16", .int(let value)): Int16(exactly: value) != nil
        case ("Edm.Int32", .int(let value)): Int32(exactly: value) != nil
        case ("Edm.DateTimeOffset", .string(let text)): Date(rfc3339: text) != nil
        case ("Edm.Date", .string(let text)): CivilDate(text) != nil
        case ("Edm.Guid", .string(let text)): UUID(uuidString: text) != nil
        case ("Edm.TimeOfDay", .string(let text)): text.wholeMatch(of: /\d\d:\d\d:\d\d(\.\d{1,7})?/) != nil
        case ("Edm.String", .string), ("Edm.Duration", .string), ("Edm.Binary", .string): true
        default: false
        }
    }
}
