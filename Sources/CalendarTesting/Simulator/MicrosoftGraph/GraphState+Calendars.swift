import CalendarCore

/// Calendars of a mailbox and the groups they are shown in.
extension GraphState {
    /// Answers a call to the list of calendars, or to that of one group.
    mutating func calendars(_ call: GraphCall, in group: String?) throws(GraphFailure) -> GraphAnswer {
        switch call.method {
        case .get:
            let account = accounts[call.account]
            let shown = account.calendars.filter { group == nil || $0.group == group }
            let nodes = shown.compactMap { calendar -> JSONNode? in
                guard call.isElsewhere else { return calendar.json(in: account) }
                // Of somebody else's calendars only those are seen that are shared.
                let role = role(in: calendar, call)
                return role > .freeBusyRead ? calendar.json(in: account, as: role) : nil
            }
            return try list(nodes, call, "calendars", type: "calendar", filters: Self.calendarPaths)
        case .post:
            guard !call.isElsewhere else { throw .denied }
            return try makeCalendar(call, in: group)
        default: throw .notAllowed
        }
    }

    private static let calendarPaths: Set<String> = [
        "id", "name", "color", "owner/address", "owner/name", "isdefaultcalendar", "canedit", "canshare",
    ]

    private mutating func makeCalendar(_ call: GraphCall, in group: String?) throws(GraphFailure) -> GraphAnswer {
        let body = try Self.members(of: call, type: "calendar", Self.calendarNames)
        let title = try Self.name(body["name"])
        let group = group ?? accounts[call.account].groups.first?.id ?? ""
        var calendar = newCalendar(title, .owner, account: call.account, group: group)
        try checkTitle(title, calendar, call.account)
        try apply(body, to: &calendar)
        accounts[call.account].calendars.append(calendar)
        let node = calendar.json(in: accounts[call.account])
        return GraphAnswer(status: 201, body: entity(node, "calendars", call))
    }

    /// A calendar with an id of its own, which no mailbox has yet.
    mutating func newCalendar(
        _ title: String,
        _ access: RemoteCalendar.Access,
        account: Int,
        group: String
    ) -> GraphCalendar {
        let id = "AAMkAGI" + identifiers.text(GraphEventID.keyLength) + "AAA="
        let key = GraphItem.changeKey(of: nextVersion())
        var calendar = GraphCalendar(id: id, title: title, access: access, changeKey: key, group: group)
        if accounts[account].isPersonal {
            calendar.providers = ["skypeForConsumer"]
            calendar.provider = "skypeForConsumer"
        }
        return calendar
    }

    /// Answers a call to one calendar itself.
    mutating func calendar(_ call: GraphCall, _ id: String) throws(GraphFailure) -> GraphAnswer {
        guard let index = accounts[call.account].calendars.firstIndex(where: { $0.id == id }) else { throw .notFound }
        var calendar = accounts[call.account].calendars[index]
        switch call.method {
        case .get: break
        case .patch:
            guard !call.isElsewhere else { throw .denied }
            let body = try Self.members(of: call, type: "calendar", Self.calendarNames)
            if let name = body["name"] {
                calendar.title = try Self.name(name)
                try checkTitle(calendar.title, calendar, call.account)
            }
            try apply(body, to: &calendar)
            calendar.changeKey = GraphItem.changeKey(of: nextVersion())
            accounts[call.account].calendars[index] = calendar
            if body["isDefaultCalendar"]?.bool == true, calendar.access == .owner {
                accounts[call.account].calendars.remove(at: index)
                accounts[call.account].calendars.insert(calendar, at: 0)
            }
        case .delete:
            guard !call.isElsewhere else { throw .denied }
            guard index > 0 else { throw .distinguished }
            remove(calendar, of: call.account)
            return GraphAnswer(status: 204)
        default: throw .notAllowed
        }
        let node = try selected(calendar.json(in: accounts[call.account], as: call.role), call, type: "calendar")
        return GraphAnswer(body: entity(node, "calendars", call))
    }

    /// Takes a calendar away with its events; what others share of it goes, too.
    mutating func remove(_ calendar: GraphCalendar, of account: Int) {
        let owner = accounts[account].id
        accounts[account].calendars.removeAll { $0.id == calendar.id }
        for item in accounts[account].items(in: calendar.id) { delete(item, nil, of: account) }
        for index in accounts.indices {
            accounts[index].calendars.removeAll { $0.share?.owner == owner && $0.share?.calendar == calendar.id }
        }
        // Whoever takes somebody's calendar off the own list keeps the permission.
    }

    private static let calendarNames: Set<String> = [
        "id", "name", "color", "hexColor", "changeKey", "isDefaultCalendar", "isRemovable", "canEdit", "canShare",
        "canViewPrivateItems", "isTallyingResponses", "allowedOnlineMeetingProviders", "defaultOnlineMeetingProvider",
        "owner", "events", "calendarView", "calendarPermissions", "singleValueExtendedProperties",
        "multiValueExtendedProperties",
    ]

    /// Names are unique within a group.
    private func checkTitle(_ title: String, _ calendar: GraphCalendar, _ account: Int) throws(GraphFailure) {
        let isTaken = accounts[account].calendars.contains {
            $0.id != calendar.id && $0.group == calendar.group && $0.title.lowercased() == title.lowercased()
        }
        if isTaken { throw .folderExists }
    }

    private func apply(_ body: JSONObject, to calendar: inout GraphCalendar) throws(GraphFailure) {
        if let color = body["color"] {
            guard let word = color.string, GraphCalendar.colors.contains(word) else {
                throw .property("The color is none of the colors of a calendar.")
            }
            calendar.color = word
        }
        if let color = body["hexColor"]?.string { calendar.hexColor = color }
        if let provider = body["defaultOnlineMeetingProvider"]?.string {
            guard calendar.providers.contains(provider) else {
                throw .property("The provider of online meetings is not allowed in this calendar.")
            }
            calendar.provider = provider
        }
    }

    static func name(_ node: JSONNode?) throws(GraphFailure) -> String {
        guard let name = node?.string, name.contains(where: { !$0.isWhitespace }) else {
            throw .property("The name must be a text that is not empty.")
        }
        return name
    }

    /// The members of a body whose names the type has.
    static func members(of call: GraphCall, type: String, _ names: Set<String>) throws(GraphFailure) -> JSONObject {
        guard let body = try call.json().object else { throw .body("The body is not a JSON object.") }
        for member in body.members where !member.key.contains("@") && !names.contains(member.key) {
            throw .body(
                "The property '\(member.key)' does not exist on type 'microsoft.graph.\(type)'. "
                    + "Make sure to only use property names that are defined by the type."
            )
        }
        return body
    }
}

extension GraphFailure {
    /// A name that another calendar or group has already.
    static let folderExists = GraphFailure(
        status: 409,
        code: "ErrorFolderExists",
        message: "A folder with the specified name already exists."
    )

    /// A calendar or group that every mailbox has.
    static let distinguished = GraphFailure(
        status: 400,
        code: "ErrorDeleteDistinguishedFolder",
        message: "Distinguished folders cannot be deleted."
    )
}
