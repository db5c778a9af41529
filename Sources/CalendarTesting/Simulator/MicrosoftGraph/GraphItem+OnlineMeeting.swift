import CalendarCore

/// Teams meetings: a block of text in the body, which must stay there
/// (https://learn.microsoft.com/graph/api/event-update).
extension GraphItem {
    /// Makes, keeps or loses the online meeting after an update was applied to what it was before.
    mutating func settleMeeting(after input: GraphEventInput, before old: JSONObject, restores: Bool)
        throws(GraphFailure)
    {
        let asked = input.changes["isOnlineMeeting"]?.bool == true
        if old["isOnlineMeeting"]?.bool == true {
            if let body = input.changes["body"]?["content"]?.string, !body.contains(Self.joinURL(in: old)) {
                setMeeting(isOnline: false, provider: "unknown", meeting: .null)
                hasLostMeeting = true
            } else {
                // Once online, an event stays online with its provider.
                let provider = old["onlineMeetingProvider"] ?? "teamsForBusiness"
                setMeeting(isOnline: true, provider: provider, meeting: old["onlineMeeting"] ?? .null)
            }
        } else if asked || (hasLostMeeting && restores) {
            let provider = input.changes["onlineMeetingProvider"]?.string ?? "unknown"
            guard ["unknown", "teamsForBusiness"].contains(provider) else {
                throw .property("The calendar does not allow the online meeting provider '\(provider)'.")
            }
            addMeeting()
        } else {
            setMeeting(isOnline: false, provider: "unknown", meeting: .null)
        }
    }

    private mutating func addMeeting() {
        meetings += 1
        hasLostMeeting = false
        let number = GraphIdentifiers.number(of: key, meetings)
        let url = "https://teams.microsoft.com/l/meetup-join/19%3ameeting_\(key)\(meetings)%40thread.v2/0"
        setMeeting(
            isOnline: true,
            provider: "teamsForBusiness",
            meeting: ["joinUrl": .string(url), "conferenceId": .string(number), "tollNumber": "+1 555 0100"]
        )
        let line = String(repeating: "_", count: 80)
        let block =
            #"<br><div><span style="opacity:.36">\#(line)</span></div><div class="me-email-text" lang="en-US">"#
            + #"<div><span>Microsoft Teams meeting</span></div>"#
            + #"<div><a href="\#(url)" id="meet_invite_block.action.join_link">Join the meeting now</a></div>"#
            + #"<div>Conference id: \#(number)</div></div><div><span style="opacity:.36">\#(line)</span></div>"#
        var html = fields["body"]?["content"]?.string ?? ""
        let end = html.firstRange(of: "</body>")?.lowerBound ?? html.endIndex
        html.insert(contentsOf: block, at: end)
        fields["body"] = ["contentType": "html", "content": .string(html)]
    }

    private mutating func setMeeting(isOnline: Bool, provider: JSONNode, meeting: JSONNode) {
        fields["isOnlineMeeting"] = .bool(isOnline)
        fields["onlineMeetingProvider"] = provider
        fields["onlineMeeting"] = meeting
    }

    private static func joinURL(in fields: JSONObject) -> String {
        fields["onlineMeeting"]?["joinUrl"]?.string ?? ""
    }
}

extension GraphIdentifiers {
    /// Nine digits that belong to a text and a number.
    static func number(of text: String, _ count: Int) -> String {
        var seed = UInt64(count)
        for byte in text.utf8 { seed = seed &* 31 &+ UInt64(byte) }
        var generator = GraphIdentifiers(seed: seed)
        return String(100_000_000 + generator.next() % 900_000_000)
    }
}
