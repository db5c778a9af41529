import CalendarCore
import Foundation

extension GoogleService {
    /// Takes in a mail from outside: an invitation makes the guest's copy, an answer reaches the organizer's event.
    mutating func receive(_ mail: SimulatedMail) {
        guard let account = accountIndex(mail.to), let index = calendarIndex(accounts[account].address) else { return }
        let known = calendars[index].rows.first { $0.iCalUID == mail.iCalUID && $0.seriesID == nil }
        switch mail.kind {
        case .invitation, .update:
            takeInvitation(mail, calendar: index, known: known)
        case .cancellation:
            guard let known, known.life == .live, known.organizer.lowercased() != calendars[index].id.lowercased()
            else {
                return
            }
            for exception in calendars[index].exceptions(of: known.id) {
                calendars[index][exception.id]?.life = .gone
            }
            calendars[index][known.id]?.life = .deleted
            calendars[index][known.id]?.status = "cancelled"
            calendars[index].touch(known.id, version: nextVersion(), now: now)
        case .response:
            guard let known, known.life == .live,
                let answer = mail.content.attendees.first(where: { $0.person.isSamePerson(as: EventPerson(mail.from)) })
            else { return }
            let attendees = known.attendees.map { entry in
                guard entry.isGuest(mail.from) else { return entry }
                return entry.answering(["responseStatus": .string(answer.response.rawValue)])
            }
            calendars[index][known.id]?.fields["attendees"] = .array(attendees)
            calendars[index].touch(known.id, version: nextVersion(), now: now)
            mirror(known.id, in: index)
        }
    }

    private mutating func takeInvitation(_ mail: SimulatedMail, calendar index: Int, known: GoogleEventRow?) {
        let store = calendars[index]
        if let known, known.organizer.lowercased() == store.id.lowercased() { return }
        var resource = GoogleContent.resource(mail.content, zone: store.zone)
        if !(resource["attendees"]?.elements.contains { $0.isGuest(store.id) } ?? false) {
            let own: JSONNode = ["email": .string(store.id)]
            resource["attendees"] = .array((resource["attendees"]?.elements ?? []) + [own])
        }
        guard let times = try? Self.times(of: resource, zone: store.zone),
            var fields = try? GoogleEventFields.read(resource, start: times.start, end: times.end)
        else { return }
        // A copy that came by mail has an id made of its UID.
        let id = known?.id ?? Self.id(of: mail.iCalUID)
        let organizer = mail.content.organizer?.address ?? mail.from
        var row =
            known
            ?? GoogleEventRow(
                id: id,
                iCalUID: mail.iCalUID,
                start: times.start,
                end: times.end,
                creator: organizer,
                organizer: organizer,
                now: now
            )
        for key in ["transparency", "visibility"] { fields[key] = known?.fields[key] }
        if let known, let answer = known.attendee(store.id), known.start == times.start {
            let attendees = fields["attendees"]?.elements ?? []
            fields["attendees"] = .array(attendees.map { $0.isGuest(store.id) ? $0.answering(answer) : $0 })
        }
        row.organizerName = mail.content.organizer?.name
        row.fields = fields
        row.start = times.start
        row.end = times.end
        row.status = mail.content.status == .tentative ? "tentative" : "confirmed"
        row.life = .live
        if known != nil { row.sequence += 1 }
        calendars[index][id] = row
        calendars[index].touch(id, version: nextVersion(), now: now)
    }

    /// The id of an event that is known by its UID: the one that the service made the UID of, or one made of the UID.
    static func id(of uid: String) -> String {
        let suffix = "@google.com"
        if uid.hasSuffix(suffix), isID(uid.dropLast(suffix.count)) { return String(uid.dropLast(suffix.count)) }
        return "_" + base32hex(uid)
    }

    /// Bytes in base32hex, lower case and without padding (RFC 4648 section 7).
    private static func base32hex(_ text: String) -> String {
        let digits = Array("0123456789abcdefghijklmnopqrstuv")
        var result = ""
        var buffer = 0
        var bits = 0
        for byte in text.utf8 {
            buffer = buffer << 8 | Int(byte)
            bits += 8
            while bits >= 5 {
                result.append(digits[buffer >> (bits - 5) & 31])
                bits -= 5
            }
            buffer &= (1 << bits) - 1
        }
        if bits > 0 { result.append(digits[buffer << (5 - bits) & 31]) }
        return result
    }
}
