import CalendarCore

/// `conferenceData` and `hangoutLink`.
///
/// A link belongs to its event: it is read and never written. What is written is the wish for a new one, whose request
/// id makes it idempotent (guide "Create events", conferences).
enum ConferenceMapping: FieldMapping {
    static let field = EventField.conference

    private static let standard = "hangoutsMeet"
    /// Kinds that old events still have and the service no longer makes; it makes its standard one in their place.
    private static let ended: Set<String> = ["eventHangout", "eventNamedHangout"]
    private static let own: Set<String> = [standard, "addOn"]

    static func read(_ row: JSONRow, into content: inout EventContent) {
        let link = row.string("hangoutLink")
        guard let data = row["conferenceData"], isSaid(data) else {
            content.conference = link.map { EventConference(solution: standard, joinURL: $0, state: .ready) }
            return
        }
        let request = data["createRequest"]
        let key = data["conferenceSolution"]?["key"] ?? request?["conferenceSolutionKey"]
        let entryPoints = data["entryPoints"]?.elements.compactMap { entryPoint($0) } ?? []
        let join = entryPoints.first { $0.kind == "video" }?.url ?? link
        content.conference = EventConference(
            solution: key?["type"]?.string ?? standard,
            joinURL: join,
            state: state(request?["status"]?["statusCode"]?.string, hasLink: join != nil),
            entryPoints: entryPoints
        )
    }

    /// Whether there is anything beside notes and signatures.
    private static func isSaid(_ data: JSONValue) -> Bool {
        ["createRequest", "entryPoints", "conferenceSolution"].contains { data[$0].map { !$0.isNull } ?? false }
    }

    /// The service uses the one of five names that the conference's own makers use.
    private static func entryPoint(_ value: JSONValue) -> ConferenceEntryPoint? {
        guard let url = value["uri"]?.string else { return nil }
        let codes = ["pin", "accessCode", "meetingCode", "passcode", "password"]
        return ConferenceEntryPoint(
            kind: value["entryPointType"]?.string ?? "",
            url: url,
            label: value["label"]?.string,
            code: codes.lazy.compactMap { value[$0]?.string }.first,
            region: value["regionCode"]?.string
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

    /// Whether an update leaves the event's conference alone although the contents differ.
    ///
    /// A wish stays in the host's content after it was granted, and a link cannot be written; asking again would put a
    /// new conference in place of the one that people were told.
    static func keepsExisting(_ update: EventUpdate) -> Bool {
        guard let existing = expressible(update.base.conference), existing.state != .failed else { return false }
        return expressible(update.content.conference) != nil
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
        var solution = conference.solution ?? (conference.joinURL == nil ? standard : "")
        if ended.contains(solution) { solution = standard }
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
