import CalendarCore

/// `conferenceData` and `hangoutLink`.
///
/// A link belongs to its event: it is read and never written. What is written is the wish for a new one, whose request
/// id makes it idempotent (guide "Create events", conferences).
enum ConferenceMapping: FieldMapping {
    static let field = EventField.conference

    private static let standard = "hangoutsMeet"
    private static let own: Set<String> = [standard, "eventHangout", "eventNamedHangout", "addOn"]

    static func read(_ row: JSONValue, into content: inout EventContent) {
        let link = row["hangoutLink"]?.string
        guard let data = row["conferenceData"], data.kind == .object else {
            content.conference = link.map { EventConference(solution: standard, joinURL: $0, state: .ready) }
            return
        }
        let request = data["createRequest"]
        let key = data["conferenceSolution"]?["key"] ?? request?["conferenceSolutionKey"]
        let video = data["entryPoints"]?.elements.first { $0["entryPointType"]?.string == "video" }
        let join = video?["uri"]?.string ?? link
        content.conference = EventConference(
            solution: key?["type"]?.string ?? standard,
            joinURL: join,
            state: state(request?["status"]?["statusCode"]?.string, hasLink: join != nil)
        )
    }

    static func write(_ content: EventContent, for purpose: WritePurpose, to body: inout JSONWriter) {
        guard let solution = expressible(content.conference)?.solution else {
            if case .patch = purpose { body.null("conferenceData") }
            return
        }
        body.object("conferenceData") { writer in
            writer.object("createRequest") { writer in
                writer.field("requestId", requestID(purpose))
                writer.object("conferenceSolutionKey") { writer in writer.field("type", solution) }
            }
        }
    }

    static func canonicalize(_ content: inout EventContent) {
        content.conference = expressible(content.conference)
    }

    static func losses(_ content: EventContent) -> [String] {
        guard let conference = content.conference else { return [] }
        if expressible(conference) == nil { return ["A conference of another service cannot be attached."] }
        return ["A conference link belongs to one event; the service makes a new one."]
    }

    /// The conference as far as the service can make one.
    private static func expressible(_ conference: EventConference?) -> EventConference? {
        guard var conference else { return nil }
        let solution = conference.solution ?? (conference.joinURL == nil ? standard : "")
        guard own.contains(solution) else { return nil }
        conference.solution = solution
        if conference.joinURL == nil, conference.state == .ready { conference.state = .pending }
        return conference
    }

    private static func state(_ word: String?, hasLink: Bool) -> EventConference.State {
        switch word {
        case "failure": .failed
        case "pending": hasLink ? .ready : .pending
        default: .ready
        }
    }

    /// One wish is one id: the operation's for a new event, that of the version for a change.
    private static func requestID(_ purpose: WritePurpose) -> String {
        switch purpose {
        case .insert(let key): key.rawValue
        case .patch(let update):
            update.id.rawValue + "-" + (update.etag ?? "").filter { $0.isLetter || $0.isNumber }
        }
    }
}
