extension EventContent {
    /// What one field says, as a person reads it: times on the clock of the event's zone, `nothing` where it is empty.
    func text(of field: EventField) -> String {
        let text: String? =
            switch field {
            case .title: title.map(Self.quoted)
            case .body: body.map { Self.quoted($0.text) }
            case .time: timeText
            case .recurrence: recurrence.map { $0.lines.joined(separator: " ") }
            case .status: status.rawValue
            case .availability: availability.rawValue
            case .visibility: visibility.rawValue
            case .importance: importance.rawValue
            case .location: location.map(Self.quoted)
            case .attendees: attendees.map(Self.text).joined(separator: ", ")
            case .guestRights: guestRightsText
            case .reminders: reminders.map(Self.text)
            case .conference: conference.map { $0.joinURL ?? $0.solution ?? $0.state.rawValue }
            case .categories: categories.joined(separator: ", ")
            case .color: color
            case .attachments: attachments.map { $0.title ?? $0.url }.joined(separator: ", ")
            case .source: source.map { $0.title ?? $0.url }
            case .hostTags: hostTags.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: ", ")
            }
        return text.flatMap { $0.isEmpty ? nil : $0 } ?? "nothing"
    }

    private static func quoted(_ text: String) -> String { "“\(text)”" }

    private var timeText: String {
        guard case .zoned(let from) = start, case .zoned(let to) = end else {
            let last = end.civilDate.adding(days: -1)
            return start.civilDate == last ? "\(last), all day" : "\(start.civilDate) to \(last), all day"
        }
        let first = Self.clock(from.civil)
        let zone = from.zone.identifier
        guard from.zone == to.zone else {
            return "\(first) (\(zone)) to \(Self.clock(to.civil)) (\(to.zone.identifier))"
        }
        let last = Self.clock(to.civil)
        let second = from.civil.date == to.civil.date ? last.suffix(from: " ") : last
        return "\(first) to \(second) (\(zone))"
    }

    /// A reading such as `2026-03-18 10:00`, with seconds where there are any.
    private static func clock(_ civil: CivilDateTime) -> String {
        let text = "\(civil)".split(separator: "T").joined(separator: " ")
        return text.hasSuffix(":00") ? String(text.dropLast(3)) : text
    }

    private static func text(_ attendee: Attendee) -> String {
        let person = attendee.person
        let name = person.name.map { "\($0) <\(person.address)>" } ?? person.address
        return "\(name) (\(attendee.response))"
    }

    private static func text(_ reminders: EventReminders) -> String {
        let own = reminders.overrides.map { "\($0.method) \($0.minutesBefore) minutes before" }
        return (reminders.usesDefault ? ["the calendar's own"] : own).joined(separator: ", ")
    }

    private var guestRightsText: String {
        let rights = [
            guestRights.mayModify ? "change" : nil, guestRights.mayInviteOthers ? "invite" : nil,
            guestRights.maySeeOtherGuests ? "see each other" : nil,
        ].compactMap(\.self)
        return rights.isEmpty ? "guests may nothing" : "guests may " + rights.joined(separator: ", ")
    }
}

extension String {
    /// What stands after the first occurrence of a character.
    fileprivate func suffix(from character: Character) -> String {
        firstIndex(of: character).map { String(self[index(after: $0)...]) } ?? self
    }
}
