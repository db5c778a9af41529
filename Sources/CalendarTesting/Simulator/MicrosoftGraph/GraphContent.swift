import CalendarCore
import Foundation

/// The model's words for the service's, and back.
enum GraphWords {
    static let availability: [(String, Availability)] = [
        ("free", .free), ("tentative", .tentative), ("busy", .busy), ("oof", .outOfOffice),
        ("workingElsewhere", .workingElsewhere),
    ]
    static let visibility: [(String, EventVisibility)] = [
        ("normal", .standard), ("personal", .personal), ("private", .private), ("confidential", .confidential),
    ]
    static let response: [(String, ResponseStatus)] = [
        ("none", .needsAction), ("notResponded", .needsAction), ("accepted", .accepted),
        ("tentativelyAccepted", .tentative), ("declined", .declined), ("organizer", .organizer),
    ]

    static func model<Word>(_ table: [(String, Word)], _ text: String?, _ fallback: Word) -> Word {
        table.first { $0.0 == text }?.1 ?? fallback
    }

    static func text<Word: Equatable>(_ table: [(String, Word)], _ word: Word, _ fallback: String) -> String {
        table.first { $0.1 == word }?.0 ?? fallback
    }
}

extension GraphItem {
    /// The item, or one of its occurrences, in the model's words.
    func content(_ slot: GraphSlot? = nil) -> EventContent {
        let fields = fields(slot)
        let isAllDay = slot?.exception?.isAllDay ?? isAllDay
        var content = EventContent(
            title: fields["subject"]?.string,
            start: (slot?.start ?? start).eventTime(isAllDay: isAllDay),
            end: (slot?.end ?? end).eventTime(isAllDay: isAllDay)
        )
        let html = fields["body"]?["content"]?.string ?? ""
        if !GraphBody.plain(html).isEmpty { content.body = EventBody(html, isHTML: true) }
        if slot == nil, let recurrence { content.recurrence = Recurrence(lines: lines(recurrence)) }
        content.status = isCancelled || slot?.exception?.isCancelled == true ? .cancelled : .confirmed
        content.availability = GraphWords.model(GraphWords.availability, fields["showAs"]?.string, .busy)
        content.visibility = GraphWords.model(GraphWords.visibility, fields["sensitivity"]?.string, .standard)
        content.importance = EventImportance(rawValue: fields["importance"]?.string ?? "normal")
        let place = fields["location"]?["displayName"]?.string ?? ""
        content.location = place.isEmpty ? nil : place
        content.organizer = organizer
        content.attendees = (fields["attendees"]?.elements ?? []).compactMap { Self.attendee($0) }
        content.categories = (fields["categories"]?.elements ?? []).compactMap(\.string)
        let minutes = fields["reminderMinutesBeforeStart"]?.int ?? 15
        let isReminded = fields["isReminderOn"]?.bool ?? false
        content.reminders = EventReminders(
            usesDefault: false,
            overrides: isReminded ? [.init(minutesBefore: minutes)] : []
        )
        return content
    }

    /// The item as a guest gets it by mail: without what is the owner's own.
    func invitation(_ slot: GraphSlot?) -> EventContent {
        var content = content(slot)
        (content.reminders, content.categories, content.availability) = (nil, [], .busy)
        return content
    }

    /// The RRULE, and an EXDATE for every cancelled occurrence.
    private func lines(_ recurrence: GraphRecurrence) -> [String] {
        let first = start.on(recurrence.zoneName)
        let rule = recurrence.ruleLine(start: first, isAllDay: isAllDay)
        return [rule]
            + cancelledDates.map { date in
                guard !isAllDay else { return "EXDATE;VALUE=DATE:\(date.basicText)" }
                let reading = CivilDateTime(date: date, secondOfDay: first.civil.secondOfDay)
                return "EXDATE:" + EventZone.utc.civil(at: first.zone.date(of: reading)).basicText + "Z"
            }
    }

