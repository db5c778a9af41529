import CalendarCore

/// `$select`, `$filter` and `$orderby` on collections of other things than events.
extension GraphState {
    /// Filters, orders and pages resources.
    ///
    /// - Parameters:
    ///   - nodes: The resources in their own order.
    ///   - call: The request.
    ///   - path: What they are below the user.
    ///   - type: The name of their type.
    ///   - paths: The lowercased paths that they can be filtered by.
    /// - Returns: The page.
    /// - Throws: What the options deserve.
    func list(
        _ nodes: [JSONNode],
        _ call: GraphCall,
        _ path: String,
        type: String,
        filters paths: Set<String> = []
    ) throws(GraphFailure) -> GraphAnswer {
        var nodes = nodes
        if let filter = call.option("filter") {
            let filter = try GraphFilterReader.read(filter, about: paths)
            nodes = nodes.filter { filter.holds(for: $0) }
        }
        if let order = call.option("orderby") {
            let words = order.split(separator: " ").map { $0.lowercased() }
            let key = ["name", "displayName"].first { $0.lowercased() == words.first }
            guard let key, words.count == 1 || ["asc", "desc"].contains(words[1]) else {
                throw .query("The property '\(order)' cannot be ordered by.")
            }
            func value(_ index: Int) -> String { nodes[index][key]?.string?.lowercased() ?? "" }
            let isDown = words.last == "desc"
            let order = nodes.indices.sorted { left, right in
                value(left) == value(right) ? left < right : (value(left) < value(right)) != isDown
            }
            nodes = order.map { nodes[$0] }
        }
        return try page(nodes, call, type: context(path, call)) { node throws(GraphFailure) in
            try selected(node, call, type: type)
        }
    }

    /// Only the properties that the request selects, besides the id.
    ///
    /// - Parameters:
    ///   - node: The resource.
    ///   - call: The request.
    ///   - type: The name of its type.
    ///   - isPartial: Whether the type has more properties than are answered here, so that others are left out silently.
    /// - Returns: The resource with nothing else in it.
    /// - Throws: The refusal of a property that the type does not have.
    func selected(
        _ node: JSONNode,
        _ call: GraphCall,
        type: String,
        isPartial: Bool = false
    ) throws(GraphFailure) -> JSONNode {
        guard let select = call.option("select"), let object = node.object else { return node }
        let names = select.split(separator: ",").map { $0.filter { $0 != " " }.lowercased() }
        guard !names.contains("*") else { return node }
        for name in names where !isPartial && !object.members.contains(where: { $0.key.lowercased() == name }) {
            throw .badRequest("Could not find a property named '\(name)' on type 'microsoft.graph.\(type)'.")
        }
        let kept = names + ["id"]
        return .object(
            JSONObject(
                object.members.filter { $0.key.hasPrefix("@") || kept.contains($0.key.lowercased()) }
                    .map { (key: $0.key, value: $0.value) }
            )
        )
    }
}
