import CalendarCore

/// Who else may do what in a calendar (https://learn.microsoft.com/graph/outlook-share-or-delegate-calendar).
extension GraphState {
    /// What the caller may do in a calendar of the mailbox the call is about, which is somebody else's.
    func role(in calendar: GraphCalendar, _ call: GraphCall) -> GraphRole {
        guard let viewer = call.viewer, calendar.stranger == nil else { return .none }
        return role(of: accounts[viewer], in: calendar, accounts[call.account])
    }

    /// What a person may do in somebody else's calendar.
    func role(of viewer: GraphAccount, in calendar: GraphCalendar, _ owner: GraphAccount) -> GraphRole {
        if let own = calendar.permissions.first(where: { $0.id == GraphPermission.id(viewer.address) }) {
            return own.role
        }
        return owner.isPersonal || viewer.isPersonal ? .none : calendar.everybody
    }

    /// Answers a call below a calendar's `calendarPermissions`.
    mutating func permissions(_ call: GraphCall, _ id: String, _ path: [String]) throws(GraphFailure) -> GraphAnswer {
        guard !call.isElsewhere, path.count < 2,
            let index = accounts[call.account].calendars.firstIndex(where: { $0.id == id })
        else { throw .denied }
        let calendar = accounts[call.account].calendars[index]
        guard calendar.stranger == nil, calendar.access == .owner else { throw .denied }
        if let id = path.first { return try permission(call, id, at: index) }
        switch call.method {
        case .get:
            let nodes =
                calendar.permissions.map { json($0, isDefault: index == 0) } + [json(everybody: calendar.everybody)]
            return try list(nodes, call, "calendar/calendarPermissions", type: "calendarPermission")
        case .post:
            let new = try newPermission(call, calendar, isDefault: index == 0)
            accounts[call.account].calendars[index].permissions.append(new)
            share(index, of: call.account, with: new)
            let node = json(new, isDefault: index == 0)
            return GraphAnswer(status: 201, body: entity(node, "calendar/calendarPermissions", call))
        default: throw .notAllowed
        }
    }

    private mutating func permission(_ call: GraphCall, _ id: String, at index: Int) throws(GraphFailure)
        -> GraphAnswer
    {
        let isDefault = index == 0
        let position = accounts[call.account].calendars[index].permissions.firstIndex { $0.id == id }
        guard position != nil || id == GraphPermission.everybodyID else { throw .notFound }
        switch call.method {
        case .get: break
        case .patch:
            let body = try Self.members(of: call, type: "calendarPermission", Self.permissionNames)
            let role = GraphRole(rawValue: body["role"]?.string ?? "")
            if let position {
                let isInside = accounts[call.account].calendars[index].permissions[position].isInside
                let role = try Self.checked(role, Self.roles(isInside: isInside, isDefault: isDefault))
                accounts[call.account].calendars[index].permissions[position].role = role
                share(index, of: call.account, with: accounts[call.account].calendars[index].permissions[position])
            } else {
                accounts[call.account].calendars[index].everybody = try Self.checked(role, Self.everybodysRoles)
            }
        case .delete:
            guard let position else { throw .invalidRequest("This permission cannot be removed.") }
            let permission = accounts[call.account].calendars[index].permissions.remove(at: position)
            unshare(accounts[call.account].calendars[index].id, of: call.account, with: permission.person.address)
            return GraphAnswer(status: 204)
        default: throw .notAllowed
        }
        let calendar = accounts[call.account].calendars[index]
        let node =
            position.map { json(calendar.permissions[$0], isDefault: isDefault) }
            ?? json(everybody: calendar.everybody)
        return GraphAnswer(body: entity(node, "calendar/calendarPermissions", call))
    }

    private func newPermission(_ call: GraphCall, _ calendar: GraphCalendar, isDefault: Bool) throws(GraphFailure)
        -> GraphPermission
    {
        let body = try Self.members(of: call, type: "calendarPermission", Self.permissionNames)
        guard let address = body["emailAddress"]?["address"]?.string, address.contains("@") else {
            throw .property("A permission needs the mail address of the person it is for.")
        }
        guard address.lowercased() != accounts[call.account].address.lowercased() else {
            throw .invalidRequest("A calendar cannot be shared with its owner.")
        }
        guard !calendar.permissions.contains(where: { $0.id == GraphPermission.id(address) }) else {
            throw GraphFailure(status: 409, code: "Conflict", message: "This person has a permission already.")
        }
        let local = index(of: address).map { accounts[$0] }
        let isInside = local.map { !$0.isPersonal } ?? body["isInsideOrganization"]?.bool ?? false
        let role = GraphRole(rawValue: body["role"]?.string ?? "")
        return GraphPermission(
            person: EventPerson(address, name: body["emailAddress"]?["name"]?.string ?? local?.name),
            isInside: isInside,
            role: try Self.checked(role, Self.roles(isInside: isInside, isDefault: isDefault))
        )
    }

