import CalendarCore

/// `attendees` and `attendeesOmitted`.
///
/// The service replaces the array as a whole, and an entry without an answer resets that guest's answer; so entries are
/// always written complete.
enum AttendeeMapping: FieldMapping {
    static let field = EventField.attendees

    static func read(_ row: JSONRow, into content: inout EventContent) {
        content.attendeesAreIncomplete = row["attendeesOmitted"]?.bool ?? false
        guard let rows = row["attendees"]?.elements else { return }
        content.attendees = rows.compactMap { attendee($0) }
        if GuestWithoutAddress.isPresent(in: rows) { content.attendeesAreIncomplete = true }
    }

    static func write(_ content: EventContent, for purpose: WritePurpose, to body: inout JSONWriter) {
        var known: [Attendee] = []
        switch purpose {
        case .insert where content.attendees.isEmpty: return
        case .insert: break
        case .patch(let update): known = update.base.attendees
        }
        body.array("attendees") { writer in
            for attendee in content.attendees {
                write(attendee, keepingAnswerFrom: known, to: &writer)
            }
        }
    }

    /// Order and case carry no meaning, and whose calendar it is does not belong to the content.
    static func canonicalize(_ content: inout EventContent) {
        guard !content.attendees.isEmpty else { return }
        var attendees = content.attendees
        for index in attendees.indices {
            attendees[index].person.address = attendees[index].person.address.lowercased()
            attendees[index].isSelf = false
            attendees[index].response = answer(attendees[index].response)
            if attendees[index].comment?.isEmpty == true { attendees[index].comment = nil }
            if attendees[index].person.name?.isEmpty == true { attendees[index].person.name = nil }
        }
        content.attendees = attendees.sorted { $0.person.address < $1.person.address }
    }

    private static func attendee(_ row: JSONValue) -> Attendee? {
        guard let address = row["email"]?.string, !address.isEmpty else { return nil }
        let isResource = row["resource"]?.bool ?? false
        let isOptional = row["optional"]?.bool ?? false
        return Attendee(
            EventPerson(address, name: row["displayName"]?.string),
            role: isResource ? .resource : isOptional ? .optional : .required,
            response: row["responseStatus"]?.string.map { ResponseStatus(rawValue: $0) } ?? .needsAction,
            comment: row["comment"]?.string,
            additionalGuests: row["additionalGuests"]?.lenientInt ?? 0,
            isSelf: row["self"]?.bool ?? false
        )
    }

    private static func write(
        _ attendee: Attendee,
        keepingAnswerFrom known: [Attendee],
        to body: inout JSONWriter
    ) {
        let earlier = known.first { $0.person.isSamePerson(as: attendee.person) }
        // A list built anew by the host says "no answer" for everybody; what guests said must survive that.
        let isUnsaid = attendee.response == .needsAction && !attendee.isSelf
        body.object { writer in
            writer.field("email", attendee.person.address)
            writer.field("displayName", ifPresent: attendee.person.name)
            if attendee.role == .optional { writer.field("optional", true) }
            if attendee.role == .resource { writer.field("resource", true) }
            writer.field(
                "responseStatus",
                answer(isUnsaid ? earlier?.response ?? .needsAction : attendee.response).rawValue
            )
            writer.field("comment", ifPresent: attendee.comment)
            if attendee.additionalGuests != 0 { writer.field("additionalGuests", attendee.additionalGuests) }
        }
    }

    /// The service has no word for an organizer's answer; it lists organizers as accepted.
    private static func answer(_ response: ResponseStatus) -> ResponseStatus {
        response == .organizer ? .accepted : response
    }
}
