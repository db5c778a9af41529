import CalendarCore

/// Availability, the tentative status and the out-of-office kind against `showAs`; cancellation against `isCancelled`.
enum AvailabilityMapping {
    static func read(_ event: JSONValue, into content: inout EventContent) {
        if let word = event["showAs"]?.string { content.availability = availability(word) }
        content.status = event["isCancelled"]?.bool == true ? .cancelled : .confirmed
    }

    static func write(_ content: EventContent, into body: inout JSONObject) {
        var content = content
        canonicalize(&content)
        body["showAs"] = .string(word(content.availability))
    }

    /// Moves into the availability what Graph can only say there.
    static func canonicalize(_ content: inout EventContent) {
        if content.status != .cancelled {
            if content.status == .tentative, content.availability == .busy { content.availability = .tentative }
            content.status = .confirmed
        }
        if content.kind == .outOfOffice, content.availability == .busy { content.availability = .outOfOffice }
        content.kind = .standard
        content.availability = availability(word(content.availability))
    }

    /// The availability a word of Graph stands for; words differ in case between samples.
    static func availability(_ word: String) -> Availability {
        switch word.lowercased() {
        case "free": .free
        case "tentative": .tentative
        case "busy": .busy
        case "oof": .outOfOffice
        case "workingelsewhere": .workingElsewhere
        default: Availability(rawValue: word.lowercased())
        }
    }

    private static func word(_ availability: Availability) -> String {
        switch availability {
        case .free: "free"
        case .tentative: "tentative"
        case .outOfOffice: "oof"
        case .workingElsewhere: "workingElsewhere"
        case Availability(rawValue: "unknown"): "unknown"
        default: "busy"
        }
    }
}
