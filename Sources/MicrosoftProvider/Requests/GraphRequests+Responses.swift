import CalendarCore

extension GraphRequests {
    /// An answer to an invitation; a second one would mail the organizer again, so it is not repeated blindly.
    func respond(_ response: InvitationResponse) throws -> HTTPRequest {
        var body = JSONObject()
        body["sendResponse"] = .bool(response.invitations == .notifyGuests)
        if let comment = response.comment { body["comment"] = .string(comment) }
        let url = try Endpoint(root, "me", "events", response.event.rawValue, Self.action(response.answer)).url
        return write(.post, url, "events.respond", body: body, repeatSafety: .onlyIfUnprocessed)
    }

    /// The action that gives an answer (https://learn.microsoft.com/graph/api/event-tentativelyaccept).
    private static func action(_ answer: ResponseStatus) -> String {
        switch answer {
        case .accepted: "accept"
        case .declined: "decline"
        default: "tentativelyAccept"
        }
    }
}
