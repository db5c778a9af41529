import CalendarCore

/// The methods of everything but events.
extension GoogleService {
    /// Answers what is below `users/me`.
    mutating func routeAccount(_ call: GoogleCall) throws(GoogleRefusal) -> HTTPResponse {
        let path = call.path
        guard path.count > 2, path[1] == "me" else { throw .notFound }
        switch (path[2], path.count, call.method) {
        case ("calendarList", 3, .get): return try listCalendars(call)
        case ("calendarList", 3, .post): return try insertListEntry(call)
        case ("calendarList", 4, .get): return try getListEntry(call, id: path[3])
        case ("calendarList", 4, .patch): return try updateListEntry(call, id: path[3], replacing: false)
        case ("calendarList", 4, .put): return try updateListEntry(call, id: path[3], replacing: true)
        case ("calendarList", 4, .delete): return try deleteListEntry(call, id: path[3])
        case ("settings", 3, .get): return try listSettings(call)
        case ("settings", 4, .get): return try getSetting(call, id: path[3])
        default: throw Self.unknown(call)
        }
    }

    /// Answers what is below `calendars` and neither events nor rules.
    mutating func routeCalendars(_ call: GoogleCall) throws(GoogleRefusal) -> HTTPResponse {
        let path = call.path
        switch (path.count, call.method) {
        case (1, .post): return try insertCalendar(call)
        case (2, .get): return try getCalendar(call, id: path[1])
        case (2, .patch): return try updateCalendar(call, id: path[1], replacing: false)
        case (2, .put): return try updateCalendar(call, id: path[1], replacing: true)
        case (2, .delete): return try deleteCalendar(call, id: path[1])
        case (3, .post) where path[2] == "clear": return try clearCalendar(call, id: path[1])
        case (3, .post) where path[2] == "transferOwnership": return try transferCalendar(call, id: path[1])
        default: throw Self.unknown(call)
        }
    }

    /// Answers what is below a calendar's `acl`.
    mutating func routeRules(_ call: GoogleCall) throws(GoogleRefusal) -> HTTPResponse {
        let path = call.path
        switch (path.count, call.method) {
        case (3, .get): return try listRules(call, calendar: path[1])
        case (3, .post): return try insertRule(call, calendar: path[1])
        case (4, .get): return try getRule(call, calendar: path[1], rule: path[3])
        case (4, .patch): return try updateRule(call, calendar: path[1], rule: path[3], replacing: false)
        case (4, .put): return try updateRule(call, calendar: path[1], rule: path[3], replacing: true)
        case (4, .delete): return try deleteRule(call, calendar: path[1], rule: path[3])
        default: throw Self.unknown(call)
        }
    }

    /// The answer to a method that there is none of: 405 where the path exists with others, 404 elsewhere.
    static func unknown(_ call: GoogleCall) -> GoogleRefusal {
        let known = [
            "users/me/calendarList", "users/me/calendarList/*", "users/me/settings", "users/me/settings/*", "colors",
            "freeBusy", "calendars", "calendars/*", "calendars/*/clear", "calendars/*/transferOwnership",
            "calendars/*/acl", "calendars/*/acl/*",
            "calendars/*/events", "calendars/*/events/*", "calendars/*/events/*/instances",
        ]
        let isKnown = known.contains { pattern in
            let parts = pattern.split(separator: "/")
            return parts.count == call.path.count && zip(parts, call.path).allSatisfy { $0 == "*" || $0 == $1 }
        }
        return isKnown ? .methodNotAllowed : .notFound
    }
}
