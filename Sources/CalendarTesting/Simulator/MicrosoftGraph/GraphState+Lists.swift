import CalendarCore
import Foundation

/// Collections: pages of ten, `$skip` in their links, so that concurrent changes shift them.
extension GraphState {
    /// A page of a collection.
    func page(_ all: [JSONNode], _ call: GraphCall, type: String) throws(GraphFailure) -> GraphAnswer {
        let skip = call.option("skip").flatMap { Int($0) } ?? 0
        let asked = call.option("top").flatMap { Int($0) } ?? call.preferences.pageSize ?? 10
        let size = pageSize ?? min(max(asked, 1), 1000)
        guard skip >= 0 else { throw .query("The value of $skip is negative.") }
        var body: JSONNode = ["@odata.context": .string("https://graph.microsoft.com/v1.0/$metadata#\(type)")]
        if skip + size < all.count {
            var query = call.query.pairs.filter { $0.name.lowercased() != "$skip" }.map { ($0.name, $0.value) }
            query.append(("$skip", String(skip + size)))
            body["@odata.nextLink"] = .string(call.link + "?" + FormFields(query).encoded)
        }
        body["value"] = .array(Array(all.dropFirst(skip).prefix(size)))
        return GraphAnswer(body: body)
    }

    /// The events of a calendar: single events and masters, no occurrences.
    func events(_ call: GraphCall, in calendar: String) throws(GraphFailure) -> GraphAnswer {
        var items = accounts[call.account].items(in: calendar)
        if let filter = call.option("filter") {
            let isFitting = try Self.condition(filter)
            items = items.filter(isFitting)
        }
        var nodes: [JSONNode] = []
        for item in items { nodes.append(try shaped(item, nil, call)) }
        return try page(nodes, call, type: "Collection(event)")
    }

    /// The single events and occurrences in a window; no masters.
    func view(_ call: GraphCall, in calendar: String) throws(GraphFailure) -> GraphAnswer {
        let window = try call.window()
        var found: [(start: Date, item: GraphItem, slot: GraphSlot?)] = []
        for item in accounts[call.account].items(in: calendar) {
            if item.recurrence == nil {
                if item.isInside(window) { found.append((item.start.date, item, nil)) }
            } else {
                found += item.slots(in: window).map { ($0.start.date, item, $0) }
            }
        }
        found.sort { ($0.start, $0.item.serial) < ($1.start, $1.item.serial) }
        var nodes: [JSONNode] = []
        for entry in found { nodes.append(try shaped(entry.item, entry.slot, call)) }
        return try page(nodes, call, type: "Collection(event)")
    }

    /// The occurrences of one series in a window.
    func instances(_ call: GraphCall, _ id: String, in calendar: String?) throws(GraphFailure) -> GraphAnswer {
        let (item, _) = try find(id, call.account, in: calendar)
        guard item.recurrence != nil else { throw .invalidRequest("The event is not a series.") }
        var nodes: [JSONNode] = []
        for slot in item.slots(in: try call.window()) { nodes.append(try shaped(item, slot, call)) }
        return try page(nodes, call, type: "Collection(event)")
    }

    /// An event with `$select` and `$expand` applied.
    func shaped(_ item: GraphItem, _ slot: GraphSlot?, _ call: GraphCall) throws(GraphFailure) -> JSONNode {
        var node = item.json(slot, call.preferences)
        if let select = call.option("select") {
            let names = select.split(separator: ",").map { String($0) } + ["@odata.etag", "id"]
            let chosen = node.object?.members.filter { names.contains($0.key) } ?? []
            node = .object(JSONObject(chosen.map { (key: $0.key, value: $0.value) }))
            if names.contains("cancelledOccurrences"), item.recurrence != nil, slot == nil {
                let master = item.id(nil).text(isImmutable: call.preferences.isImmutable)
                node["cancelledOccurrences"] = .array(item.cancelledDates.map { .string("OID.\(master).\($0)") })
            }
        }
        guard let expand = call.option("expand") else { return node }
        if expand.hasPrefix("singleValueExtendedProperties") {
            let ids = Self.quoted(expand)
            let own = slot?.exception?.properties ?? []
            let all = own + item.properties.filter { property in !own.contains { $0.id == property.id } }
            let found = all.filter { ids.isEmpty || ids.contains($0.id) }
            if !found.isEmpty { node["singleValueExtendedProperties"] = .array(found.map(\.json)) }
        } else if expand.hasPrefix("exceptionOccurrences") {
            let slots = item.exceptions.compactMap { item.slot(on: $0.date) }
            node["exceptionOccurrences"] = .array(slots.map { item.json($0, call.preferences) })
        } else {
            throw .query("Only extended properties and exceptionOccurrences can be expanded.")
        }
        return node
    }

    /// The filters that are understood: an extended property's id and value, or an iCalendar UID.
    private static func condition(_ filter: String) throws(GraphFailure) -> @Sendable (GraphItem) -> Bool {
        let values = quoted(filter)
        if filter.hasPrefix("singleValueExtendedProperties/any("), values.count == 2 {
            let wanted = GraphExtendedProperty(id: values[0], value: values[1])
            return { $0.properties.contains(wanted) }
        }
        if filter.lowercased().hasPrefix("icaluid eq "), values.count == 1 {
            return { $0.iCalUID == values[0] }
        }
        throw GraphFailure(
            status: 400,
            code: "UnsupportedEntityExpression",
            message: "The filter expression is not supported."
        )
    }

    /// The texts between single quotation marks, a doubled mark standing for one.
    private static func quoted(_ text: String) -> [String] {
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
