import CalendarCore
import Foundation

/// What `findMeetingTimes` is asked; flags and numbers may come as texts.
struct GraphMeetingQuestion: Sendable {
    var attendees: [JSONNode] = []
    var windows: [Range<Date>] = []
    var isWork = true
    var isEveryDay = false
    var duration: Double = 1800
    var limit = 20
    var isOrganizerOptional = false
    var givesReasons = false
    var minimum: Double = 50
    var locations: [JSONNode] = []

    init(_ node: JSONNode, now: Date) throws(GraphFailure) {
        let body = Self.lowercased(node)
        attendees = body["attendees"]?.elements.map { Self.lowercased($0) } ?? []
        let constraint = Self.lowercased(body["timeconstraint"] ?? .null)
        switch constraint["activitydomain"]?.string?.lowercased() ?? "work" {
        case "work", "unknown": break
        case "personal": isEveryDay = true
        case "unrestricted": isWork = false
        default: throw .property("The activity domain is none of the known ones.")
        }
        for slot in constraint["timeslots"]?.elements ?? [] {
            let slot = Self.lowercased(slot)
            let start = try GraphTime(slot["start"] ?? .null, property: "start").date
            let end = try GraphTime(slot["end"] ?? .null, property: "end").date
            guard start < end else { throw .invalidRequest("A time slot ends before it starts.") }
            windows.append(start..<end)
        }
        if windows.isEmpty { windows = [now..<now.addingTimeInterval(7 * 86_400)] }
        if let text = body["meetingduration"]?.string {
            guard let seconds = Self.seconds(text), seconds > 0 else {
                throw .property("The duration of the meeting is no duration.")
            }
            duration = seconds
        }
        if let value = Self.number(body["maxcandidates"]) { limit = max(Int(value), 0) }
        if let value = Self.number(body["minimumattendeepercentage"]) { minimum = value }
        isOrganizerOptional = Self.flag(body["isorganizeroptional"])
        givesReasons = Self.flag(body["returnsuggestionreasons"])
        locations = Self.lowercased(body["locationconstraint"] ?? .null)["locations"]?.elements ?? []
    }

    private static func lowercased(_ node: JSONNode) -> JSONNode {
        .object(JSONObject(node.object?.members.map { (key: $0.key.lowercased(), value: $0.value) } ?? []))
    }

    private static func flag(_ node: JSONNode?) -> Bool {
        node?.bool ?? (node?.string?.lowercased() == "true")
    }

    private static func number(_ node: JSONNode?) -> Double? {
        node?.double ?? node?.string.flatMap { Double($0) }
    }

    /// Reads days, hours, minutes and seconds of an ISO 8601 duration such as `P1DT2H30M`.
    static func seconds(_ text: String) -> Double? {
        guard text.first == "P" else { return nil }
        var total = 0.0
        var digits = ""
        for character in text.dropFirst() where character != "T" {
            if character.isNumber {
                digits.append(character)
                continue
            }
            let units: [Character: Double] = ["D": 86_400, "H": 3600, "M": 60, "S": 1]
            guard let unit = units[character], let count = Double(digits) else { return nil }
            total += unit * count
            digits = ""
        }
        return digits.isEmpty ? total : nil
    }
}

/// Suggestions for a meeting (https://learn.microsoft.com/graph/api/user-findmeetingtimes).
extension GraphState {
    /// Answers `findMeetingTimes`, best suggestions first.
    func meetingTimes(_ call: GraphCall) throws(GraphFailure) -> GraphAnswer {
        guard call.viewer != nil, !accounts[call.account].isPersonal else { throw .workAccountsOnly }
        let question = try GraphMeetingQuestion(try call.json(), now: now)
        var found: [GraphSuggestion] = []
        var isOrganizerFree = false
        var hasUnknown = false
        for slot in slots(of: question, for: accounts[call.account]) {
            let organizer = availability(of: accounts[call.account].address, in: slot)
            guard question.isOrganizerOptional || Self.isFree(organizer) else { continue }
            isOrganizerFree = true
            let guests = question.attendees.map { attendee in
                availability(of: attendee["emailaddress"]?["address"]?.string ?? "", in: slot)
            }
            hasUnknown = hasUnknown || guests.contains("unknown")
            let suggestion = GraphSuggestion(slot: slot, organizer: organizer, guests: guests)
            if suggestion.confidence >= question.minimum { found.append(suggestion) }
        }
        found.sort { ($1.confidence, $0.slot.lowerBound) < ($0.confidence, $1.slot.lowerBound) }
        let reason =
            !found.isEmpty
            ? ""
            : !isOrganizerFree
                ? "organizerUnavailable"
                : hasUnknown ? "attendeesUnavailableOrUnknown" : "attendeesUnavailable"
        let suggestions = found.prefix(question.limit).enumerated().map { number, suggestion in
            suggestion.json(order: number + 1, question, call.preferences)
        }
        return GraphAnswer(
            body: [
                "@odata.context":
                    "https://graph.microsoft.com/v1.0/$metadata#microsoft.graph.meetingTimeSuggestionsResult",
                "emptySuggestionsReason": .string(reason), "meetingTimeSuggestions": .array(suggestions),
            ]
        )
    }

