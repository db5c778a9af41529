import CalendarCore
import Foundation

extension GoogleService {
    /// `events.patch` and `events.update`: a patch merges objects and replaces arrays, an update replaces everything.
    mutating func updateEvent(_ call: GoogleCall, id: String, replacing: Bool) throws(GoogleRefusal) -> HTTPResponse {
        try call.require(GoogleScopes.writeEvents, for: replacing ? "Events.Update" : "Events.Patch")
        let index = try calendar(call, call.path[1], needing: .write).index
        let notifications = try GoogleNotifications(call.query)
        let view = try GoogleEventView(call.query, access: .owner)
        let body = try call.event()
        guard let row = calendars[index].find(id) else { throw .notFound }
        try Self.checkVersion(call, of: row)
        let whole = calendars[index].effective(row)
        let isOccurrence = row.seriesID != nil && row.life == .live
        guard !whole.isCancelled || isOccurrence || (revivesDeletedEvents && row.life == .deleted) else {
            throw .forbidden
        }
        if let type = body["eventType"]?.string, type != whole.fields["eventType"]?.string ?? "default" {
            throw GoogleEventTypes.restriction
        }

        let stored = calendars[index].render(row)
        var resource = replacing ? body : stored.merging(body)
        if whole.isCancelled, !replacing, body["status"] == nil { throw .forbidden }
        if body["attendeesOmitted"] == true {
            resource["attendees"] = .array(Self.withOwnAnswer(body, of: whole, guest: calendars[index].id))
        }
        // A label that is not said again is gone, in a patch too.
        if call.query["eventLabelVersion"] == "1" { resource["eventLabelId"] = body["eventLabelId"] }
        if accounts[call.account].address != row.creator { resource["source"] = whole.fields["source"] }
        try Self.checkSequence(resource, of: row)
        if resource["status"] == "cancelled" {
            guard !whole.isCancelled else { throw .forbidden }
            remove(row, calendar: index, notifications)
        } else {
            try update(row, to: resource, calendar: index, query: call.query, notifications)
        }
        let result = calendars[index].find(id) ?? row
        return .google(calendars[index].node(result, view), etag: result.etag)
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
        after.life = .live
        after.status = try Self.status(of: resource)
        after.fields = try GoogleEventFields.read(
            Self.permitted(resource, query, stored: before),
            start: times.start,
            end: times.end
        )
        if row.seriesID != nil { after.fields["recurrence"] = nil }
        after = try addConference(to: after, resource, query)
        let isRetimed = after.start != before.start || after.end != before.end || after.recurrence != before.recurrence
        after.sequence = max(before.sequence + (isRetimed ? 1 : 0), resource["sequence"]?.int ?? 0)

        let isPrivate = before.fields["privateCopy"] == true
        let isGuest = !isPrivate && before.organizer.lowercased() != store.id.lowercased()
        if before.fields["locked"] == true { try Self.checkLockedChange(from: before, to: after) }
        if isGuest, before.fields["guestsCanModify"] != true {
            try Self.checkGuestChange(from: before, to: after, guest: store.id)
        }
        spreadVisibility(of: &after, calendar: index)
        calendars[index][row.id] = row.seriesID == nil ? after : calendars[index].exception(after, of: row)
        let version = nextVersion()
        if isRetimed, before.isMaster { dropOrphans(of: row.id, calendar: index, version: version) }
        let isReminderOnly = Self.differsInRemindersOnly(before, after)
        calendars[index].touch(row.id, version: version, now: isReminderOnly ? nil : now)
        if isPrivate { return }
        if isGuest {
            carryGuestChange(from: before, to: after, guest: store.id, notifications)
        } else {
            mirror(row.seriesID ?? row.id, in: index)
            if !isReminderOnly { notifyChange(from: before, to: after, notifications) }
        }
    }

    /// A stricter visibility of one occurrence spreads to its whole series, a looser one is not taken (Event resource).
    private mutating func spreadVisibility(of row: inout GoogleEventRow, calendar index: Int) {
        guard let series = row.seriesID, let master = calendars[index][series], master.life == .live else { return }
        func strictness(_ row: GoogleEventRow) -> Int {
            switch row.fields["visibility"] {
            case "public": 0
            case "private", "confidential": 2
            default: 1
            }
        }
        if strictness(row) > strictness(master) {
            calendars[index][series]?.fields["visibility"] = row.fields["visibility"]
        } else {
            row.fields["visibility"] = master.fields["visibility"]
        }
    }

    /// A change of the master's times or rules leaves behind exceptions at places the series no longer has.
    ///
    /// They come back as stubs that no longer name the series.
    mutating func dropOrphans(of master: String, calendar index: Int, version: Int64) {
        guard let row = calendars[index][master], Recurrence(lines: row.recurrence).problem == nil else { return }
        for exception in calendars[index].exceptions(of: master) {
            guard let original = exception.originalStart, !calendars[index].produces(original, row) else { continue }
            calendars[index][exception.id]?.life = .deleted
            calendars[index][exception.id]?.seriesID = nil
            calendars[index].touch(exception.id, version: version, now: now)
        }
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
