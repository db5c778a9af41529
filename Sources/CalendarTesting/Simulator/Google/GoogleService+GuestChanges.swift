import CalendarCore
import Foundation

/// What a guest may write on their own copy, and what becomes of it.
extension GoogleService {
    /// With `attendeesOmitted` only the caller's own answer counts; a caller who is no guest becomes one.
    static func withOwnAnswer(_ body: JSONNode, of row: GoogleEventRow, guest: String) -> [JSONNode] {
        guard let own = body["attendees"]?.elements.first(where: { $0.isGuest(guest) }) else { return row.attendees }
        guard row.attendee(guest) != nil else {
            let entry: JSONNode = ["email": .string(guest), "responseStatus": "needsAction"]
            return row.attendees + [entry.answering(own)]
        }
        return row.attendees.map { $0.isGuest(guest) ? $0.answering(own) : $0 }
    }

    /// A guest changes their own answer and what belongs to their copy, nothing that all copies share.
    static func checkGuestChange(
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

    /// The main fields of a locked event, such as one that came out of a mail, stay as they are.
    static func checkLockedChange(from before: GoogleEventRow, to after: GoogleEventRow) throws(GoogleRefusal) {
        let isSame =
            before.start == after.start && before.end == after.end
            && GoogleEventFields.shared.allSatisfy { before.fields[$0] == after.fields[$0] }
        guard isSame else {
            throw before.fields["eventType"] == "fromGmail" ? GoogleEventTypes.restriction : .forbidden
        }
    }

    /// Brings a guest's change of their copy to the organizer's event: the answer, shared properties, and everything
    /// that all copies share where guests may modify.
    mutating func carryGuestChange(
        from before: GoogleEventRow,
        to after: GoogleEventRow,
        guest: String,
        _ notifications: GoogleNotifications
    ) {
        let properties = after.fields["extendedProperties"]?["shared"]
        let isModified =
            before.start != after.start || before.end != after.end
            || GoogleEventFields.shared.contains { before.fields[$0] != after.fields[$0] }
        let mayModify = before.fields["guestsCanModify"] == true && isModified
        if mayModify || before.fields["extendedProperties"]?["shared"] != properties,
            let organizer = calendarIndex(after.organizer), let stored = calendars[organizer].find(after.id)
        {
            let old = calendars[organizer].effective(stored)
            var whole = old
            if mayModify {
                for key in GoogleEventFields.shared { whole.fields[key] = after.fields[key] }
                whole.start = after.start
                whole.end = after.end
                whole.sequence = after.sequence
            }
            var kept = whole.fields["extendedProperties"] ?? .object(JSONObject())
            kept["shared"] = properties
            whole.fields["extendedProperties"] = kept.object?.members.isEmpty == true ? nil : kept
            calendars[organizer][stored.id] =
                stored.seriesID == nil ? whole : calendars[organizer].exception(whole, of: stored)
            calendars[organizer].touch(stored.id, version: nextVersion(), now: now)
            mirror(stored.seriesID ?? stored.id, in: organizer, except: guest)
            if mayModify { notifyChange(from: old, to: whole, notifications) }
        }
        guard let own = after.attendee(guest), own != before.attendee(guest) else { return }
        answerInvitation(of: after, guest: guest, with: own, notifications)
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
