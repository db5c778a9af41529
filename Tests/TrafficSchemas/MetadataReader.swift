import Foundation

#if canImport(FoundationXML)
import FoundationXML
#endif

/// Reads the types of a CSDL document, and passes over its annotations.
final class MetadataReader: NSObject, XMLParserDelegate {
    private var types = MetadataTypes()
    private var structure: String?
    private var enumeration: String?
    private var action: MetadataTypes.Action?

    /// The types in a document.
    static func types(in data: Data) throws -> MetadataTypes {
        let parser = XMLParser(data: data)
        let reader = MetadataReader()
        parser.delegate = reader
        guard parser.parse(), !reader.types.structures.isEmpty else { throw Unreadable() }
        return reader.types
    }

    /// The document is no CSDL.
    struct Unreadable: Error {}

    func parser(
        _ parser: XMLParser,
        didStartElement element: String,
        namespaceURI: String?,
        qualifiedName: String?,
        attributes: [String: String]
    ) {
        let name = attributes["Name"] ?? ""
        switch element {
        case "EntityType", "ComplexType":
            structure = name
            types.structures[name] = MetadataTypes.Structure(
                base: attributes["BaseType"].map { MetadataType($0).name }
            )
        case "Property", "NavigationProperty":
            guard let structure, let type = attributes["Type"] else { return }
            types.structures[structure]?.properties[name] = MetadataTypes.Property(
                type: MetadataType(type),
                isNullable: attributes["Nullable"] != "false"
            )
        case "EnumType":
            enumeration = name
            types.words[name] = []
        case "Member": if let enumeration { types.words[enumeration]?.insert(name) }
        case "Action", "Function": action = MetadataTypes.Action(name: name)
        case "Parameter":
            guard let type = attributes["Type"].map({ MetadataType($0) }) else { return }
            if name.lowercased() == "bindingparameter" {
                action?.subject = type
            } else {
                action?.parameters[name] = type
            }
        case "ReturnType": action?.returns = attributes["Type"].map { MetadataType($0) }
        default: break
        }
    }

    func parser(
        _ parser: XMLParser,
        didEndElement element: String,
        namespaceURI: String?,
        qualifiedName: String?
    ) {
        switch element {
        case "EntityType", "ComplexType": structure = nil
        case "EnumType": enumeration = nil
        case "Action", "Function":
            if let action { types.actions.append(action) }
            action = nil
        default: break
        }
    }
}
