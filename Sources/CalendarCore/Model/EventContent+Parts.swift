extension EventContent {
    /// What a content says; the properties of the content tell what each part means.
    struct Parts: Hashable, Sendable, Codable {
        var title: String?
        var body: EventBody?
        var start: EventTime
        var end: EventTime
        var recurrence: Recurrence?
        var status: EventStatus = .confirmed
        var availability: Availability = .busy
        var visibility: EventVisibility = .standard
        var kind: EventKind = .standard
        var kindDetails: EventKindDetails?
        var writability: EventWritability = .full
        var importance: EventImportance = .normal
        var location: String?
        var organizer: EventPerson?
        var attendees: [Attendee] = []
        var attendeesAreIncomplete: Bool = false
        var guestRights: GuestRights = GuestRights()
        var reminders: EventReminders?
        var conference: EventConference?
        var categories: [String] = []
        var color: String?
        var attachments: [EventAttachment] = []
        var source: EventSource?
        var hostTags: [String: String] = [:]

        init(title: String?, start: EventTime, end: EventTime) {
            self.title = title
            self.start = start
            self.end = end
        }
    }
}

extension EventContent.Parts {
    init(from decoder: any Decoder) throws {
        let stored = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            title: try stored.decodeIfPresent(String.self, forKey: .title),
            start: try stored.decode(EventTime.self, forKey: .start),
            end: try stored.decode(EventTime.self, forKey: .end)
        )
        func part<Value: Decodable>(_ key: CodingKeys, else usual: Value) throws -> Value {
            try stored.decodeIfPresent(Value.self, forKey: key) ?? usual
        }
        body = try part(.body, else: body)
        recurrence = try part(.recurrence, else: recurrence)
        status = try part(.status, else: status)
        availability = try part(.availability, else: availability)
        visibility = try part(.visibility, else: visibility)
        kind = try part(.kind, else: kind)
        kindDetails = try part(.kindDetails, else: kindDetails)
        writability = try part(.writability, else: writability)
        importance = try part(.importance, else: importance)
        location = try part(.location, else: location)
        organizer = try part(.organizer, else: organizer)
        attendees = try part(.attendees, else: attendees)
        attendeesAreIncomplete = try part(.attendeesAreIncomplete, else: attendeesAreIncomplete)
        guestRights = try part(.guestRights, else: guestRights)
        reminders = try part(.reminders, else: reminders)
        conference = try part(.conference, else: conference)
        categories = try part(.categories, else: categories)
        color = try part(.color, else: color)
        attachments = try part(.attachments, else: attachments)
        source = try part(.source, else: source)
        hostTags = try part(.hostTags, else: hostTags)
    }
}
