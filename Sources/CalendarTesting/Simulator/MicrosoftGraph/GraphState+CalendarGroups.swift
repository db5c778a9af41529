import CalendarCore

/// The groups that calendars are shown in.
extension GraphState {
    /// Answers a call below `calendarGroups`.
    ///
    /// - Parameters:
    ///   - call: The request.
    ///   - path: What follows in the path.
    /// - Returns: The answer.
    /// - Throws: What the service refuses.
    mutating func calendarGroups(_ call: GraphCall, _ path: [String]) throws(GraphFailure) -> GraphAnswer {
        guard !call.isElsewhere else { throw .denied }
        guard let id = path.first else { return try groups(call) }
        guard let index = accounts[call.account].groups.firstIndex(where: { $0.id == id }) else { throw .notFound }
        guard path.count > 1 else { return try group(call, at: index) }
        guard path[1].lowercased() == "calendars" else {
            throw .badRequest("Resource not found for the segment '\(path[1])'.")
        }
        guard path.count > 2 else { return try calendars(call, in: id) }
        let isThere = accounts[call.account].calendars.contains { $0.id == path[2] && $0.group == id }
        guard isThere else { throw .notFound }
        return try calendarAnswer(call, in: path[2], Array(path.dropFirst(3)), isScoped: true)
    }

    private mutating func groups(_ call: GraphCall) throws(GraphFailure) -> GraphAnswer {
        switch call.method {
        case .get:
            let nodes = accounts[call.account].groups.map(\.json)
            return try list(nodes, call, "calendarGroups", type: "calendarGroup", filters: ["name", "id"])
        case .post:
            let body = try Self.members(of: call, type: "calendarGroup", Self.groupNames)
            let name = try Self.name(body["name"])
            try checkName(name, nil, call.account)
            let new = newGroup(name, identifiers.guid())
            accounts[call.account].groups.append(new)
            return GraphAnswer(status: 201, body: entity(new.json, "calendarGroups", call))
        default: throw .notAllowed
        }
    }

    private mutating func group(_ call: GraphCall, at index: Int) throws(GraphFailure) -> GraphAnswer {
        var group = accounts[call.account].groups[index]
        switch call.method {
        case .get: break
        case .patch:
            let body = try Self.members(of: call, type: "calendarGroup", Self.groupNames)
            if let name = body["name"] {
                group.name = try Self.name(name)
                try checkName(group.name, group.id, call.account)
            }
            group.changeKey = GraphItem.changeKey(of: nextVersion())
            accounts[call.account].groups[index] = group
        case .delete:
            guard !group.isBuiltIn else { throw .distinguished }
            guard !accounts[call.account].calendars.contains(where: { $0.group == group.id }) else {
                throw .invalidRequest("The group holds calendars.")
            }
            accounts[call.account].groups.remove(at: index)
            return GraphAnswer(status: 204)
        default: throw .notAllowed
        }
        let node = try selected(group.json, call, type: "calendarGroup")
        return GraphAnswer(body: entity(node, "calendarGroups", call))
    }

    private static let groupNames: Set<String> = ["id", "name", "classId", "changeKey", "calendars"]

    private func checkName(_ name: String, _ id: String?, _ account: Int) throws(GraphFailure) {
        let isTaken = accounts[account].groups.contains { $0.id != id && $0.name.lowercased() == name.lowercased() }
        if isTaken { throw .folderExists }
    }

    /// A group with an id of its own.
    mutating func newGroup(_ name: String, _ classID: String) -> GraphCalendarGroup {
        GraphCalendarGroup(
            id: "AAMkAGG" + identifiers.text(GraphEventID.keyLength) + "AAA=",
            name: name,
            classID: classID,
            changeKey: GraphItem.changeKey(of: nextVersion())
        )
    }
}
