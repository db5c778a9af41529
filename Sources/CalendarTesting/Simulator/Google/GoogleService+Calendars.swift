import CalendarCore
import Foundation

extension GoogleService {
    /// `calendarList.list`.
    func listCalendars(_ call: GoogleCall) throws(GoogleRefusal) -> HTTPResponse {
        try call.require(GoogleScopes.listCalendars, for: "CalendarList.List")
        let entries = accounts[call.account].entries
        var size = min(max(1, call.query["maxResults"].flatMap(Int.init) ?? 100), 250)
        if let pageSize { size = min(size, max(1, pageSize)) }
        var first = 0
        if let token = call.query["syncToken"] {
            first = try knownEntries(token, of: entries.count)
        }
        if let token = call.query["pageToken"] {
            guard let position = Int(token), (0...entries.count).contains(position) else {
                throw .invalid("Invalid Value", parameter: "pageToken")
            }
            first = position
        }
        let last = min(first + size, entries.count)
        var answer: JSONNode = ["kind": "calendar#calendarList", "etag": "\"p3\(entries.count)\""]
        if last < entries.count {
            answer["nextPageToken"] = .string(String(last))
        } else {
            // Twenty digits, as the service writes them here; the lower five are the number of entries.
            let number = String(syncEpoch * 100_000 + entries.count)
            answer["nextSyncToken"] = .string(String(repeating: "0", count: max(0, 20 - number.count)) + number)
        }
        answer["items"] = .array(entries[first..<last].compactMap(render))
        return .google(answer)
    }

    /// `calendarList.get`, which accepts `primary`.
    func getListEntry(_ call: GoogleCall, id: String) throws(GoogleRefusal) -> HTTPResponse {
        try call.require(GoogleScopes.listCalendars, for: "CalendarList.Get")
        let found = try calendar(call, id, needing: .freeBusy)
        let entry = GoogleAccount.Entry(calendar: calendars[found.index].id, access: found.access)
        guard let node = render(entry) else { throw .notFound }
        return .google(node, etag: node["etag"]?.string)
    }

    /// `calendars.get`.
    func getCalendar(_ call: GoogleCall, id: String) throws(GoogleRefusal) -> HTTPResponse {
        try call.require(GoogleScopes.readCalendar, for: "Calendars.Get")
        let store = calendars[try calendar(call, id, needing: .freeBusy).index]
        let etag = "\"\(store.version)\""
        let node: JSONNode = [
            "kind": "calendar#calendar",
            "etag": .string(etag),
            "id": .string(store.id),
            "summary": .string(store.title),
            "timeZone": .string(store.zone.identifier),
            "conferenceProperties": ["allowedConferenceSolutionTypes": ["hangoutsMeet"]],
        ]
        return .google(node, etag: etag)
    }

    /// How many entries the holder of a sync token has seen; entries are only ever added.
    private func knownEntries(_ token: String, of count: Int) throws(GoogleRefusal) -> Int {
        guard token.count == 20, let number = Int(token) else {
            throw .invalid("Invalid Value", parameter: "syncToken")
        }
        guard number / 100_000 == syncEpoch else { throw .fullSyncRequired }
        return min(number % 100_000, count)
    }

    private func render(_ entry: GoogleAccount.Entry) -> JSONNode? {
        guard let index = calendarIndex(entry.calendar) else { return nil }
        let store = calendars[index]
        var node: JSONNode = [
            "kind": "calendar#calendarListEntry",
            "etag": .string("\"\(store.version)\""),
            "id": .string(store.id),
            "summary": .string(store.title),
            "timeZone": .string(store.zone.identifier),
            "colorId": "14",
            "backgroundColor": "#9fe1e7",
            "foregroundColor": "#000000",
            "selected": true,
            "accessRole": .string(Self.role(entry.access)),
            "defaultReminders": .array(store.isPrimary ? [["method": "popup", "minutes": 30]] : []),
        ]
        if store.isPrimary { node["primary"] = true }
        node["conferenceProperties"] = ["allowedConferenceSolutionTypes": ["hangoutsMeet"]]
        return node
    }

    /// The service's word for an access level.
    static func role(_ access: RemoteCalendar.Access) -> String {
        switch access {
        case .freeBusy: "freeBusyReader"
        case .read: "reader"
        case .write: "writer"
        case .owner: "owner"
        }
    }
}
