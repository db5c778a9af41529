import CalendarCore
import Foundation

/// An open extension of an event (https://learn.microsoft.com/graph/api/resources/opentypeextension).
struct GraphExtension: Sendable {
    let name: String
    /// What the client wrote besides the name.
    var values: JSONObject

    /// The id as answered; requests may name the extension with or without the prefix.
    var id: String { "Microsoft.OutlookServices.OpenTypeExtension." + name }

    /// Reads the body of a create.
    init(_ node: JSONNode) throws(GraphFailure) {
        guard let name = node["extensionName"]?.string, !name.isEmpty else {
            throw .property("An open extension needs an extensionName.")
        }
        self.name = name
        values = JSONObject()
        merge(node)
    }

    /// Takes over the members of an update; null removes one.
    mutating func merge(_ node: JSONNode) {
        for member in node.object?.members ?? [] where !["id", "extensionName"].contains(member.key) {
            guard !member.key.hasPrefix("@odata.") else { continue }
            values[member.key] = member.value.isNull ? nil : member.value
        }
    }

    /// Whether a request that says this means the extension.
    func isNamed(_ text: String) -> Bool {
        let prefixes = ["", "Microsoft.OutlookServices.OpenTypeExtension.", "microsoft.graph.openTypeExtension."]
        return prefixes.contains { ($0 + name).lowercased() == text.lowercased() }
    }

    var json: JSONNode {
        var node: JSONNode = [
            "@odata.type": "#microsoft.graph.openTypeExtension", "id": .string(id), "extensionName": .string(name),
        ]
        for member in values.members { node[member.key] = member.value }
        return node
    }
}

/// A file attached to an event (https://learn.microsoft.com/graph/api/resources/fileattachment).
struct GraphAttachment: Sendable {
    let id: String
    let name: String
    let contentType: String
    let isInline: Bool
    let contentID: String?
    /// Base64, as it came.
    let content: String
    let size: Int
    let modified: Date

    /// What a direct upload must stay below.
    static let limit = 3 * 1024 * 1024

    /// Reads the body of a create.
    init(_ node: JSONNode, id: String, now: Date) throws(GraphFailure) {
        guard node["@odata.type"]?.string?.lowercased().hasSuffix("microsoft.graph.fileattachment") == true else {
            throw .badRequest("Only file attachments can be added.")
        }
        guard let name = node["name"]?.string, !name.isEmpty else { throw .property("An attachment needs a name.") }
        let text = node["contentBytes"]?.string ?? ""
        guard let data = Data(base64Encoded: text) else { throw .body("The contentBytes are not base64.") }
        guard data.count < Self.limit else {
            throw GraphFailure(status: 413, code: "RequestEntityTooLarge", message: "The attachment is too large.")
        }
        self.id = id
        self.name = name
        contentType = node["contentType"]?.string ?? "application/octet-stream"
        isInline = node["isInline"]?.bool ?? false
        contentID = node["contentId"]?.string
        content = text
        size = data.count
        modified = now
    }

    var json: JSONNode {
        [
            "@odata.type": "#microsoft.graph.fileAttachment", "@odata.mediaContentType": .string(contentType),
            "id": .string(id), "lastModifiedDateTime": .string(GraphTimestamp.plain(modified)), "name": .string(name),
            "contentType": .string(contentType), "size": .int(size), "isInline": .bool(isInline),
            "contentId": contentID.map { .string($0) } ?? .null, "contentLocation": .null,
            "contentBytes": .string(content),
        ]
    }
}
