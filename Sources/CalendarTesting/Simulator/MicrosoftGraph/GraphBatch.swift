import CalendarCore
import Foundation

/// Several requests in one (https://learn.microsoft.com/graph/json-batching).
struct GraphBatch: Sendable {
    /// One of the requests.
    struct Step: Sendable {
        let id: String
        /// The request; nil when its address is none that a batch can lead to.
        let request: HTTPRequest?
        /// The step that must succeed before.
        let dependency: String?
        /// How many steps must be over before this one begins.
        var level = 0
    }

    /// The most steps.
    static let limit = 20

    let steps: [Step]

    /// Whether a path leads to batches.
    static func isBatch(_ segments: [String]) -> Bool {
        segments.last?.lowercased() == "$batch"
    }

    /// Reads a batch, whose steps inherit its token and the root of its address.
    init(_ batch: HTTPRequest) throws(GraphFailure) {
        guard let node = try? JSONNode([UInt8](batch.body ?? Data())), case .array(let list)? = node["requests"] else {
            throw .badRequest("Invalid batch payload format.")
        }
        guard !list.isEmpty else { throw .badRequest("The batch has no requests.") }
        guard list.count <= Self.limit else {
            throw .badRequest("Number of batch request steps exceeds the maximum value of \(Self.limit).")
        }
        let root = batch.url.absoluteString.prefix { $0 != "?" && $0 != "$" && $0 != "%" }
        var steps: [Step] = []
        for node in list { steps.append(try Self.step(node, of: batch, root: String(root))) }
        guard Set(steps.map(\.id)).count == steps.count else { throw .badRequest("Request Id has to be unique.") }
        self.steps = try Self.ordered(steps)
    }

    private static func step(_ node: JSONNode, of batch: HTTPRequest, root: String) throws(GraphFailure) -> Step {
        guard let id = node["id"]?.string, !id.isEmpty else { throw .badRequest("A request has no id.") }
        let methods: [HTTPMethod] = [.get, .post, .patch, .put, .delete]
        guard let method = node["method"]?.string.map({ HTTPMethod($0) }), methods.contains(method) else {
            throw .badRequest("The method of request '\(id)' is missing or invalid.")
        }
        guard let url = node["url"]?.string, !url.isEmpty else {
            throw .badRequest("The url of request '\(id)' is missing.")
        }
        var headers: HTTPHeaders = [:]
        for member in node["headers"]?.object?.members ?? [] { headers[member.key] = member.value.string }
        let body = node["body"].flatMap { $0.isNull ? nil : $0 }
        guard body == nil || headers["Content-Type"] != nil else {
            throw .badRequest("Write request id : \(id) does not contain Content-Type header or body.")
        }
        if headers["Authorization"] == nil { headers["Authorization"] = batch.headers["Authorization"] }
        let dependencies = node["dependsOn"]?.elements.compactMap(\.string) ?? []
        guard dependencies.count <= 1 else { throw .unsupportedDependencies }
        let path = url.hasPrefix("/") ? String(url.dropFirst()) : url
        let isBatch = ["$batch", "%24batch"].contains { path.lowercased().hasPrefix($0) }
        let address = isBatch ? nil : URL(string: root + path)
        return Step(
            id: id,
            request: address.map {
                HTTPRequest(method, $0, operation: batch.operation, headers: headers, body: body?.data)
            },
            dependency: dependencies.first
        )
    }

    /// The steps with their levels.
    ///
    /// Steps are all independent, or each depends on the one before, or all that depend on one depend on the same
    /// (https://learn.microsoft.com/graph/known-issues).
    private static func ordered(_ steps: [Step]) throws(GraphFailure) -> [Step] {
        let dependencies = steps.compactMap(\.dependency)
        guard let first = dependencies.first else { return steps }
        guard dependencies.allSatisfy({ id in steps.contains { $0.id == id } }) else {
            throw .badRequest("A request depends on an id that the batch does not have.")
        }
        var ordered = steps
        let isSerial = steps[0].dependency == nil && zip(steps, steps.dropFirst()).allSatisfy { $1.dependency == $0.id }
        let isFree = steps.contains { $0.id == first && $0.dependency == nil }
        let isSame = isFree && dependencies.allSatisfy { $0 == first }
        guard isSerial || isSame else { throw .unsupportedDependencies }
        for index in steps.indices {
            ordered[index].level = isSerial ? index : steps[index].dependency == nil ? 0 : 1
        }
        return ordered
    }

    /// What one step is answered in the answer to all.
    static func entry(_ id: String, _ response: HTTPResponse) -> JSONNode {
        var headers: JSONNode = [:]
        for name in response.headers.names { headers[name] = .optional(response.headers[name]) }
        var body: JSONNode = .null
        if !response.body.isEmpty {
            // What is no JSON travels in base64.
            body = (try? JSONNode([UInt8](response.body))) ?? .string(response.body.base64EncodedString())
        }
        return ["id": .string(id), "status": .int(response.status), "headers": headers, "body": body]
    }
}

extension GraphFailure {
    static let unsupportedDependencies = GraphFailure(
        status: 400,
        code: "BadRequest",
        message: "The dependencies of the requests are neither serial nor all the same."
    )

    static let failedDependency = GraphFailure(
        status: 424,
        code: "FailedDependency",
        message: "A request that this one depends on has failed."
    )
}
