import CalendarCore
import Foundation

extension GoogleService {
    /// `calendars.get`.
    func getCalendar(_ call: GoogleCall, id: String) throws(GoogleRefusal) -> HTTPResponse {
        try call.require(GoogleScopes.readCalendar, for: "Calendars.Get")
        let store = calendars[try calendar(call, id, needing: .freeBusy).index]
        return .google(store.resource, etag: store.etag)
    }

    /// `calendars.insert`: the creator owns the calendar and finds it in the list.
    mutating func insertCalendar(_ call: GoogleCall) throws(GoogleRefusal) -> HTTPResponse {
        try call.require(GoogleScopes.writeCalendars, for: "Calendars.Insert")
        let body = GoogleBody(try call.resource())
        let title = try body.required("summary")
        let account = accounts[call.account]
        let id = nextText(26) + "@group.calendar.google.com"
        let index = makeCalendar(id, title: title, zone: .utc, isPrimary: false, dataOwner: account.address)
        try write(body, to: index, replacing: true)
        setRole(.owner, of: .user, account.address, calendar: index)
        return .google(calendars[index].resource, etag: calendars[index].etag)
    }

    /// `calendars.patch` and `calendars.update`; one that changes nothing leaves the etag.
    mutating func updateCalendar(
        _ call: GoogleCall,
        id: String,
        replacing: Bool
    ) throws(GoogleRefusal) -> HTTPResponse {
        try call.require(GoogleScopes.writeCalendars, for: replacing ? "Calendars.Update" : "Calendars.Patch")
        let index = try calendar(call, id, needing: .owner).index
        try call.checkConditions(calendars[index].etag)
        try write(GoogleBody(try call.resource()), to: index, replacing: replacing)
        return .google(calendars[index].resource, etag: calendars[index].etag)
    }

    /// `calendars.delete`, for secondary calendars only.
    mutating func deleteCalendar(_ call: GoogleCall, id: String) throws(GoogleRefusal) -> HTTPResponse {
        try call.require(GoogleScopes.writeCalendars, for: "Calendars.Delete")
        let index = try calendar(call, id, needing: .owner).index
        guard !calendars[index].isPrimary else { throw .primaryStays }
        try call.checkConditions(calendars[index].etag)
        calendars[index].isDeleted = true
        for account in accounts.indices { unsubscribe(account, from: calendars[index].id) }
        return HTTPResponse(status: 204)
    }

    /// `calendars.clear`, for primary calendars only: deletes every event, and tells no guest.
    mutating func clearCalendar(_ call: GoogleCall, id: String) throws(GoogleRefusal) -> HTTPResponse {
        try call.require(GoogleScopes.administerCalendars, for: "Calendars.Clear")
        let index = try calendar(call, id, needing: .owner).index
        guard calendars[index].isPrimary else { throw .invalid("Only primary calendars can be cleared.") }
        for row in calendars[index].rows where row.life == .live && row.seriesID == nil {
            remove(row, calendar: index, .none)
        }
        // What is left are occurrences that came here without their series.
        for row in calendars[index].rows where row.life == .live { remove(row, calendar: index, .none) }
        return HTTPResponse(status: 204)
    }

    /// `calendars.transferOwnership`, which is for administrators; nobody here is one.
    func transferCalendar(_ call: GoogleCall, id: String) throws(GoogleRefusal) -> HTTPResponse {
        try call.require(GoogleScopes.administerCalendars, for: "Calendars.TransferOwnership")
        _ = try calendar(call, id, needing: .freeBusy)
        throw .forbidden
    }

    private mutating func write(_ body: GoogleBody, to index: Int, replacing: Bool) throws(GoogleRefusal) {
        var store = calendars[index]
        let before = store.resource
        let isWorkspace = store.dataOwner.flatMap(accountIndex).map { accounts[$0].isWorkspace } ?? false
        try GoogleCalendarFields.apply(body, to: &store, replacing: replacing, isWorkspace: isWorkspace) {
            let digits = nextText(32, alphabet: "0123456789abcdef")
            return [(0, 8), (8, 12), (12, 16), (16, 20), (20, 32)]
                .map { String(Array(digits)[$0.0..<$0.1]) }.joined(separator: "-")
        }
        if store.resource != before { store.version = nextVersion() }
        calendars[index] = store
    }
}
