import CalendarCore
import Foundation

/// An event of the neutral model as readable JSON.
struct NeutralEvent: Encodable {
    let id: String
    let etag: String?
    let iCalUID: String?
    let role: String
    let series: String?
    let originalStart: NeutralTime?
    let title: String?
    let body: EventBody?
    let start: NeutralTime
    let end: NeutralTime
    let recurrence: [String]?
    let status: EventStatus
    let availability: Availability
    let visibility: EventVisibility
    let kind: EventKind
    let kindDetails: NeutralKindDetails?
    let writability: EventWritability
    let importance: EventImportance
    let location: String?
    let organizer: EventPerson?
    let isOrganizer: Bool
    let attendees: [Attendee]?
    let attendeesAreIncomplete: Bool
    let guestRights: GuestRights
    let reminders: EventReminders?
    let conference: EventConference?
    let categories: [String]?
    let color: String?
    let attachments: [EventAttachment]?
    let source: EventSource?
    let hostTags: [String: String]?
    let updatedAt: String?
    let webLink: String?
    let creationKey: String?
    let providerFields: JSONTree?

    init(_ event: RemoteEvent) {
        let content = event.content
        (role, series, originalStart) =
            switch event.role {
            case .single: ("single", nil, nil)
            case .master: ("master", nil, nil)
            case .exception(let key): ("exception", key.series.rawValue, NeutralTime(key.originalStart))
            }
        id = event.id.rawValue
        etag = event.etag
        iCalUID = event.iCalUID
        title = content.title
        body = content.body
        start = NeutralTime(content.start)
        end = NeutralTime(content.end)
        recurrence = content.recurrence?.lines
        status = content.status
        availability = content.availability
        visibility = content.visibility
        kind = content.kind
        kindDetails = content.kindDetails.map(NeutralKindDetails.init)
        writability = content.writability
        importance = content.importance
        location = content.location
        organizer = content.organizer
        isOrganizer = event.isOrganizer
        attendees = content.attendees.nonEmpty
        attendeesAreIncomplete = content.attendeesAreIncomplete
        guestRights = content.guestRights
        reminders = content.reminders
        conference = content.conference
        categories = content.categories.nonEmpty
        color = content.color
        attachments = content.attachments.nonEmpty
        source = content.source
        hostTags = content.hostTags.nonEmpty
        updatedAt = event.updatedAt.map(NeutralJSON.text)
        webLink = event.webLink
        creationKey = event.creationKey?.rawValue
        providerFields = event.providerFields.nonEmpty.flatMap { try? JSONTree($0) }
    }
}

extension Collection {
    /// The collection, or nil when it has no element.
    fileprivate var nonEmpty: Self? { isEmpty ? nil : self }
}
