import CalendarCore

/// The conference against `isOnlineMeeting`, `onlineMeetingProvider` and `onlineMeeting.joinUrl`.
///
/// Graph makes links of its own providers and takes none from elsewhere; once on, a meeting cannot be switched off.
enum OnlineMeetingMapping {
    private static let providers = ["teamsForBusiness", "skypeForBusiness", "skypeForConsumer"]

    static func read(_ event: JSONValue) -> EventConference? {
        let link = event["onlineMeeting"]?["joinUrl"]?.string ?? event["onlineMeetingUrl"]?.string
        let joinURL = link.flatMap { $0.isEmpty ? nil : $0 }
        guard event["isOnlineMeeting"]?.bool == true || joinURL != nil else { return nil }
        let word = event["onlineMeetingProvider"]?.string ?? "unknown"
        let solution = providers.first { $0.lowercased() == word.lowercased() } ?? word
        // The link may follow a moment after the event.
        return EventConference(solution: solution, joinURL: joinURL, state: joinURL == nil ? .pending : .ready)
    }

    /// Asks for a meeting; a link that exists already is never sent.
    static func write(_ content: EventContent, into body: inout JSONObject) {
        guard let conference = canonical(content.conference), conference.joinURL == nil else { return }
        body["isOnlineMeeting"] = true
        body["onlineMeetingProvider"] = .string(conference.solution ?? providers[0])
    }

    /// Nothing for conferences Graph did not make.
    static func canonical(_ conference: EventConference?) -> EventConference? {
        guard let conference else { return nil }
        let solution = conference.solution ?? (conference.joinURL == nil ? providers[0] : "")
        guard providers.contains(solution) || (solution == "unknown" && conference.joinURL != nil) else { return nil }
        let state: EventConference.State = conference.joinURL == nil ? .pending : .ready
        return EventConference(solution: solution, joinURL: conference.joinURL, state: state)
    }
}
