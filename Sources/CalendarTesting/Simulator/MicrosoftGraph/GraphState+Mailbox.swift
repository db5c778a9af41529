import CalendarCore

/// What a mailbox has besides calendars: its user, settings, zones, categories, and the translation of ids.
extension GraphState {
    /// Answers a call to the user or to something of the mailbox; nil when the path is about calendars.
    mutating func mailboxAnswer(_ call: GraphCall) throws(GraphFailure) -> GraphAnswer? {
        let account = accounts[call.account]
        let words = call.segments.map { Self.function($0.lowercased()) }
        guard let first = words.first else {
            guard call.method == .get else { throw .notAllowed }
            return GraphAnswer(body: try user(account, call))
        }
        if first == "revokesigninsessions" {
            guard call.method == .post else { throw .notAllowed }
            authorization.revoke(account.address)
            revokeRefreshTokens(of: account.address)
            return GraphAnswer(
                body: ["@odata.context": "https://graph.microsoft.com/v1.0/$metadata#Edm.Boolean", "value": true]
            )
        }
        if let failure = account.mailboxFailure { throw failure }
        guard ["mailboxsettings", "outlook", "translateexchangeids", "findmeetingtimes"].contains(first) else {
            return nil
        }
        // Whoever shares a calendar does not share the mailbox.
        guard !call.isElsewhere else { throw .denied }
        switch first {
        case "mailboxsettings": return try mailboxSettings(call, Array(words.dropFirst()))
        case "outlook": return try outlook(call, Array(call.segments.dropFirst()))
        case "translateexchangeids": return try translate(call)
        default:
            guard call.method == .post else { throw .notAllowed }
            return try meetingTimes(call)
        }
    }

    private func user(_ account: GraphAccount, _ call: GraphCall) throws(GraphFailure) -> JSONNode {
        let names = account.name.split(separator: " ", maxSplits: 1).map { String($0) }
        let all: [(key: String, value: JSONNode)] = [
            ("@odata.context", "https://graph.microsoft.com/v1.0/$metadata#users/$entity"),
            ("businessPhones", []), ("displayName", .string(account.name)),
            ("givenName", names.first.map { .string($0) } ?? .null), ("jobTitle", .null),
            ("mail", .string(account.address)), ("mobilePhone", .null), ("officeLocation", .null),
            ("preferredLanguage", .null), ("surname", names.count > 1 ? .string(names[1]) : .null),
            ("userPrincipalName", .string(account.address)), ("id", .string(account.id)),
        ]
        return try selected(.object(JSONObject(all)), call, type: "user", isPartial: true)
    }

    private mutating func mailboxSettings(_ call: GraphCall, _ path: [String]) throws(GraphFailure) -> GraphAnswer {
        let context = context("mailboxSettings", call)
        switch (call.method, path.first) {
        case (.get, nil):
            var node: JSONNode = ["@odata.context": .string(context)]
            for member in accounts[call.account].settings.members { node[member.key] = member.value }
            return GraphAnswer(body: try selected(node, call, type: "mailboxSettings", isPartial: true))
        case (.get, let name?):
            let found = accounts[call.account].settings.members.first { $0.key.lowercased() == name }
            guard let member = found, path.count == 1 else { throw .notFound }
            guard member.value.object == nil else {
                return GraphAnswer(body: entity(member.value, "mailboxSettings/\(member.key)", call))
            }
            return GraphAnswer(body: ["@odata.context": .string(context + "/" + member.key), "value": member.value])
        case (.patch, nil):
            let changes = try GraphMailboxSettings.checked(try call.json())
            var node: JSONNode = ["@odata.context": .string(context)]
            for member in changes.members {
                var value = member.value
                if member.key == "workingHours" { value = accounts[call.account].workingHours.merging(value) }
                accounts[call.account].settings[member.key] = value
                node[member.key] = value
            }
            if let name = changes["timeZone"]?.string { accounts[call.account].zone = EventZone(name) }
            return GraphAnswer(body: node)
        default: throw .notAllowed
        }
    }

    private mutating func outlook(_ call: GraphCall, _ path: [String]) throws(GraphFailure) -> GraphAnswer {
        let word = Self.function(path.first?.lowercased() ?? "")
        if word == "mastercategories" { return try categories(call, Array(path.dropFirst())) }
        guard call.method == .get, path.count == 1 else { throw .notAllowed }
        if word == "supportedtimezones" { return try zones(call, isWindows: true) }
        if word.hasPrefix("supportedtimezones("), word.hasSuffix(")") {
            return try zones(call, isWindows: try Self.isWindows(path[0]))
        }
        throw .badRequest("Resource not found for the segment '\(path.first ?? "")'.")
    }

    /// Which names `supportedTimeZones(TimeZoneStandard=…)` asks for; an enum literal must be written in full.
    private static func isWindows(_ function: String) throws(GraphFailure) -> Bool {
        let inner = function.drop { $0 != "(" }.dropFirst().dropLast()
        let sides = inner.split(separator: "=", maxSplits: 1).map { String($0) }
        guard sides.count == 2, sides[0].lowercased() == "timezonestandard" else {
            throw .badRequest("The function 'supportedTimeZones' has no parameters '\(inner)'.")
        }
        let type = "microsoft.graph.timezonestandard'"
        let literal = sides[1].lowercased()
        let quoted = literal.hasPrefix(type) ? literal.dropFirst(type.count - 1) : literal[...]
        switch quoted {
        case "'windows'": return true
        case "'iana'": return false
        default: throw .badRequest("The parameter '\(sides[1])' is not in scope.")
        }
    }

    private func zones(_ call: GraphCall, isWindows: Bool) throws(GraphFailure) -> GraphAnswer {
        let context = "https://graph.microsoft.com/v1.0/$metadata#Collection(microsoft.graph.timeZoneInformation)"
        let nodes = (isWindows ? WindowsZones.names : WindowsZones.zones).map { name -> JSONNode in
            let zone = EventZone(name)
            let minutes = zone.offset(at: now) / 60
            let clock = String((abs(minutes) / 60) * 100 + abs(minutes) % 60 + 10_000).dropFirst()
            let sign = minutes < 0 ? "-" : "+"
            let offset = "(UTC\(sign)\(clock.prefix(2)):\(clock.suffix(2)))"
            return [
                "alias": .string(name), "displayName": .string("\(offset) \(zone.identifier)"),
            ]
        }
        return GraphAnswer(body: ["@odata.context": .string(context), "value": .array(nodes)])
    }

    /// The roles that a calendar can be shared with somebody in.
    func sharingRoles(_ call: GraphCall, _ function: String, _ calendar: GraphCalendar) throws(GraphFailure)
        -> GraphAnswer
    {
        guard call.method == .get else { throw .notAllowed }
        guard let address = Self.quoted(function).first else { throw .parameter("User") }
        let isInside = index(of: address).map { !accounts[$0].isPersonal } ?? false
        let isDefault = calendar.id == accounts[call.account].primary
        let roles = Self.roles(isInside: isInside, isDefault: isDefault)
        return GraphAnswer(
            body: [
                "@odata.context":
                    "https://graph.microsoft.com/v1.0/$metadata#Collection(microsoft.graph.calendarRoleType)",
                "value": .array(roles.map { .string($0.rawValue) }),
            ]
        )
    }
}

extension GraphAccount {
    /// Whether it is a personal account, which belongs to no organisation.
    var isPersonal: Bool {
        let domain = address.split(separator: "@").last?.lowercased() ?? ""
        return ["outlook.com", "hotmail.com", "live.com", "msn.com"].contains(domain)
    }
}
