import CalendarCore
import Foundation

extension GoogleService {
    /// Brings the copies on local guests' primary calendars up to the organizer's event.
    ///
    /// A copy has the same id and iCalUID, its own version, and its own personal fields.
    ///
    /// - Parameters:
    ///   - root: The id of the event, in a series that of its master.
    ///   - organizer: The position of the organizer's calendar.
    ///   - guest: The guest who made the change on their own copy, which is left alone.
    mutating func mirror(_ root: String, in organizer: Int, except guest: String? = nil) {
        let store = calendars[organizer]
        let rows = [store[root]].compactMap(\.self) + store.exceptions(of: root)
        for account in accounts.indices {
            guard let copy = calendarIndex(accounts[account].address), copy != organizer,
                calendars[copy].id.lowercased() != guest?.lowercased()
            else { continue }
            var changed = false
            for row in rows where mirror(row, of: store, to: copy) { changed = true }
            for exception in calendars[copy].exceptions(of: root) where store[exception.id]?.life == .deleted {
                calendars[copy][exception.id]?.life = .deleted
                calendars[copy][exception.id]?.seriesID = nil
                calendars[copy].touch(exception.id, version: nextVersion(), now: now)
            }
            if changed { calendars[copy].touch(root, version: nextVersion(), now: now) }
        }
    }

    /// Brings one row's copy up to date; says whether anything changed.
    private mutating func mirror(_ row: GoogleEventRow, of store: GoogleCalendarStore, to index: Int) -> Bool {
        let whole = store.effective(row)
        let target = calendars[index]
        let old = target[row.id]
        let hasSeries = row.seriesID.map { target[$0]?.life == .live } ?? false
        let isInvited = whole.attendee(target.id) != nil && whole.life == .live
        guard isInvited, !(whole.isCancelled && !hasSeries) else {
            guard let old, old.life == .live, old.organizer == store.id else { return false }
            for exception in target.exceptions(of: row.id) { calendars[index][exception.id]?.life = .gone }
            if hasSeries, old.status == "cancelled" { return false }
            calendars[index][row.id]?.status = "cancelled"
            if !hasSeries { calendars[index][row.id]?.life = .deleted }
            return true
        }
        if let old, old.life == .deleted, whole.attendee(target.id)?["responseStatus"] == "declined" { return false }
        var copy = GoogleEventRow(
            id: row.id,
            iCalUID: row.iCalUID,
            start: whole.start,
            end: whole.end,
            creator: whole.creator,
            organizer: whole.organizer,
            now: old?.created ?? now
        )
        copy.organizerName = whole.organizerName
        copy.status = whole.status
        copy.sequence = whole.sequence
        copy.seriesID = whole.seriesID
        copy.originalStart = whole.originalStart
        copy.fields = Self.copiedFields(of: whole, keeping: old.map(target.effective))
        if hasSeries { copy = target.exception(copy, of: copy) }
        if let old {
            copy.version = old.version
            copy.change = old.change
            guard !old.says(sameAs: copy) else { return false }
        }
        calendars[index][row.id] = copy
        // The version is given to the whole series later; a row without its master gets it here.
        if row.seriesID != nil, !hasSeries { calendars[index].touch(row.id, version: nextVersion(), now: now) }
        return true
    }

    private static func copiedFields(of row: GoogleEventRow, keeping old: GoogleEventRow?) -> JSONObject {
        var fields = JSONObject()
        for key in GoogleEventFields.shared {
            if let value = row.fields[key] { fields[key] = value }
        }
        guard let old else {
            for key in ["transparency", "visibility", "attachments", "eventType"] {
                if let value = row.fields[key] { fields[key] = value }
            }
            if let shared = row.fields["extendedProperties"]?["shared"] {
                fields["extendedProperties"] = ["shared": shared]
            }
            fields["reminders"] = ["useDefault": true]
            return fields
        }
        for key in GoogleEventFields.personal {
            if let value = old.fields[key] { fields[key] = value }
        }
        var properties = fields["extendedProperties"] ?? .object(JSONObject())
        properties["shared"] = row.fields["extendedProperties"]?["shared"]
        fields["extendedProperties"] = properties.object?.members.isEmpty == true ? nil : properties
        return fields
    }

    /// Above so many guests answers stay in the guest's own copy (Event resource, `attendees`).
    private static let mostPropagatedGuests = 200

    /// Carries a guest's answer to the organizer's event, when that is here, and sends it by mail.
    mutating func answerInvitation(
        of row: GoogleEventRow,
        guest: String,
        with answer: JSONNode,
        _ notifications: GoogleNotifications
    ) {
        guard row.attendees.count <= Self.mostPropagatedGuests else { return }
        if let organizer = calendarIndex(row.organizer), let stored = calendars[organizer].find(row.id) {
            var whole = calendars[organizer].effective(stored)
            guard !whole.isCancelled else { return }
            let attendees = whole.attendees.map { $0.isGuest(guest) ? $0.answering(answer) : $0 }
            whole.fields["attendees"] = .array(attendees)
            calendars[organizer][row.id] =
                stored.seriesID == nil ? whole : calendars[organizer].exception(whole, of: stored)
            calendars[organizer].touch(row.id, version: nextVersion(), now: now)
            mirror(stored.seriesID ?? stored.id, in: organizer, except: guest)
        }
        var answered = row
        answered.fields["attendees"] = .array(row.attendees.map { $0.isGuest(guest) ? $0.answering(answer) : $0 })
        notifyResponse(of: guest, in: answered, notifications)
    }
}

extension GoogleEventRow {
    /// Whether two rows differ in nothing but versions and dates.
    func says(sameAs other: GoogleEventRow) -> Bool {
        Set(fields.members) == Set(other.fields.members) && start == other.start && end == other.end
            && status == other.status && sequence == other.sequence && life == other.life
            && hasOwnTimes == other.hasOwnTimes && organizer == other.organizer
    }
}
