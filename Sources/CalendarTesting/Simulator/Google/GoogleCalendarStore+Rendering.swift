import CalendarCore
import Foundation

extension GoogleCalendarStore {
    /// A row as the service prints it, fields in its order and defaults left out.
    ///
    /// - Parameters:
    ///   - stored: The row as stored.
    ///   - zone: The zone whose offset times are printed with; nil for the calendar's.
    ///   - maxAttendees: With more guests than this only the calendar's own entry is printed; nil for all.
    /// - Returns: The Event resource.
    func render(_ stored: GoogleEventRow, zone: EventZone? = nil, maxAttendees: Int? = nil) -> JSONNode {
        if let raw = stored.raw, stored.life == .live { return raw.merging(["etag": .string(stored.etag)]) }
        let row = effective(stored)
        let zone = zone ?? self.zone
        var node: JSONNode = [
            "kind": "calendar#event",
            "etag": .string(row.etag),
            "id": .string(row.id),
            "status": .string(row.isCancelled ? "cancelled" : row.status),
            "htmlLink": .string("\(linkRoot)/calendar/event?eid=\(linkID(row))"),
            "created": .string(GoogleEventTimes.stamp(row.created)),
            "updated": .string(GoogleEventTimes.stamp(row.updated)),
        ]
        copy(["summary", "description", "location", "colorId", "eventLabelId"], of: row, to: &node)
        node["creator"] = person(row.creator, name: nil)
        node["organizer"] = person(row.organizer, name: row.organizerName)
        node["start"] = GoogleEventTimes.node(row.start, zone: zone)
        node["end"] = GoogleEventTimes.node(row.end, zone: zone)
        copy(["recurrence"], of: row, to: &node)
        if let series = row.seriesID { node["recurringEventId"] = .string(series) }
        if let original = row.originalStart { node["originalStartTime"] = GoogleEventTimes.node(original, zone: zone) }
        copy(["transparency", "visibility"], of: row, to: &node)
        node["iCalUID"] = .string(row.iCalUID)
        node["sequence"] = .int(row.sequence)
        let isShortened = maxAttendees.map { row.attendees.count > $0 } ?? false
        let attendees = isShortened ? row.attendees.filter { $0.isGuest(id) } : row.attendees
        if !attendees.isEmpty { node["attendees"] = .array(attendees.map { attendee($0, of: row) }) }
        if isShortened { node["attendeesOmitted"] = true }
        copy(
            [
                "extendedProperties", "hangoutLink", "conferenceData", "gadget", "anyoneCanAddSelf",
                "guestsCanInviteOthers", "guestsCanModify", "guestsCanSeeOtherGuests", "privateCopy", "locked",
                "reminders", "source", "attachments",
                "workingLocationProperties", "outOfOfficeProperties", "focusTimeProperties", "birthdayProperties",
                "eventType",
            ],
            of: row,
            to: &node
        )
        return node
    }

    /// What remains of a deleted row or occurrence: only the id is guaranteed, and an occurrence's place in its series.
    func stub(_ row: GoogleEventRow, zone: EventZone? = nil) -> JSONNode {
        var node: JSONNode = [
            "kind": "calendar#event",
            "etag": .string(row.etag),
            "id": .string(row.id),
            "status": "cancelled",
        ]
        if let series = row.seriesID { node["recurringEventId"] = .string(series) }
        if row.seriesID != nil, let original = row.originalStart {
            node["originalStartTime"] = GoogleEventTimes.node(original, zone: zone ?? self.zone)
        }
        return node
    }

    /// A row as somebody sees it who may only know when the calendar is busy.
    func masked(_ row: GoogleEventRow, zone: EventZone?) -> JSONNode {
        let whole = render(row, zone: zone)
        var node = JSONNode.object(JSONObject())
        for key in ["kind", "etag", "id", "status", "start", "end", "recurringEventId", "originalStartTime"] {
            if let value = whole[key] { node[key] = value }
        }
        node["visibility"] = "private"
        return node
    }

    private func linkID(_ row: GoogleEventRow) -> String {
        Base64URL.encode(Data("\(row.id) \(id)".utf8))
    }

    private func copy(_ keys: [String], of row: GoogleEventRow, to node: inout JSONNode) {
        for key in keys {
            if let value = row.fields[key] { node[key] = value }
        }
    }

    private func person(_ address: String, name: String?) -> JSONNode {
        var node: JSONNode = ["email": .string(address)]
        if let name { node["displayName"] = .string(name) }
        if address.lowercased() == id.lowercased() { node["self"] = true }
        return node
    }

    /// A guest with what depends on the calendar it is read from.
    private func attendee(_ stored: JSONNode, of row: GoogleEventRow) -> JSONNode {
        var node = JSONNode.object(JSONObject())
        for key in ["id", "email", "displayName"] {
            if let value = stored[key] { node[key] = value }
        }
        if stored.isGuest(row.organizer) { node["organizer"] = true }
        if stored.isGuest(id) { node["self"] = true }
        for key in ["resource", "optional", "responseStatus", "comment", "additionalGuests"] {
            if let value = stored[key] { node[key] = value }
        }
        return node
    }
}
