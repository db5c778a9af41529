import CalendarCore
import Foundation

extension GoogleService {
    /// `calendarList.list`: increments bring what the account changed, removed and hidden entries included.
    func listCalendars(_ call: GoogleCall) throws(GoogleRefusal) -> HTTPResponse {
        try call.require(GoogleScopes.listCalendars, for: "CalendarList.List")
        let isIncrement = call.query["syncToken"] != nil
        let showsDeleted = try call.flag("showDeleted")
        let showsHidden = try call.flag("showHidden")
        let isOwnOrganization = try call.flag("showOwnOrganizationOnly")
        if isIncrement {
            let isRestricted =
                call.query["minAccessRole"] != nil || isOwnOrganization
                || ["showDeleted", "showHidden"].contains { call.query[$0] == "false" }
            guard !isRestricted else {
                throw .invalid("Sync token cannot be used with other request restrictions", parameter: "syncToken")
            }
        }
        var least = GoogleRole.freeBusyReader
        if let text = call.query["minAccessRole"] {
            guard let role = GoogleRole(rawValue: text), role != .none else {
                throw .invalidParameter("minAccessRole")
            }
            least = role
        }
        let account = accounts[call.account]
        let rows = account.entries.map { entry -> GoogleFeedRow in
            guard !entry.isDeleted, let index = calendarIndex(entry.calendar) else {
                return GoogleFeedRow(change: entry.change, isShown: isIncrement || showsDeleted, node: entry.stub)
            }
            let store = calendars[index]
            let isShown =
                (isIncrement || showsHidden || !entry.isHidden) && role(of: account, in: store) >= least
                && (!isOwnOrganization || isOwned(store, by: account.domain))
            return GoogleFeedRow(change: entry.change, isShown: isShown, node: node(of: entry, account, store))
        }
        return try feed(call, kind: "calendar#calendarList", changes: account.listChanges, rows: rows)
    }

    /// `calendarList.get`, which accepts `primary`.
    func getListEntry(_ call: GoogleCall, id: String) throws(GoogleRefusal) -> HTTPResponse {
        try call.require(GoogleScopes.readListEntry, for: "CalendarList.Get")
        let found = try entry(call, id)
        return answer(found.entry, call, found.index)
    }

    /// `calendarList.insert`: subscribes to a calendar that one has access to; again, it changes nothing.
    mutating func insertListEntry(_ call: GoogleCall) throws(GoogleRefusal) -> HTTPResponse {
        try call.require(GoogleScopes.writeCalendarList, for: "CalendarList.Insert")
        let body = GoogleBody(try call.resource())
        let index = try calendar(call, body.required("id"), needing: .freeBusy).index
        subscribe(call.account, to: index, isSelected: false)
        let entry = try entry(call, calendars[index].id).entry
        return answer(try write(body, to: entry, call, replacing: false), call, index)
    }

    /// `calendarList.patch` and `calendarList.update`; one that changes nothing leaves the etag.
    mutating func updateListEntry(
        _ call: GoogleCall,
        id: String,
        replacing: Bool
    ) throws(GoogleRefusal) -> HTTPResponse {
        try call.require(
            GoogleScopes.writeListEntry,
            for: replacing ? "CalendarList.Update" : "CalendarList.Patch"
        )
        let found = try entry(call, id)
        try call.checkConditions(found.entry.etag)
        let entry = try write(GoogleBody(try call.resource()), to: found.entry, call, replacing: replacing)
        return answer(entry, call, found.index)
    }

    /// `calendarList.delete`; the calendar's data owner cannot leave it.
    mutating func deleteListEntry(_ call: GoogleCall, id: String) throws(GoogleRefusal) -> HTTPResponse {
        try call.require(GoogleScopes.writeListEntry, for: "CalendarList.Delete")
        let found = try entry(call, id)
        let owner = calendars[found.index].dataOwner
        guard owner?.lowercased() != accounts[call.account].address.lowercased() else { throw .dataOwnerStays }
        try call.checkConditions(found.entry.etag)
        unsubscribe(call.account, from: calendars[found.index].id)
        return HTTPResponse(status: 204)
    }

    /// The default reminders of an account for a calendar.
    func defaultReminders(of account: Int, in calendar: String) -> JSONNode {
        let entry = accounts[account].entries.first { $0.calendar == calendar && !$0.isDeleted }
        return entry?.fields["defaultReminders"] ?? []
    }

    private func entry(_ call: GoogleCall, _ id: String) throws(GoogleRefusal) -> (entry: GoogleListEntry, index: Int) {
        let index = try calendar(call, id, needing: .freeBusy).index
        let entries = accounts[call.account].entries
        guard let entry = entries.first(where: { $0.calendar == calendars[index].id && !$0.isDeleted }) else {
            throw .notFound
        }
        return (entry, index)
    }

    private mutating func write(
        _ body: GoogleBody,
        to entry: GoogleListEntry,
        _ call: GoogleCall,
        replacing: Bool
    ) throws(GoogleRefusal) -> GoogleListEntry {
        var changed = entry
        changed.fields = try GoogleListEntryFields.apply(
            body,
            to: entry.fields,
            replacing: replacing,
            takesColors: call.flag("colorRgbFormat")
        )
        guard Set(changed.fields.members) != Set(entry.fields.members) else { return entry }
        put(changed, account: call.account)
        return accounts[call.account].entries.first { $0.calendar == entry.calendar } ?? changed
    }

    private func answer(_ entry: GoogleListEntry, _ call: GoogleCall, _ index: Int) -> HTTPResponse {
        .google(node(of: entry, accounts[call.account], calendars[index]), etag: entry.etag)
    }

    private func node(of entry: GoogleListEntry, _ account: GoogleAccount, _ store: GoogleCalendarStore) -> JSONNode {
        let isOwn = store.isPrimary && store.id.lowercased() == account.address.lowercased()
        return entry.node(of: store, role: role(of: account, in: store), isOwn: isOwn)
    }

    private func isOwned(_ store: GoogleCalendarStore, by domain: String) -> Bool {
        store.dataOwner?.lowercased().hasSuffix("@" + domain) == true
    }
}