    private static func attendee(_ node: JSONNode) -> Attendee? {
        guard let address = node["emailAddress"]?["address"]?.string else { return nil }
        let answer = node["status"]?["response"]?.string
        return Attendee(
            EventPerson(address, name: node["emailAddress"]?["name"]?.string),
            role: Attendee.Role(rawValue: node["type"]?.string ?? "") ?? .required,
            response: GraphWords.model(GraphWords.response, answer, .needsAction)
        )
    }
}

extension EventContent {
    /// The body of a request that writes the content, with only the named fields.
    func graphBody(_ fields: Set<EventField>, zone: EventZone) -> JSONNode {
        var node: JSONNode = [:]
        if fields.contains(.title) { node["subject"] = .string(title ?? "") }
        if fields.contains(.body) {
            node["body"] = [
                "contentType": body?.isHTML == true ? "html" : "text", "content": .string(body?.text ?? ""),
            ]
        }
        if fields.contains(.time) {
            node["isAllDay"] = .bool(start.isAllDay)
            node["start"] = start.graphTime(zone)
            node["end"] = end.graphTime(zone)
        }
        if fields.contains(.recurrence) { node["recurrence"] = graphRecurrence(zone)?.json ?? .null }
        if fields.contains(.availability) || fields.contains(.status) {
            let isOpen = status == .tentative && availability == .busy
            let word = isOpen ? Availability.tentative : availability
            node["showAs"] = .string(GraphWords.text(GraphWords.availability, word, "busy"))
        }
        if fields.contains(.visibility) {
            node["sensitivity"] = .string(GraphWords.text(GraphWords.visibility, visibility, "normal"))
        }
        if fields.contains(.importance) { node["importance"] = .string(importance.rawValue) }
        if fields.contains(.location) { node["location"] = ["displayName": .string(location ?? "")] }
        if fields.contains(.categories) { node["categories"] = .array(categories.map { .string($0) }) }
        if fields.contains(.reminders), let reminders, !reminders.usesDefault {
            node["isReminderOn"] = .bool(!reminders.overrides.isEmpty)
            node["reminderMinutesBeforeStart"] = reminders.overrides.first.map { .int($0.minutesBefore) }
        }
        if fields.contains(.attendees) {
            node["attendees"] = .array(
                attendees.map { guest in
                    [
                        "type": .string(guest.role.rawValue),
                        "emailAddress": [
                            "address": .string(guest.person.address),
                            "name": .string(guest.person.name ?? guest.person.address),
                        ],
                    ]
                }
            )
        }
        return node
    }

    /// The pattern of the RRULE, when there is one and a pattern can say it.
    func graphRecurrence(_ zone: EventZone) -> GraphRecurrence? {
        guard let lines = recurrence?.lines, let start = try? GraphTime(start.graphTime(zone), property: "start") else {
            return nil
        }
        return GraphRecurrence(lines: lines, start: start)
    }

    /// The dates of the EXDATE lines, in the zone of the start.
    func excludedDates(_ zone: EventZone) -> [CivilDate] {
        let zone = start.zone ?? zone
        return (recurrence?.lines ?? []).filter { $0.uppercased().hasPrefix("EXDATE") }.flatMap { line in
            (line.split(separator: ":", maxSplits: 1).last ?? "").split(separator: ",").compactMap { text in
                if let date = CivilDate(String(text)) { return date }
                guard text.hasSuffix("Z") else { return CivilDateTime(String(text))?.date }
                return CivilDateTime(String(text.dropLast())).map { zone.civil(at: EventZone.utc.date(of: $0)).date }
            }
        }
    }
}

extension EventTime {
    /// The time as a request says it; days are midnight in the mailbox's zone, and unknown zones become UTC.
    func graphTime(_ zone: EventZone) -> JSONNode {
        var reading = civil
        var name = GraphTime.name(of: self.zone ?? zone)
        if (try? GraphTime.zone(named: name)) == nil {
            name = "UTC"
            if let own = self.zone { reading = EventZone.utc.civil(at: own.date(of: reading)) }
        }
        return ["dateTime": .string(reading.description + ".0000000"), "timeZone": .string(name)]
    }
}
