package import CalendarCore
package import Foundation

/// Microsoft Graph's description of itself (OData CSDL 4.01): types, actions and functions.
package struct ServiceMetadata: TrafficSchema {
    let types: MetadataTypes

    /// Reads a document.
    package init(_ data: Data) throws {
        types = try MetadataReader.types(in: data)
    }

    /// Whether the path is one below the account's calendars or of subscriptions, and leads to JSON.
    ///
    /// The number of rows and the bytes of a stream are none (OData 4.01 part 2, sections 4.8 and 4.10).
    package func covers(_ request: HTTPRequest) -> Bool {
        guard let segments = segments(of: request), let first = segments.first, let last = segments.last else {
            return false
        }
        let isRaw = ["$count", "$value"].contains(last.replacing("%24", with: "$").lowercased())
        return Self.roots.keys.contains(first.lowercased()) && !isRaw
    }

    /// What the path leads to, by collections, keys, navigation properties, actions and functions.
    package func operation(of request: HTTPRequest) -> (any TrafficOperation)? {
        guard let segments = segments(of: request), let root = segments.first else { return nil }
        guard var type = Self.roots[root.lowercased()] else { return nil }
        var shape = root
        for segment in segments.dropFirst() {
            let word = String(segment.split(separator: "(").first ?? "").replacing("microsoft.graph.", with: "")
            if let action = types.action(word, on: type) {
                return MetadataOperation(
                    name: "\(request.method) \(shape)/\(word)",
                    types: types,
                    parameters: action.parameters,
                    request: nil,
                    response: action.returns
                )
            }
            if let property = types.property(word, of: type.name), !type.isCollection {
                type = property.type
                shape += "/\(word)"
            } else if type.isCollection {
                type.isCollection = false
                shape += "/{id}"
            } else {
                return nil
            }
        }
        let isCreate = request.method == .post && type.isCollection
        let entity = MetadataType(name: type.name, isCollection: false)
        return MetadataOperation(
            name: "\(request.method) \(shape)",
            types: types,
            parameters: nil,
            request: isCreate || request.method == .patch ? entity : nil,
            response: request.method == .delete ? nil : isCreate ? entity : type
        )
    }

    private static let roots: [String: MetadataType] = [
        "calendar": MetadataType(name: "calendar", isCollection: false),
        "calendars": MetadataType(name: "calendar", isCollection: true),
        "calendargroups": MetadataType(name: "calendarGroup", isCollection: true),
        "events": MetadataType(name: "event", isCollection: true),
        "calendarview": MetadataType(name: "event", isCollection: true),
        "mailboxsettings": MetadataType(name: "mailboxSettings", isCollection: false),
        "subscriptions": MetadataType(name: "subscription", isCollection: true),
    ]

    /// The path behind the version and the account; nil for the account itself and for sign-in.
    private func segments(of request: HTTPRequest) -> [String]? {
        let all = request.url.path(percentEncoded: true).split(separator: "/").map { String($0) }
        guard let version = all.firstIndex(of: "v1.0"), !all.contains("oauth2") else { return nil }
        var rest = all[(version + 1)...]
        if rest.first?.lowercased() == "me" {
            rest = rest.dropFirst()
        } else if rest.first?.lowercased() == "users" {
            rest = rest.dropFirst(2)
        }
        return rest.isEmpty ? nil : Array(rest)
    }
}

/// A call of Microsoft Graph.
struct MetadataOperation: TrafficOperation {
    let name: String
    let types: MetadataTypes
    /// The parameters of an action, which its body names.
    let parameters: [String: MetadataType]?
    let request: MetadataType?
    let response: MetadataType?

    func violations(in request: HTTPRequest) -> [String] {
        guard let body = request.body, !body.isEmpty else { return [] }
        guard let node = try? JSONNode([UInt8](body)) else { return ["the body is not JSON"] }
        if let parameters { return types.violations(in: node, parameters: parameters) }
        guard let type = self.request else { return ["a body where there is none"] }
        return types.violations(in: node, type, at: type.name)
    }

    func violations(in response: HTTPResponse) -> [String] {
        guard !response.body.isEmpty else { return [] }
        guard let type = self.response else { return ["a body where there is none"] }
        guard let node = try? JSONNode([UInt8](response.body)) else { return ["the body is not JSON"] }
        // A property that is no object stands under `value` (OData JSON Format 4.01, section 11).
        if type.name.hasPrefix("Edm."), !type.isCollection {
            return types.violations(in: node["value"] ?? .null, type, at: type.name)
        }
        guard type.isCollection else { return types.violations(in: node, type, at: type.name) }
        let extra = (node.object?.keys ?? []).filter { $0 != "value" && !$0.contains("@") }
        guard case .array = node["value"] else { return ["the answer has no list"] }
        return extra.map { "\($0) beside the list" }
            + types.violations(in: node["value"] ?? .null, type, at: type.name)
    }
}
