import CalendarCore
import Foundation

/// `events.patch` of nothing but one guest's answer.
///
/// `attendeesOmitted` says that the body names the answering guest alone; the service then leaves every other guest as
/// they are (reference "Events", `attendeesOmitted`).
struct EventResponseRequest {
    let calendar: CalendarID
    let event: RemoteEventID
    let etag: String?
    /// The guest's entry as it shall be.
    let attendee: Attendee
    let invitations: InvitationPolicy

    func request(root: URL) throws -> HTTPRequest {
        let endpoint = Endpoint(
            root,
            "calendars",
            calendar.rawValue,
            "events",
            event.rawValue,
            query: WriteQuery(invitations: invitations).fieldsWithBody
        )
        var request = HTTPRequest(
            .patch,
            try endpoint.url,
            operation: "events.patch",
            headers: ["Content-Type": "application/json"],
            body: body,
            repeatSafety: etag == nil ? .onlyIfUnprocessed : .safe
        )
        request.headers["If-Match"] = etag
        return request
    }

    private var body: Data {
        var writer = JSONWriter()
        writer.object { writer in
            writer.field("attendeesOmitted", true)
            writer.array("attendees") { writer in
                writer.object { writer in
                    writer.field("email", attendee.person.address)
                    writer.field("responseStatus", attendee.response.rawValue)
                    writer.field("comment", ifPresent: attendee.comment)
                    if attendee.additionalGuests != 0 { writer.field("additionalGuests", attendee.additionalGuests) }
                }
            }
        }
        return writer.data
    }
}