    private static let permissionNames: Set<String> = [
        "id", "emailAddress", "isInsideOrganization", "isRemovable", "role", "allowedRoles",
    ]

    private static func checked(_ role: GraphRole?, _ allowed: [GraphRole]) throws(GraphFailure) -> GraphRole {
        guard let role, allowed.contains(role) else { throw .property("The role is not allowed here.") }
        return role
    }

    private static let everybodysRoles: [GraphRole] = [.none, .freeBusyRead, .limitedRead, .read, .write]

    /// Delegates are for default calendars, and for people of the own organisation.
    static func roles(isInside: Bool, isDefault: Bool) -> [GraphRole] {
        let common: [GraphRole] = [.freeBusyRead, .limitedRead, .read]
        guard isInside else { return common }
        let delegates: [GraphRole] = [.delegateWithoutPrivateEventAccess, .delegateWithPrivateEventAccess]
        return common + [.write] + (isDefault ? delegates : [])
    }

    private func json(_ permission: GraphPermission, isDefault: Bool) -> JSONNode {
        let allowed = Self.roles(isInside: permission.isInside, isDefault: isDefault)
        let person = permission.person
        return [
            "id": .string(permission.id), "isRemovable": true, "isInsideOrganization": .bool(permission.isInside),
            "role": .string(permission.role.rawValue), "allowedRoles": .array(allowed.map { .string($0.rawValue) }),
            "emailAddress": ["name": .string(person.name ?? person.address), "address": .string(person.address)],
        ]
    }

    private func json(everybody role: GraphRole) -> JSONNode {
        [
            "id": .string(GraphPermission.everybodyID), "isRemovable": false, "isInsideOrganization": true,
            "role": .string(role.rawValue),
            "allowedRoles": .array(Self.everybodysRoles.map { .string($0.rawValue) }),
            "emailAddress": ["name": "My Organization"],
        ]
    }
}

/// Shared calendars in the lists of those they are shared with.
extension GraphState {
    /// Shows a calendar in somebody's list, or changes what that person may do in it.
    mutating func share(_ calendar: Int, of owner: Int, with permission: GraphPermission) {
        guard let guest = index(of: permission.person.address), guest != owner else { return }
        let source = accounts[owner].calendars[calendar]
        let known = accounts[guest].calendars.firstIndex {
            $0.share?.owner == accounts[owner].id && $0.share?.calendar == source.id
        }
        if let known {
            accounts[guest].calendars[known].share?.role = permission.role
            accounts[guest].calendars[known].access = permission.role.access
            accounts[guest].calendars[known].changeKey = GraphItem.changeKey(of: nextVersion())
            return
        }
        let isDefault = calendar == 0
        let group = accounts[guest].groups.first { $0.classID == GraphCalendarGroup.otherClass }?.id ?? ""
        // People know somebody's default calendar by that person's name.
        let title = isDefault ? accounts[owner].name : source.title
        var new = newCalendar(title, permission.role.access, account: guest, group: group)
        new.stranger = EventPerson(accounts[owner].address, name: accounts[owner].name)
        let turns = accounts[guest].calendars.compactMap { $0.share?.turn }
        new.share = GraphShare(
            owner: accounts[owner].id,
            calendar: source.id,
            isDefault: isDefault,
            role: permission.role,
            turn: (turns.max() ?? 0) + 1
        )
        accounts[guest].calendars.append(new)
    }

    private mutating func unshare(_ calendar: String, of owner: Int, with address: String) {
        guard let guest = index(of: address) else { return }
        let id = accounts[owner].id
        accounts[guest].calendars.removeAll { $0.share?.owner == id && $0.share?.calendar == calendar }
    }

    /// Answers a call to what lies below a shared calendar, in the mailbox where it really is.
    mutating func answer(_ call: GraphCall, through share: GraphShare, _ path: [String]) throws(GraphFailure)
        -> GraphAnswer
    {
        guard let owner = accounts.firstIndex(where: { $0.id == share.owner }) else { throw .notFound }
        var inner = call
        inner.account = owner
        inner.role = share.role
        var path = path
        if path.count > 1, path[0].lowercased() == "events" { path[1] = GraphEventID.turned(path[1], by: -share.turn) }
        var answer = try calendarAnswer(inner, in: share.calendar, path, isScoped: true)
        answer.body = answer.body?.turned(by: share.turn)
        return answer
    }

    /// The shared calendar that holds the event a path below a mailbox names, unless it is one of the mailbox's own.
    func share(holding path: [String], _ account: GraphAccount) -> GraphShare? {
        guard path.count > 1, path[0].lowercased() == "events", let own = try? GraphEventID(path[1]),
            account.items[own.key] == nil
        else { return nil }
        return account.calendars.compactMap(\.share).first { share in
            guard let owner = accounts.first(where: { $0.id == share.owner }),
                let id = try? GraphEventID(GraphEventID.turned(path[1], by: -share.turn))
            else { return false }
            return owner.items[id.key]?.calendar == share.calendar
        }
    }
}
