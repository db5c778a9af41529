import CalendarCore

/// Which call below a calendar does what with its events.
extension GraphState {
    /// Answers a call to the events of a calendar; nil when the path is about something else.
    ///
    /// - Parameters:
    ///   - call: The request.
    ///   - id: The calendar.
    ///   - path: What follows the calendar in the path.
    ///   - isScoped: Whether the path names the calendar, so that events of others are not found there.
    /// - Returns: The answer.
    /// - Throws: What the service refuses.
    mutating func eventAnswer(
        _ call: GraphCall,
        in id: String,
        _ path: [String],
        isScoped: Bool
    ) throws(GraphFailure) -> GraphAnswer? {
        let words = path.map { $0.lowercased() }
        let scope = isScoped ? id : nil
        switch words.first {
        case "calendarview":
            guard call.method == .get else { throw .notAllowed }
            if words.count == 1 { return try view(call, in: id) }
            guard words.count == 2, Self.function(words[1]) == "delta" else { return nil }
            return try delta(call, in: id)
        case "events":
            if words.count == 1 { return try eventsAnswer(call, in: id) }
            // Changes of the list itself are no function of this version of the interface.
            if Self.function(words[1]) == "delta" {
                throw .badRequest("Resource not found for the segment 'delta'.")
            }
            if words.count == 2 { return try eventAnswer(call, path[1], in: scope) }
            return try detail(call, path[1], in: scope, Self.function(words[2]), Array(path.dropFirst(3)))
        case let word? where word.hasPrefix("reminderview(") && words.count == 1:
            return try reminders(call, path[0], in: id)
        default: return nil
        }
    }

    /// The name of an action or function without namespace and parentheses.
    static func function(_ word: String) -> String {
        let name = word.hasSuffix("()") ? String(word.dropLast(2)) : word
        return name.hasPrefix("microsoft.graph.") ? String(name.dropFirst(16)) : name
    }

    private mutating func eventsAnswer(_ call: GraphCall, in id: String) throws(GraphFailure) -> GraphAnswer {
        switch call.method {
        case .get: return try events(call, in: id)
        case .post: return try create(call, in: id)
        default: throw .notAllowed
        }
    }

    private mutating func eventAnswer(
        _ call: GraphCall,
        _ id: String,
        in calendar: String?
    ) throws(GraphFailure) -> GraphAnswer {
        switch call.method {
        case .get: return try event(call, id, in: calendar)
        case .patch: return try update(call, id, in: calendar)
        case .delete: return try delete(call, id, in: calendar)
        default: throw .notAllowed
        }
    }

    /// Answers what lies below one event.
    private mutating func detail(
        _ call: GraphCall,
        _ id: String,
        in calendar: String?,
        _ name: String,
        _ rest: [String]
    ) throws(GraphFailure) -> GraphAnswer? {
        switch (name, rest.first) {
        case ("instances", nil):
            guard call.method == .get else { throw .notAllowed }
            return try instances(call, id, in: calendar)
        case ("calendar", nil):
            guard call.method == .get else { throw .notAllowed }
            let home = try find(id, call.account, in: calendar).item.calendar
            return accounts[call.account].calendars.first { $0.id == home }
                .map { GraphAnswer(body: $0.json(in: accounts[call.account], as: call.role)) }
        case ("attachments", _): return try attachments(call, id, in: calendar, rest)
        case ("extensions", let part): return try extensions(call, id, in: calendar, part)
        case (_, nil): break
        default: return nil
        }
        guard let action = GraphAction(rawValue: name) else { return nil }
        guard call.method == .post else { throw .notAllowed }
        return try perform(action, call, id, in: calendar)
    }
}
