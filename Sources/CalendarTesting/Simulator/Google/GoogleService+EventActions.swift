import CalendarCore
import Foundation

extension GoogleService {
    /// `events.import`: a copy of an event that lives elsewhere, known by its iCalUID, about which no mail goes out.
    mutating func importEvent(_ call: GoogleCall) throws(GoogleRefusal) -> HTTPResponse {
        try call.require(GoogleScopes.writeEvents, for: "Events.Import")
        let index = try calendar(call, call.path[1], needing: .write).index
        let resource = try call.event()
        guard let uid = resource["iCalUID"]?.string, !uid.isEmpty else { throw .required("Missing iCalUID.") }
        guard resource["eventType"]?.string ?? "default" == "default" else { throw GoogleEventTypes.restriction }
        let store = calendars[index]
        let organizer = resource["organizer"]?["email"]?.string ?? store.id
        let isForeign = organizer.lowercased() != store.id.lowercased()
        if isForeign, resource["attendees"]?.elements.contains(where: { $0.isGuest(store.id) }) != true {
            throw GoogleRefusal(
                400,
                "participantIsNeitherOrganizerNorAttendee",
                "The owner of the calendar must either be the organizer or an attendee of an event that is imported.",
                domain: "calendar"
            )
        }
        let known = store.rows.first { $0.iCalUID == uid && $0.seriesID == nil && $0.isRemembered }
        if let known { try Self.checkSequence(resource, of: known) }
        let times = try Self.times(of: resource, zone: store.zone)
        var row =
            known
            ?? GoogleEventRow(
                id: Self.id(of: uid),
                iCalUID: uid,
                start: times.start,
                end: times.end,
                creator: accounts[call.account].address,
                organizer: organizer,
                now: now
            )
        row.start = times.start
        row.end = times.end
        row.organizer = organizer
        row.organizerName = resource["organizer"]?["displayName"]?.string
        row.status = try Self.status(of: resource)
        row.sequence = resource["sequence"]?.int ?? row.sequence
        row.life = .live
        row.fields = try GoogleEventFields.read(
            Self.permitted(resource, call.query, stored: known),
            start: times.start,
            end: times.end
        )
        if isForeign { row.fields["privateCopy"] = true }
        row = try addConference(to: row, resource, call.query)
        let version = nextVersion()
        calendars[index][row.id] = row
        dropOrphans(of: row.id, calendar: index, version: version)
        calendars[index].touch(row.id, version: version, now: now)
        let result = calendars[index][row.id] ?? row
        return .google(calendars[index].render(result), etag: result.etag)
    }

    /// `events.move`: another calendar becomes the organizer.
    ///
    /// The answer shows the source's row, which is cancelled from now on; the event lives on under the same id.
    mutating func moveEvent(_ call: GoogleCall, id: String) throws(GoogleRefusal) -> HTTPResponse {
        try call.require(GoogleScopes.moveEvents, for: "Events.Move")
        let index = try calendar(call, call.path[1], needing: .write).index
        guard let destination = call.query["destination"], !destination.isEmpty else {
            throw .required("Missing destination calendar.")
        }
        let notifications = try GoogleNotifications(call.query)
        let target = try calendar(call, destination, needing: .write).index
        let source = calendars[index]
        guard let row = source.find(id) else { throw .notFound }
        guard !row.isCancelled else { throw .deleted }
        try Self.checkVersion(call, of: row)
        guard row.seriesID == nil else { throw .organizerFixed("cannotChangeOrganizerOfInstance") }
        guard row.organizer.lowercased() == source.id.lowercased() else {
            throw .organizerFixed("cannotChangeOrganizer")
        }
        guard row.fields["eventType"]?.string ?? "default" == "default" else { throw GoogleEventTypes.restriction }
        guard target != index else { return .google(source.render(row), etag: row.etag) }

        let version = nextVersion()
        for var moved in [row] + source.exceptions(of: id) {
            calendars[index][moved.id]?.life = moved.id == id ? .deleted : .gone
            calendars[index][moved.id]?.status = "cancelled"
            moved.organizer = calendars[target].id
            moved.organizerName = calendars[target].isPrimary ? nil : calendars[target].title
            calendars[target][moved.id] = moved
        }
        calendars[index].touch(id, version: version, now: now)
        calendars[target].touch(id, version: version, now: now)
        mirror(id, in: target)
        if let moved = calendars[target][id] { notifyChange(from: row, to: moved, notifications) }
        let left = calendars[index][id] ?? row
        return .google(calendars[index].render(left), etag: left.etag)
    }

    /// `events.quickAdd`: a text becomes an event, as far as it is understood.
    mutating func quickAddEvent(_ call: GoogleCall) throws(GoogleRefusal) -> HTTPResponse {
        try call.require(GoogleScopes.writeEvents, for: "Events.QuickAdd")
        let index = try calendar(call, call.path[1], needing: .write).index
        _ = try GoogleNotifications(call.query)
        guard let text = call.query["text"], !text.isEmpty else {
            throw GoogleRefusal(400, "required", "Required parameter: text", parameter: "text")
        }
        let zone = calendars[index].zone
        let note = GoogleQuickNote(text, now: zone.civil(at: now))
        let resource: JSONNode = [
            "summary": .string(note.title),
            "start": GoogleEventTimes.node(note.start(zone), zone: zone),
            "end": GoogleEventTimes.node(note.end(zone), zone: zone),
        ]
        let row = try insert(resource, by: accounts[call.account].address, calendar: index, query: call.query)
        return .google(calendars[index].render(row), etag: row.etag)
    }
}

extension GoogleRefusal {
    /// The answer to a move that would take an event from its organizer.
    fileprivate static func organizerFixed(_ reason: String) -> GoogleRefusal {
        GoogleRefusal(400, reason, "The organizer of the event cannot be changed.", domain: "calendar")
    }
}
