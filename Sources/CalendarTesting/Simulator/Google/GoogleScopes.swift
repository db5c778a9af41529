import CalendarCore
import Foundation

/// The scopes that open an operation; any one of them is enough.
///
/// See https://developers.google.com/workspace/calendar/api/auth and the method pages.
enum GoogleScopes {
    static let prefix = "https://www.googleapis.com/auth/"

    static let listCalendars = expand(["calendarlist.readonly", "calendarlist", "readonly", ""])
    static let readListEntry = expand(["calendarlist.readonly", "calendarlist", "app.created", "readonly", ""])
    static let writeListEntry = expand(["calendarlist", "app.created", ""])
    static let writeCalendarList = expand(["calendarlist", ""])
    static let readCalendar = expand(["calendars.readonly", "calendars", "app.created", "readonly", ""])
    static let writeCalendars = expand(["calendars", "app.created", ""])
    static let administerCalendars = expand(["calendars", ""])
    static let listRules = expand(["acls.readonly", "acls", ""])
    static let readRule = expand(["acls.readonly", "acls", "readonly", ""])
    static let writeRules = expand(["acls", ""])
    static let settings = expand(["settings.readonly", "settings", "readonly", ""])
    static let colors = expand([
        "calendarlist.readonly", "calendarlist", "events.freebusy", "events.owned", "events.owned.readonly",
        "events.public.readonly", "app.created", "readonly", "",
    ])
    static let readEvents = expand([
        "events.readonly", "events", "events.owned", "events.owned.readonly", "events.freebusy",
        "events.public.readonly", "app.created", "readonly", "",
    ])
    static let writeEvents = expand(["events.owned", "events", "app.created", ""])
    /// Moving is closed to applications that may only touch their own calendars.
    static let moveEvents = expand(["events.owned", "events", ""])
    static let freeBusy = expand(["freebusy", "events.freebusy", "readonly", ""])

    /// How the token answer spells a scope that was asked for by a short name.
    static func reported(_ scope: String) -> String {
        switch scope {
        case "email": prefix + "userinfo.email"
        case "profile": prefix + "userinfo.profile"
        default: scope
        }
    }

    private static func expand(_ suffixes: [String]) -> Set<String> {
        Set(suffixes.map { prefix + ($0.isEmpty ? "calendar" : "calendar.\($0)") })
    }
}

extension GoogleCall {
    /// Checks that the token opens an operation.
    ///
    /// - Parameters:
    ///   - accepted: The scopes of which one must have been granted.
    ///   - method: The name of the operation in the error, such as `Events.List`.
    /// - Throws: The answer 403 with `insufficientPermissions`.
    func require(_ accepted: Set<String>, for method: String) throws(GoogleRefusal) {
        guard !scopes.isDisjoint(with: accepted) else { throw .scope(method) }
    }
}
