import CalendarCore
import Foundation

/// An event of Graph against the neutral model: the list of its fields, each with a mapping of its own.
struct EventMapping: Sendable {
    let names: ExtendedPropertyNames
    let allDayZone: EventZone

    /// Reads an event.
    ///
    /// - Parameters:
    ///   - event: The event as answered.
    ///   - account: The address of the calendar's owner, to find them among the guests.
    ///   - written: What was sent with the request, for what answers to writes leave out.
    ///   - isAnswer: Whether the service said it; a body made for a request has no id and may lack its place in a series.
    /// - Returns: The event.
    /// - Throws: `UnreadableField` when something it cannot be understood without is missing.
    func read(
        _ event: JSONValue,
        account: String,
        written: ExtendedProperties? = nil,
        isAnswer: Bool = true
    ) throws(UnreadableField) -> RemoteEvent {
        let id = event["id"]?.string ?? ""
        if isAnswer, id.isEmpty { throw UnreadableField(name: "id") }
        let properties = ExtendedProperties(event, names: names)
        let kept = properties.zone ?? written?.zone
        let (start, end) = try TimeMapping.read(event, kept: kept)
        var content = EventContent(title: TitleMapping.read(event), start: start, end: end)
        try RecurrenceMapping.read(event, into: &content)
        content.body = BodyMapping.read(event)
        content.location = LocationMapping.read(event)
        content.reminders = ReminderMapping.read(event)
        content.conference = OnlineMeetingMapping.read(event)
        content.categories = CategoryMapping.read(event)
        content.hostTags = properties.tags ?? written?.tags ?? [:]
        AvailabilityMapping.read(event, into: &content)
        SensitivityMapping.read(event, into: &content)
        ImportanceMapping.read(event, into: &content)
        AttendeeMapping.read(event, account: account, into: &content)
        GuestRightsMapping.read(event, into: &content)
        return RemoteEvent(
            id: RemoteEventID(id),
            etag: EventVersion.etag(of: event),
            iCalUID: (event["iCalUId"]?.string ?? event["uid"]?.string).map(SeriesUID.text),
            role: try OccurrenceMapping.role(of: event, start: start, isAnswer: isAnswer),
            content: content,
            isOrganizer: event["isOrganizer"]?.bool ?? true,
            updatedAt: event["lastModifiedDateTime"]?.string.flatMap { Date(rfc3339: $0) },
            webLink: event["webLink"]?.string,
            creationKey: (properties.key ?? written?.key).map { OperationID($0) },
            providerFields: UnmappedFields.of(event)
        )
    }

    /// The body that creates an event, and what of it an answer will leave out.
    ///
    /// - Throws: `CalendarError.unsupported` when something essential cannot be expressed.
    func created(_ creation: EventCreation) throws -> (body: JSONObject, properties: ExtendedProperties) {
        let content = creation.content
        var properties = ExtendedProperties()
        properties.key = creation.key.rawValue
        properties.zone = keptZone(content)
        properties.tags = content.hostTags.isEmpty ? nil : content.hostTags
        let excluded = content.excludedStarts.map(\.civil)
        properties.exclusions = excluded.isEmpty ? nil : excluded
        let transaction = TransactionID.text(of: creation.key)
        return (try created(content, properties: properties, transactionID: transaction), properties)
    }

    /// The body that creates an event.
    ///
    /// - Throws: `CalendarError.unsupported` when something essential cannot be expressed.
    func created(_ content: EventContent, properties: ExtendedProperties, transactionID: String) throws -> JSONObject {
        var body = JSONObject()
        for field in EventField.allCases where isWritten(field, of: content) {
            try write(field, of: content, into: &body)
        }
        if content.recurrence == nil { body["recurrence"] = nil }
        body["transactionId"] = .string(transactionID)
        body["singleValueExtendedProperties"] = properties.written(names: names)
        return body
    }

    /// The body that changes fields of an event.
    ///
    /// - Throws: `CalendarError.unsupported` when something essential cannot be expressed.
    func patch(_ fields: [EventField], of content: EventContent, base: EventContent) throws -> JSONObject {
        var body = JSONObject()
        for field in fields { try write(field, of: content, into: &body) }
        let movesSeries =
            content.recurrence != nil && fields.contains(.time)
            && (content.start.civilDate != base.start.civilDate || content.start.zone != base.start.zone)
        if movesSeries { try write(.recurrence, of: content, into: &body) }
        var properties = ExtendedProperties()
        if fields.contains(.time) { properties.zone = keptZone(content) }
        if fields.contains(.hostTags) { properties.tags = content.hostTags }
        body["singleValueExtendedProperties"] = properties.written(names: names)
        return body
    }

    /// The IANA name worth keeping: the one its Windows name would not lead back to.
    func keptZone(_ content: EventContent) -> String? {
        guard let zone = content.start.zone, let name = ZoneMapping.name(of: zone),
            EventZone(name).identifier != zone.identifier
        else { return nil }
        return zone.identifier
    }

    /// Whether creating says anything about a field.
    private func isWritten(_ field: EventField, of content: EventContent) -> Bool {
        switch field {
        case .attendees: !AttendeeMapping.guests(of: content).isEmpty
        case .body: content.body != nil
        case .location: LocationMapping.canonical(content.location) != nil
        case .categories: !content.categories.isEmpty
        case .guestRights: !content.guestRights.maySeeOtherGuests
        case .status: false
        default: true
        }
    }

    private func write(_ field: EventField, of content: EventContent, into body: inout JSONObject) throws {
        switch field {
        case .title: TitleMapping.write(content, into: &body)
        case .body: BodyMapping.write(content, into: &body)
        case .time: TimeMapping.write(content, allDayZone: allDayZone, into: &body)
        case .recurrence: try RecurrenceMapping.write(content, allDayZone: allDayZone, into: &body)
        case .status, .availability: AvailabilityMapping.write(content, into: &body)
        case .visibility: SensitivityMapping.write(content, into: &body)
        case .importance: ImportanceMapping.write(content, into: &body)
        case .location: LocationMapping.write(content, into: &body)
        case .attendees: AttendeeMapping.write(content, into: &body)
        case .reminders: ReminderMapping.write(content, into: &body)
        case .conference: OnlineMeetingMapping.write(content, into: &body)
        case .categories: CategoryMapping.write(content, into: &body)
        case .guestRights: GuestRightsMapping.write(content, into: &body)
        case .color, .attachments, .source, .hostTags: break
        }
    }
}
