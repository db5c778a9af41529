import CalendarCore

extension EventMapping {
    /// What Graph would answer after writing a content, reduced to what both sides can agree on.
    ///
    /// The host's own marks and the exact IANA name are left out: the change feed cannot return extended properties.
    static func canonical(_ content: EventContent) -> EventContent {
        var result = content
        let isSeries = content.recurrence != nil
        result.title = TitleMapping.canonical(content.title)
        result.conference = OnlineMeetingMapping.canonical(content.conference)
        result.body = BodyMapping.canonical(content.body, meeting: result.conference)
        result.start = TimeMapping.canonical(content.start, isSeries: isSeries)
        result.end = TimeMapping.canonical(content.end, isSeries: isSeries)
        result.recurrence = content.recurrence.map { RecurrenceMapping.canonical($0, start: result.start) }
        AvailabilityMapping.canonicalize(&result)
        result.visibility = SensitivityMapping.canonical(content.visibility)
        result.importance = ImportanceMapping.canonical(content.importance)
        result.location = LocationMapping.canonical(content.location)
        AttendeeMapping.canonicalize(&result)
        result.reminders = ReminderMapping.canonical(content)
        result.categories = CategoryMapping.canonical(content.categories)
        result.color = nil
        result.attachments = []
        result.source = nil
        result.guestRights = GuestRightsMapping.canonical(content.guestRights)
        result.kindDetails = nil
        result.writability = .full
        result.hostTags = [:]
        return result
    }

    /// What Graph cannot express of a content, in the order of the fields.
    static func losses(_ content: EventContent) -> [FidelityLoss] {
        var losses: [FidelityLoss] = []
        func lose(_ field: EventField, _ message: String, if isLost: Bool) {
            if isLost { losses.append(FidelityLoss(field, message)) }
        }
        lose(.title, "Titles hold at most 255 characters.", if: (content.title?.count ?? 0) > TitleMapping.limit)
        let isSeries = content.recurrence != nil
        let isMoved = [content.start, content.end].contains { time in
            if case .zoned(let reading) = time { TimeMapping.isSentAsUTC(reading, isSeries: isSeries) } else { false }
        }
        lose(.time, "The zone is not kept; the time is stored in UTC.", if: isMoved)
        if let part = RecurrenceMapping.loss(content) {
            losses.append(FidelityLoss(.recurrence, "Microsoft Graph cannot express \(part) of the series."))
        }
        lose(.status, "An event cannot be written as cancelled.", if: content.status == .cancelled)
        lose(.status, "A tentative event is written as tentative time.", if: content.status == .tentative)
        lose(
            .availability,
            "The kind of the event is not kept.",
            if: content.kind != .standard && content.kind != .outOfOffice
        )
        let visibility = SensitivityMapping.canonical(content.visibility)
        lose(.visibility, "The visibility is not kept.", if: visibility != content.visibility)
        let importance = ImportanceMapping.canonical(content.importance)
        lose(.importance, "The importance is not kept.", if: importance != content.importance)
        let hasRemarks = content.attendees.contains { $0.comment != nil || $0.additionalGuests > 0 }
        lose(.attendees, "Guests' comments and companions are not kept.", if: hasRemarks)
        lose(.attendees, "The list of guests is incomplete.", if: content.attendeesAreIncomplete)
        let reminders = content.reminders
        lose(
            .reminders,
            "The calendar's own reminder is written as Outlook's default.",
            if: reminders?.usesDefault ?? false
        )
        let overrides = reminders?.usesDefault == false ? reminders?.overrides ?? [] : []
        lose(.reminders, "Only one reminder is kept.", if: overrides.count > 1)
        lose(
            .reminders,
            "Reminders by mail become pop-ups.",
            if: overrides.contains { $0.method != "popup" }
        )
        let isForeign = content.conference != nil && OnlineMeetingMapping.canonical(content.conference) == nil
        lose(.conference, "A conference of another service is not kept.", if: isForeign)
        lose(.color, "Events have no colour of their own.", if: content.color != nil)
        lose(.attachments, "Attachments are not written.", if: !content.attachments.isEmpty)
        lose(.source, "The page the event came from is not kept.", if: content.source != nil)
        let rights = GuestRightsMapping.canonical(content.guestRights)
        lose(.guestRights, "Whether guests may change or invite is not kept.", if: content.guestRights != rights)
        return losses
    }
}
