public import CalendarCore

extension MicrosoftCalendarProvider {
    /// The groups in which Outlook lists the account's calendars, in Graph's order.
    ///
    /// Costs one request, and one more for each group; the groups of long lists take more pages.
    public func calendarGroups(session: ProviderSession) async throws -> [MicrosoftCalendarGroup] {
        let call = GraphCall(session: session, identifier: nil)
        var names: [(id: String, title: String)] = []
        try await eachPage(from: try requests.calendarGroups(), call) { page in
            for item in page.items {
                guard let id = item["id"]?.string, !id.isEmpty else { continue }
                names.append((id, item["name"]?.string ?? ""))
            }
            return true
        }
        var groups: [MicrosoftCalendarGroup] = []
        for (id, title) in names {
            var calendars: [CalendarID] = []
            try await eachPage(from: try requests.calendars(inGroup: id), call) { page in
                calendars += page.items.compactMap { CalendarMapping.read($0)?.id }
                return true
            }
            groups.append(MicrosoftCalendarGroup(id: id, title: title, calendars: calendars))
        }
        return groups
    }
}
