package import CalendarCore
package import Foundation

/// Google's description of an API: methods with their addresses, queries and schemas of bodies.
///
/// https://developers.google.com/discovery/v1/reference/apis
package struct DiscoveryDocument: TrafficSchema {
    private let methods: [DiscoveryMethod]
    private let servicePath: String

    /// Reads a document.
    package init(_ data: Data) throws {
        let root = try JSONNode([UInt8](data))
        let schemas = DiscoverySchemas(root["schemas"]?.object ?? JSONObject())
        let common = root["parameters"]?.object ?? JSONObject()
        servicePath = "/" + (root["servicePath"]?.string ?? "")
        methods = (root["resources"]?.object?.members ?? []).flatMap { resource in
            (resource.value["methods"]?.object?.members ?? []).map { method in
                DiscoveryMethod(
                    name: "\(resource.key).\(method.key)",
                    description: method.value,
                    common: common,
                    schemas: schemas
                )
            }
        }
    }

    /// Whether the path is one of the API.
    package func covers(_ request: HTTPRequest) -> Bool { segments(of: request) != nil }

    /// The method with the request's verb and path; words count more than placeholders.
    package func operation(of request: HTTPRequest) -> (any TrafficOperation)? {
        guard let segments = segments(of: request) else { return nil }
        return methods.filter { $0.matches(request.method, segments) }.min { $0.placeholders < $1.placeholders }
    }

    private func segments(of request: HTTPRequest) -> [Substring]? {
        let path = request.url.path(percentEncoded: true)
        guard let range = path.range(of: servicePath) else { return nil }
        return path[range.upperBound...].split(separator: "/")
    }
}

/// A method of an API.
struct DiscoveryMethod: TrafficOperation {
    let name: String
    private let verb: String
    private let path: [Substring]
    private let parameters: JSONObject
    private let request: String?
    private let response: String?
    private let schemas: DiscoverySchemas

    init(name: String, description: JSONNode, common: JSONObject, schemas: DiscoverySchemas) {
        self.name = name
        self.schemas = schemas
        verb = description["httpMethod"]?.string ?? ""
        path = (description["path"]?.string ?? "").split(separator: "/")
        let own = description["parameters"]?.object?.members ?? []
        parameters = JSONObject((common.members + own).map { (key: $0.key, value: $0.value) })
        request = description["request"]?["$ref"]?.string
        response = description["response"]?["$ref"]?.string
    }

    var placeholders: Int { path.count { $0.hasPrefix("{") } }

    func matches(_ method: HTTPMethod, _ segments: [Substring]) -> Bool {
        method.rawValue == verb && segments.count == path.count
            && zip(path, segments).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
    }

    func violations(in request: HTTPRequest) -> [String] {
        queryViolations(in: request)
            + schemas.violations(in: request.body, of: self.request, as: request.method == .patch ? .patch : .request)
    }

    func violations(in response: HTTPResponse) -> [String] {
        schemas.violations(in: response.body, of: self.response, as: .answer)
    }

    private func queryViolations(in request: HTTPRequest) -> [String] {
        let items = URLComponents(url: request.url, resolvingAgainstBaseURL: false)?.queryItems ?? []
        return items.flatMap { item -> [String] in
            guard let parameter = parameters[item.name], parameter["location"] != "path" else {
                return ["the query has no \(item.name)"]
            }
            let value = item.value ?? ""
            let words = parameter["enum"]?.elements.compactMap(\.string) ?? []
            if !words.isEmpty { return words.contains(value) ? [] : ["the query's \(item.name) is no word it knows"] }
            let node: JSONNode =
                switch parameter["type"]?.string {
                case "integer": Int(value).map { .int($0) } ?? .null
                case "boolean": value == "true" ? .bool(true) : value == "false" ? .bool(false) : .null
                default: .string(value)
                }
            return schemas.violations(in: node, parameter, at: "the query's \(item.name)", as: .request)
        }
    }
}