    /// The candidates: every half hour of the clock, within the hours that the question allows.
    private func slots(of question: GraphMeetingQuestion, for account: GraphAccount) -> [Range<Date>] {
        var slots: [Range<Date>] = []
        for window in question.windows {
            let hours =
                question.isWork
                ? account.workSpans(in: window, isEveryDay: question.isEveryDay) : [window]
            for span in hours {
                let end = min(span.upperBound, window.upperBound)
                let first = max(span.lowerBound, window.lowerBound, now).timeIntervalSince1970
                var start = Date(timeIntervalSince1970: (first / 1800).rounded(.up) * 1800)
                while start.addingTimeInterval(question.duration) <= end {
                    slots.append(start..<start.addingTimeInterval(question.duration))
                    start = start.addingTimeInterval(1800)
                }
            }
        }
        return slots
    }

    /// The strongest status in a span; the mailbox of a stranger is unknown.
    private func availability(of address: String, in slot: Range<Date>) -> String {
        guard let index = index(of: address) else { return "unknown" }
        let blocks = accounts[index].blocks(in: slot)
        return blocks.max { $0.digit < $1.digit }.flatMap { $0.digit > 0 ? $0.status : nil }
            ?? (blocks.contains { $0.status == "workingElsewhere" } ? "workingElsewhere" : "free")
    }

    /// Whether a status leaves time for a meeting.
    fileprivate static func isFree(_ status: String) -> Bool { ["free", "workingElsewhere"].contains(status) }
}

/// A time that suits.
private struct GraphSuggestion {
    let slot: Range<Date>
    let organizer: String
    let guests: [String]

    /// How likely the guests come on average, in percent: free 100, unknown 49, anything else 0.
    var confidence: Double {
        guard !guests.isEmpty else { return 100 }
        let chances = guests.map { GraphState.isFree($0) ? 100.0 : $0 == "unknown" ? 49 : 0 }
        return chances.reduce(0, +) / Double(guests.count)
    }

    func json(order: Int, _ question: GraphMeetingQuestion, _ preferences: GraphPreferences) -> JSONNode {
        func time(_ date: Date) -> JSONNode {
            GraphTime(civil: EventZone.utc.civil(at: date), zoneName: "UTC", zone: .utc)
                .json(isAllDay: false, preferences)
        }
        let guests: [JSONNode] = zip(question.attendees, self.guests).map { attendee, availability in
            var person: JSONNode = ["emailAddress": attendee["emailaddress"] ?? .null]
            person["type"] = attendee["type"]
            return ["availability": .string(availability), "attendee": person]
        }
        let isSure = confidence == 100
        let reason =
            isSure
            ? "Suggested because everybody can attend at this early time."
            : "Suggested because it is an early time that suits most."
        return [
            "confidence": .double(confidence), "order": .int(order), "organizerAvailability": .string(organizer),
            "suggestionReason": .string(question.givesReasons ? reason : ""),
            "attendeeAvailability": .array(guests), "locations": .array(question.locations.map { Self.location($0) }),
            "meetingTimeSlot": ["start": time(slot.lowerBound), "end": time(slot.upperBound)],
        ]
    }

    /// A wished location without what was asked about it.
    private static func location(_ node: JSONNode) -> JSONNode {
        var node = node
        node["resolveAvailability"] = nil
        return node
    }
}
