import CalendarCore
import Foundation

extension GoogleService {
    /// `events.patch` and `events.update`: a patch merges objects and replaces arrays, an update replaces everything.
    mutating func updateEvent(_ call: GoogleCall, id: String, replacing: Bool) throws(GoogleRefusal) -> HTTPResponse {
        try call.require(GoogleScopes.writeEvents, for: replacing ? "Events.Update" : "Events.Patch")
        let index = try calendar(call, call.path[1], needing: .write).index
        let notifications = try GoogleNotifications(call.query)
        let body = try call.resource()
        guard let row = calendars[index].find(id) else { throw .notFound }
        try Self.checkVersion(call, of: row)
        let whole = calendars[index].effective(row)
        guard !whole.isCancelled || (row.seriesID != nil && row.life == .live) else { throw .forbidden }

        let stored = calendars[index].render(row)
        var resource = replacing ? body : stored.merging(body)
        if whole.isCancelled, !replacing, body["status"] == nil { throw .forbidden }
        if body["attendeesOmitted"] == true {
            resource["attendees"] = .array(Self.withOwnAnswer(body, of: whole, guest: calendars[index].id))
        }
        if let sequence = resource["sequence"]?.int, sequence < row.sequence {
            throw .invalid(
                "Invalid sequence value. The specified sequence number is below the current sequence number of the "
                    + "resource. Re-fetch the resource and use its sequence number on the following request."
            )
        }
        if resource["status"] == "cancelled" {
            guard !whole.isCancelled else { throw .forbidden }
            remove(row, calendar: index, notifications)
            let removed = calendars[index][row.id] ?? row
            return .google(calendars[index].render(removed), etag: removed.etag)
        }
        try update(row, to: resource, calendar: index, query: call.query, notifications)
        let updated = calendars[index].find(id) ?? row
        return .google(calendars[index].render(updated), etag: updated.etag)
    }

    /// Stores a whole resource over a row, with what follows for its series, its guests and their mail.
    mutating func update(
        _ row: GoogleEventRow,
        to resource: JSONNode,
        calendar index: Int,
        query: FormFields,
        _ notifications: GoogleNotifications
    ) throws(GoogleRefusal) {
        let store = calendars[index]
        let before = store.effective(row)
        let times = try Self.times(of: resource, zone: store.zone)
        var after = before
        after.start = times.start
        after.end = times.end
        after.status = try Self.status(of: resource)
        after.fields = try GoogleEventFields.read(Self.permitted(resource, query, stored: before), start: times.start)
        if row.seriesID != nil { after.fields["recurrence"] = nil }
        after = addConference(to: after, resource, query)
        let isRetimed = after.start != before.start || after.end != before.end || after.recurrence != before.recurrence
        after.sequence = max(before.sequence + (isRetimed ? 1 : 0), resource["sequence"]?.int ?? 0)

        let isGuest = before.organizer.lowercased() != store.id.lowercased()
        if isGuest, before.fields["guestsCanModify"] != true {
            try Self.checkGuestChange(from: before, to: after, guest: store.id)
        }
        calendars[index][row.id] = row.seriesID == nil ? after : store.exception(after, of: row)
        if isRetimed, before.isMaster { dropOrphans(of: row.id, calendar: index) }
        let isReminderOnly = Self.differsInRemindersOnly(before, after)
        calendars[index].touch(row.id, version: nextVersion(), now: isReminderOnly ? nil : now)
        if isGuest {
            let own = after.attendee(store.id)
            guard let own, own != before.attendee(store.id) else { return }
            answerInvitation(of: after, guest: store.id, with: own, notifications)
        } else {
            mirror(row.seriesID ?? row.id, in: index)
            if !isReminderOnly { notifyChange(from: before, to: after, notifications) }
        }
    }

    /// A change of the master's times or rules leaves behind exceptions at places the series no longer has.
    ///
    /// They come back as stubs that no longer name the series.
    private mutating func dropOrphans(of master: String, calendar index: Int) {
        guard let row = calendars[index][master], Recurrence(lines: row.recurrence).problem == nil else { return }
        for exception in calendars[index].exceptions(of: master) {
            guard let original = exception.originalStart, !calendars[index].produces(original, row) else { continue }
            calendars[index][exception.id]?.life = .deleted
            calendars[index][exception.id]?.seriesID = nil
            calendars[index].touch(exception.id, version: nextVersion(), now: now)
        }
    }

    /// With `attendeesOmitted` only the caller's own answer counts.
    private static func withOwnAnswer(_ body: JSONNode, of row: GoogleEventRow, guest: String) -> [JSONNode] {
        guard let own = body["attendees"]?.elements.first(where: { $0.isGuest(guest) }) else { return row.attendees }
        return row.attendees.map { $0.isGuest(guest) ? $0.answering(own) : $0 }
    }

    /// A guest changes their own answer and what belongs to their copy, nothing that all copies share.
    private static func checkGuestChange(
        from before: GoogleEventRow,
        to after: GoogleEventRow,
        guest: String
    ) throws(GoogleRefusal) {
        guard before.start == after.start, before.end == after.end else { throw .notOrganizer }
        for key in GoogleEventFields.shared where key != "attendees" {
            guard before.fields[key] == after.fields[key] else { throw .notOrganizer }
        }
        let neutral: JSONNode = ["responseStatus": "needsAction", "comment": nil, "additionalGuests": nil]
        func others(_ row: GoogleEventRow) -> [JSONNode] {
            row.attendees.map { $0.isGuest(guest) ? $0.answering(neutral) : $0 }
        }
        guard others(before) == others(after) else { throw .notOrganizer }
    }

    private static func differsInRemindersOnly(_ before: GoogleEventRow, _ after: GoogleEventRow) -> Bool {
        guard before.fields["reminders"] != after.fields["reminders"] else { return false }
        var left = before.fields
        var right = after.fields
        left["reminders"] = nil
        right["reminders"] = nil
        return Set(left.members) == Set(right.members) && before.start == after.start && before.end == after.end
            && before.status == after.status
    }
}

extension JSONNode {
    /// A guest's entry with another answer.
    func answering(_ answer: JSONNode) -> JSONNode {
        var result = self
        result["comment"] = nil
        result["additionalGuests"] = nil
        for key in ["responseStatus", "comment", "additionalGuests"] {
            if let value = answer[key], !value.isNull { result[key] = value }
        }
        return result
    }
}

extension GoogleCalendarStore {
    /// An exception that differs in nothing yet.
    static func exception(of occurrence: GoogleEventRow) -> GoogleEventRow {
        var row = occurrence
        row.fields = JSONObject()
        row.hasOwnTimes = false
        return row
    }

    /// An exception that says what a whole row says, keeping only what differs from the series.
    func exception(_ whole: GoogleEventRow, of occurrence: GoogleEventRow) -> GoogleEventRow {
        guard let series = whole.seriesID, let master = self[series], let original = whole.originalStart else {
            return whole
        }
        var row = whole
        row.fields = JSONObject()
        var inherited = master.fields
        inherited["recurrence"] = nil
        for member in whole.fields.members where inherited[member.key] != member.value {
            row.fields[member.key] = member.value
        }
        for member in inherited.members where whole.fields[member.key] == nil { row.fields[member.key] = .null }
        row.hasOwnTimes = whole.start != original || whole.end != original.adding(seconds: master.seconds)
        return row
    }
}
