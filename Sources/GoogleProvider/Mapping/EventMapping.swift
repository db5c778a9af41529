import CalendarCore

/// The content of an event, field by field.
struct EventMapping {
    /// The fields that need nothing but the event, in the order in which they are written.
    private static let fields: [any FieldMapping.Type] = [
        TitleMapping.self, BodyMapping.self, LocationMapping.self, StatusMapping.self, RecurrenceMapping.self,
        AvailabilityMapping.self, VisibilityMapping.self, AttendeeMapping.self, GuestRightsMapping.self,
        ReminderMapping.self, ConferenceMapping.self, ColorMapping.self, AttachmentMapping.self, SourceMapping.self,
        ImportanceMapping.self, CategoryMapping.self,
    ]

    private let tags: HostTagMapping
    private let times: TimeMapping
    private let writability: WritabilityMapping

    init(markers: MarkerNames, calendarZone: EventZone? = nil, accessRole: String? = nil) {
        tags = HostTagMapping(markers: markers)
        times = TimeMapping(calendarZone: calendarZone)
        writability = WritabilityMapping(accessRole: accessRole)
    }

    /// Whether the account sees that the time is taken and nothing else.
    func hidesDetails(_ row: JSONRow) -> Bool {
        writability.hidesDetails(row)
    }

    /// The content of an event that takes place.
    func read(_ row: JSONRow) throws(UnreadableField) -> EventContent {
        let (start, end) = try times.read(row)
        var content = EventContent(title: nil, start: start, end: end)
        KindMapping.read(row, into: &content)
        writability.read(row, into: &content)
        content.organizer = OrganizerMapping.read(row)
        for mapping in Self.fields { mapping.read(row, into: &content) }
        tags.read(row, into: &content)
        return content
    }

    /// A time beside the start and the end.
    func time(_ value: JSONValue, field: String) throws(UnreadableField) -> EventTime {
        try times.time(value, field: field)
    }

    /// Writes the fields of a content, or some of them.
    func write(
        _ content: EventContent,
        for purpose: WritePurpose,
        only changed: Set<EventField> = Set(EventField.allCases),
        to body: inout JSONWriter
    ) {
        if changed.contains(.time) { times.write(content, for: purpose, to: &body) }
        for mapping in Self.fields where changed.contains(mapping.field) {
            mapping.write(content, for: purpose, to: &body)
        }
        if changed.contains(.hostTags) { tags.write(content, for: purpose, to: &body) }
    }

    /// The form in which contents are compared.
    ///
    /// The organizer, the kind and what may be written are told by the service and never written, so they do not count.
    func canonical(_ content: EventContent) -> EventContent {
        var content = content
        content.organizer = nil
        content.kind = .standard
        content.kindDetails = nil
        content.writability = .full
        times.canonicalize(&content)
        for mapping in Self.fields { mapping.canonicalize(&content) }
        tags.canonicalize(&content)
        return content
    }

    /// What the service cannot express, ordered by field.
    func losses(_ content: EventContent) -> [FidelityLoss] {
        var losses = times.losses(content).map { FidelityLoss(.time, $0) }
        for mapping in Self.fields {
            losses += mapping.losses(content).map { FidelityLoss(mapping.field, $0) }
        }
        losses += tags.losses(content).map { FidelityLoss(.hostTags, $0) }
        if content.kind != .standard {
            losses.append(FidelityLoss(.availability, "The special kind of the event is written as an ordinary event."))
        }
        return losses.sorted { ($0.field, $0.message) < ($1.field, $1.message) }
    }
}
