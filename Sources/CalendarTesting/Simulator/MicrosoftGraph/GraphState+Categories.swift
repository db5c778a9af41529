import CalendarCore

/// The categories of a mailbox (https://learn.microsoft.com/graph/api/resources/outlookcategory).
extension GraphState {
    /// Answers a call below `outlook/masterCategories`.
    mutating func categories(_ call: GraphCall, _ path: [String]) throws(GraphFailure) -> GraphAnswer {
        let name = "outlook/masterCategories"
        guard let id = path.first else {
            switch call.method {
            case .get:
                let nodes = accounts[call.account].categories
                return try list(nodes, call, name, type: "outlookCategory", filters: ["displayname", "id"])
            case .post:
                let category = try newCategory(call)
                accounts[call.account].categories.append(category)
                return GraphAnswer(status: 201, body: entity(category, name, call))
            default: throw .notAllowed
            }
        }
        let found = accounts[call.account].categories.firstIndex { $0["id"]?.string == id }
        guard let index = found, path.count == 1 else { throw .notFound }
        switch call.method {
        case .get: break
        case .patch:
            let body = try Self.members(of: call, type: "outlookCategory", ["id", "displayName", "color"])
            // Events name a category by its name, so that can never change.
            if let name = body["displayName"], name != accounts[call.account].categories[index]["displayName"] {
                throw .property("The name of a category cannot be changed.")
            }
            accounts[call.account].categories[index]["color"] = try Self.color(body["color"])
        case .delete:
            accounts[call.account].categories.remove(at: index)
            return GraphAnswer(status: 204)
        default: throw .notAllowed
        }
        return GraphAnswer(body: entity(accounts[call.account].categories[index], name, call))
    }

    private mutating func newCategory(_ call: GraphCall) throws(GraphFailure) -> JSONNode {
        let body = try Self.members(of: call, type: "outlookCategory", ["id", "displayName", "color"])
        let name = try Self.name(body["displayName"])
        let isTaken = accounts[call.account].categories.contains {
            $0["displayName"]?.string?.lowercased() == name.lowercased()
        }
        guard !isTaken else {
            throw GraphFailure(status: 409, code: "Conflict", message: "There is a category of this name already.")
        }
        let color = try Self.color(body["color"])
        return ["id": .string(identifiers.guid()), "displayName": .string(name), "color": color]
    }

    /// One of the 25 presets, whose colors each client chooses for itself.
    private static func color(_ node: JSONNode?) throws(GraphFailure) -> JSONNode {
        guard let node, !node.isNull else { return "none" }
        let word = node.string ?? ""
        let number = word.hasPrefix("preset") ? Int(word.dropFirst(6)) : nil
        guard word == "none" || (0..<25).contains(number ?? -1) else {
            throw .property("The color is none of the presets.")
        }
        return .string(word)
    }
}
