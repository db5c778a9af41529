import CalendarCore
import Foundation

extension GoogleService {
    /// `events.insert`, with an id of the client's choice that nothing ever had in this calendar.
    mutating func insertEvent(_ call: GoogleCall) throws(GoogleRefusal) -> HTTPResponse {
        try call.require(GoogleScopes.writeEvents, for: "Events.Insert")
        let index = try calendar(call, call.path[1], needing: .write).index
        let notifications = try GoogleNotifications(call.query)
        let view = try GoogleEventView(call.query, access: .owner)
        var resource = try call.event()
        try GoogleEventTypes.checkCreation(resource["eventType"]?.string, isPrimary: calendars[index].isPrimary)
        if let id = resource["id"]?.string {
            guard Self.isID(id) else { throw .invalid("Invalid resource id value.") }
        } else if let uid = resource["iCalUID"]?.string {
            resource["id"] = .string(Self.id(of: uid))
        }
        if let id = resource["id"]?.string, calendars[index][id] != nil { throw .duplicate }
        let row = try insert(resource, by: accounts[call.account].address, calendar: index, query: call.query)
        if row.fields["privateCopy"] != true { notifyChange(from: nil, to: row, notifications) }
        return .google(calendars[index].node(row, view), etag: row.etag)
    }

    /// Makes an event out of a resource and gives local guests their copies.
    ///
    /// - Parameters:
    ///   - resource: The event as a client sends it.
    ///   - creator: The address of the account that makes it.
    ///   - index: The calendar's position.
    ///   - query: The request's parameters, some of which decide on fields.
    /// - Returns: The row as stored.
    /// - Throws: The answer to a resource that breaks a rule.
    mutating func insert(
        _ resource: JSONNode,
        by creator: String,
        calendar index: Int,
        query: FormFields
    ) throws(GoogleRefusal) -> GoogleEventRow {
        let id = resource["id"]?.string ?? nextText(26)
        let store = calendars[index]
        let times = try Self.times(of: resource, zone: store.zone)
        var row = GoogleEventRow(
            id: id,
            iCalUID: resource["iCalUID"]?.string ?? "\(id)@google.com",
            start: times.start,
            end: times.end,
            creator: creator,
            organizer: store.id,
            now: now
        )
        if !store.isPrimary { row.organizerName = store.title }
        row.fields = try GoogleEventFields.read(
            Self.permitted(resource, query, stored: nil),
            start: times.start,
            end: times.end
        )
        row.status = try Self.status(of: resource)
        row.sequence = resource["sequence"]?.int ?? 0
        row = try addConference(to: row, resource, query)
        calendars[index][id] = row
        calendars[index].touch(id, version: nextVersion(), now: now)
        if row.fields["privateCopy"] != true { mirror(id, in: index) }
        return calendars[index][id] ?? row
    }

    /// `events.delete`; a second one answers 410.
    mutating func deleteEvent(_ call: GoogleCall, id: String) throws(GoogleRefusal) -> HTTPResponse {
        try call.require(GoogleScopes.writeEvents, for: "Events.Delete")
        let index = try calendar(call, call.path[1], needing: .write).index
        let notifications = try GoogleNotifications(call.query)
        guard let row = calendars[index].find(id) else { throw .notFound }
        guard !row.isCancelled else { throw .deleted }
        try Self.checkVersion(call, of: row)
        remove(row, calendar: index, notifications)
        return HTTPResponse(status: 204)
    }

    /// Deletes an event, or cancels an occurrence, with what follows for guests and the organizer.
    mutating func remove(_ row: GoogleEventRow, calendar index: Int, _ notifications: GoogleNotifications) {
        let store = calendars[index]
        let whole = store.effective(row)
        var cancelled = whole
        cancelled.status = "cancelled"
        if let series = row.seriesID, store[series]?.life == .live {
            var exception = store[row.id] ?? GoogleCalendarStore.exception(of: row)
            exception.status = "cancelled"
            calendars[index][row.id] = exception
        } else {
            for exception in store.exceptions(of: row.id) {
                calendars[index][exception.id]?.life = .gone
            }
            calendars[index][row.id]?.life = .deleted
            calendars[index][row.id]?.status = "cancelled"
        }
        calendars[index].touch(row.id, version: nextVersion(), now: now)
        if whole.fields["privateCopy"] == true { return }
        if whole.organizer.lowercased() == store.id.lowercased() {
            // Without mail the guests keep their copies.
            if case .none = notifications { return }
            mirror(row.seriesID ?? row.id, in: index)
            notify(.cancellation, of: cancelled, to: Self.guests(whole), notifications)
        } else {
            answerInvitation(of: whole, guest: store.id, with: ["responseStatus": "declined"], notifications)
        }
    }

    /// Whether a text can be an id: base32hex in lower case, 5 to 1024 characters.
    static func isID(_ id: some StringProtocol) -> Bool {
        let isValid = id.utf8.allSatisfy { byte in
            (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                || (UInt8(ascii: "a")...UInt8(ascii: "v")).contains(byte)
        }
        return isValid && (5...1024).contains(id.utf8.count)
    }

    /// Checks `If-Match` against a row (RFC 9110 section 13.1.1).
    static func checkVersion(_ call: GoogleCall, of row: GoogleEventRow) throws(GoogleRefusal) {
        guard let condition = call.headers["If-Match"], condition != "*" else { return }
        guard condition == row.etag else { throw .conditionNotMet }
    }

    /// Reads and checks both times of a resource.
    static func times(of resource: JSONNode, zone: EventZone) throws(GoogleRefusal) -> (
        start: EventTime, end: EventTime
    ) {
        let isSeries = !(resource["recurrence"]?.elements ?? []).isEmpty
        let start = try GoogleEventTimes.read(resource["start"], name: "start", zone: zone, isSeries: isSeries)
        let end = try GoogleEventTimes.read(resource["end"], name: "end", zone: zone, isSeries: isSeries)
        guard start.isAllDay == end.isAllDay else {
            throw .invalid("Start and end times must either both be date or both be dateTime.")
        }
        guard start.date(floatingIn: zone) < end.date(floatingIn: zone) else { throw .emptyRange(parameter: nil) }
        return (start, end)
    }

    /// The status of a resource.
    static func status(of resource: JSONNode) throws(GoogleRefusal) -> String {
        let status = resource["status"]?.string ?? "confirmed"
        guard ["confirmed", "tentative", "cancelled"].contains(status) else { throw .invalid("Invalid Value") }
        return status
    }

    /// Leaves out what a request may not write, or not without saying so: such fields keep their stored values.
    static func permitted(_ resource: JSONNode, _ query: FormFields, stored: GoogleEventRow?) -> JSONNode {
        var result = resource
        var kept = ["hangoutLink", "conferenceData", "locked"]
        if stored != nil { kept += ["eventType", "privateCopy"] }
        if !query.isTrue("supportsAttachments") { kept.append("attachments") }
        kept.append(query["eventLabelVersion"] == "1" ? "colorId" : "eventLabelId")
        for key in kept { result[key] = stored?.fields[key] }
        return result
    }

    /// Checks that a resource is not older than what is stored (RFC 5545 section 3.8.7.4).
    static func checkSequence(_ resource: JSONNode, of row: GoogleEventRow) throws(GoogleRefusal) {
        guard let sequence = resource["sequence"]?.int, sequence < row.sequence else { return }
        throw .invalid(
            "Invalid sequence value. The specified sequence number is below the current sequence number of the "
                + "resource. Re-fetch the resource and use its sequence number on the following request."
        )
    }
}
