import CalendarCore

/// `$select` and `$expand` on events.
extension GraphState {
    /// An event with what the request selects and expands; others' private events without what they say.
    func shaped(_ item: GraphItem, _ slot: GraphSlot?, _ call: GraphCall) throws(GraphFailure) -> JSONNode {
        let item = seen(item, in: call)
        var node = item.json(slot.flatMap { item.slot(on: $0.date) }, call.preferences)
        if let select = call.option("select") {
            node = try Self.selected(select, of: node)
            let asksForCancelled = select.lowercased().contains("cancelledoccurrences")
            if asksForCancelled, item.recurrence != nil, slot == nil {
                let master = item.id(nil).text(isImmutable: call.preferences.isImmutable)
                node["cancelledOccurrences"] = .array(item.cancelledDates.map { .string("OID.\(master).\($0)") })
            }
        }
        for part in Self.parts(call.option("expand") ?? "") {
            try expand(part, item, slot, call, into: &node)
        }
        return node
    }

    /// The item as the caller may see it.
    func seen(_ item: GraphItem, in call: GraphCall) -> GraphItem {
        guard let role = call.role else {
            let calendar = accounts[call.account].calendars.first { $0.id == item.calendar }
            return item.isPrivate && calendar?.access != .owner ? item.masked() : item
        }
        if role <= .freeBusyRead { return item.masked(as: "Busy") }
        if item.isPrivate, role != .delegateWithPrivateEventAccess { return item.masked() }
        return role == .limitedRead ? item.masked(keeping: ["subject", "location", "locations"]) : item
    }

    /// Only the selected properties, besides the id and the etag.
    private static func selected(_ select: String, of node: JSONNode) throws(GraphFailure) -> JSONNode {
        let members = node.object?.members ?? []
        let known = Set(members.map { $0.key.lowercased() }).union(optional)
        let names = select.split(separator: ",").map { $0.filter { $0 != " " }.lowercased() }
        for name in names where name != "*" && !known.contains(name) {
            throw .badRequest("Could not find a property named '\(name)' on type 'microsoft.graph.event'.")
        }
        guard !names.contains("*") else { return node }
        let kept = names + ["@odata.etag", "id"]
        return .object(
            JSONObject(members.filter { kept.contains($0.key.lowercased()) }.map { (key: $0.key, value: $0.value) })
        )
    }

    /// Properties that an event need not have.
    private static let optional: Set<String> = [
        "originalstart", "cancelledoccurrences", "exceptionoccurrences", "attachments", "calendar", "extensions",
        "instances", "singlevalueextendedproperties", "multivalueextendedproperties",
    ]

    private func expand(
        _ part: String,
        _ item: GraphItem,
        _ slot: GraphSlot?,
        _ call: GraphCall,
        into node: inout JSONNode
    ) throws(GraphFailure) {
        let name = part.prefix { $0 != "(" && $0 != " " }.lowercased()
        let wanted = Self.quoted(part)
        switch name {
        case "singlevalueextendedproperties":
            node["singleValueExtendedProperties"] = Self.found(wanted, isMultiple: false, in: item.properties(slot))
        case "multivalueextendedproperties":
            node["multiValueExtendedProperties"] = Self.found(wanted, isMultiple: true, in: item.properties(slot))
        case "extensions":
            let found = item.extensions.filter { entry in wanted.isEmpty || wanted.contains { entry.isNamed($0) } }
            node["extensions"] = .array(found.map(\.json))
        case "attachments": node["attachments"] = .array(item.attachments.map(\.json))
        case "calendar":
            let account = accounts[call.account]
            node["calendar"] = account.calendars.first { $0.id == item.calendar }?.json(in: account, as: call.role)
        case "exceptionoccurrences":
            let nodes = item.exceptions.compactMap { item.slot(on: $0.date) }.map { item.json($0, call.preferences) }
            let select = part.firstRange(of: "$select=").map { part[$0.upperBound...].prefix { !");".contains($0) } }
            var chosen = nodes
            if let select {
                chosen = []
                for node in nodes { chosen.append(try Self.selected(String(select), of: node)) }
            }
            node["exceptionOccurrences"] = .array(chosen)
        default: throw .query("The property '\(name)' of an event cannot be expanded.")
        }
    }

    /// The extended properties with the wanted ids, or all without any; nil instead of none.
    private static func found(
        _ wanted: [String],
        isMultiple: Bool,
        in properties: [GraphExtendedProperty]
    ) -> JSONNode? {
        let found = properties.filter { $0.isMultiple == isMultiple && (wanted.isEmpty || wanted.contains($0.id)) }
        return found.isEmpty ? nil : .array(found.map(\.json))
    }

    /// The parts between commas that stand outside parentheses.
    private static func parts(_ expand: String) -> [String] {
        var parts: [String] = []
        var depth = 0
        var part = ""
        for character in expand {
            if character == "(" { depth += 1 }
            if character == ")" { depth -= 1 }
            if character == ",", depth == 0 {
                parts.append(part)
                part = ""
            } else {
                part.append(character)
            }
        }
        parts.append(part)
        return parts.map { String($0.drop { $0 == " " }) }.filter { !$0.isEmpty }
    }

    /// The texts between single quotation marks, a doubled mark standing for one.
    static func quoted(_ text: String) -> [String] {
        var values: [String] = []
        var isOpen = false
        var previous: Character?
        for character in text {
            if character == "'" {
                isOpen.toggle()
                if isOpen, previous == "'", !values.isEmpty {
                    values[values.count - 1].append("'")
                } else if isOpen {
                    values.append("")
                }
            } else if isOpen {
                values[values.count - 1].append(character)
            }
            previous = character
        }
        return values
    }
}

extension GraphItem {
    /// The extended properties of the item or an occurrence, which shows the master's where it has none of its own.
    func properties(_ slot: GraphSlot?) -> [GraphExtendedProperty] {
        let own = slot?.exception?.properties ?? []
        return own + properties.filter { property in !own.contains { $0.id == property.id } }
    }
}
