import CalendarCore
import Foundation

extension GoogleService {
    /// `watch` of events, access rules, the calendar list or the settings.
    ///
    /// It is open to whoever may list the collection, and its parameters are those of the listing, so the listing itself
    /// checks them: scopes, access, an expired sync token.
    mutating func openChannel(_ call: GoogleCall) throws(GoogleRefusal) -> HTTPResponse {
        let resource = try watchedResource(call)
        var listing = call
        listing.method = .get
        listing.path.removeLast()
        // A condition is no question about a listing.
        listing.headers = [:]
        listing.body = nil
        do throws(GoogleRefusal) {
            _ = try route(listing)
        } catch {
            var refusal = error
            refusal.scopeMethod = error.scopeMethod.map { method in
                method.hasSuffix(".List") ? String(method.dropLast(4)) + "Watch" : method
            }
            throw refusal
        }
        if let calendar = resource.calendar {
            guard isWatchable(calendar) else { throw .pushNotSupported }
        }
        let body = try call.resource()
        let id = try channelID(body)
        let address = try Self.channelAddress(body)
        let token = body["token"]?.string
        guard (token?.count ?? 0) <= 256 else { throw .invalid("Invalid Value", parameter: "token") }
        let expiresAt = try channelExpiry(body)
        guard !push.usedIDs.contains(id) else {
            throw GoogleRefusal(400, "channelIdNotUnique", "Channel id \(id) not unique")
        }
        push.usedIDs.insert(id)
        let subject = accounts[call.account].subject
        let digest = crypto.sha256(Data("\(resource.path)|\(subject)".utf8))
        push.channels.append(
            GoogleChannel(
                id: id,
                resource: resource,
                resourceID: String(Base64URL.encode(digest).prefix(27)),
                resourceURI: "\(resourceRoot)/calendar/v3/\(resource.path)?alt=json",
                address: address,
                token: token,
                expiresAt: expiresAt,
                account: call.account,
                client: call.client,
                seen: version(of: resource, for: call.account)
            )
        )
        let channel = push.channels.count - 1
        announce("sync", on: channel)
        return .google(Self.render(push.channels[channel]))
    }

    /// `channels.stop`, for the user and client that opened the channel.
    mutating func stopChannel(_ call: GoogleCall) throws(GoogleRefusal) -> HTTPResponse {
        try call.require(GoogleScopes.stopChannels, for: "Channels.Stop")
        let body = try call.resource()
        guard let id = body["id"]?.string else { throw .required("Required parameter: id") }
        guard let resourceID = body["resourceId"]?.string else { throw .required("Required parameter: resourceId") }
        let position = push.channels.firstIndex { channel in
            channel.id == id && channel.resourceID == resourceID && channel.account == call.account
                && channel.client == call.client && channel.expiresAt > now
        }
        guard let position else {
            throw GoogleRefusal(404, "notFound", "Channel '\(id)' not found for project '1029384756'")
        }
        push.channels.remove(at: position)
        return HTTPResponse(status: 204)
    }

    /// The version of a resource: a number that differs after every change of it.
    func version(of resource: GoogleWatchedResource, for account: Int) -> Int {
        switch resource {
        case .events(let calendar): calendarIndex(calendar).map { calendars[$0].changes } ?? 0
        case .acl(let calendar): calendarIndex(calendar).map { calendars[$0].ruleChanges } ?? 0
        case .calendarList: accounts[account].listChanges
        case .settings: accounts[account].settingChanges
        }
    }

    private func watchedResource(_ call: GoogleCall) throws(GoogleRefusal) -> GoogleWatchedResource {
        let path = call.path
        switch (path.first, path.count) {
        case ("calendars", 4):
            let name = path[1] == "primary" ? accounts[call.account].address : path[1]
            let calendar = calendarIndex(name).map { calendars[$0].id } ?? name
            if path[2] == "events" { return .events(calendar: calendar) }
            if path[2] == "acl" { return .acl(calendar: calendar) }
            throw .notFound
        case ("users", 4) where path[2] == "calendarList": return .calendarList
        case ("users", 4) where path[2] == "settings": return .settings
        default: throw .notFound
        }
    }

    /// Holidays and the birthdays of contacts cannot be watched.
    private func isWatchable(_ calendar: String) -> Bool {
        !["#holiday@", "#contacts@"].contains { calendar.contains($0) } && !push.refused.contains(calendar)
    }

    private func channelID(_ body: JSONNode) throws(GoogleRefusal) -> String {
        guard let id = body["id"]?.string, !id.isEmpty else { throw .required("Required parameter: id") }
        guard id.count <= 64 else { throw .invalid("Invalid channel id", parameter: "id") }
        return id
    }

    private static func channelAddress(_ body: JSONNode) throws(GoogleRefusal) -> URL {
        guard let type = body["type"]?.string else { throw .required("Required parameter: type") }
        guard ["web_hook", "webhook"].contains(type) else {
            throw .invalid("Unknown channel type", parameter: "type")
        }
        guard let text = body["address"]?.string, !text.isEmpty else { throw .required("Required parameter: address") }
        guard let address = URL(string: text), let host = address.host()?.lowercased(), !host.isEmpty else {
            throw .invalid("Invalid Value", parameter: "address")
        }
        // A departure for tests: plain HTTP is good enough on the machine itself.
        let isLoopback = ["127.0.0.1", "localhost", "::1", "[::1]"].contains(host)
        let scheme = address.scheme?.lowercased()
        guard scheme == "https" || (scheme == "http" && isLoopback) else {
            throw GoogleRefusal(400, "push.webhookUrlNotHttps", "WebHook callback must be HTTPS: \(text)")
        }
        return address
    }

    /// When a channel ends: a longer wish is cut to a week, a shorter one kept.
    private func channelExpiry(_ body: JSONNode) throws(GoogleRefusal) -> Date {
        let longest = now.addingTimeInterval(GooglePushState.longestLife)
        if let ttl = body["params"]?["ttl"] {
            guard let seconds = ttl.string.flatMap({ Int($0) }) ?? ttl.int, seconds > 0 else {
                throw .invalid("Invalid Value", parameter: "params.ttl")
            }
            return min(longest, now.addingTimeInterval(Double(seconds)))
        }
        guard let expiration = body["expiration"], !expiration.isNull else { return longest }
        guard let milliseconds = expiration.string.flatMap({ Int64($0) }) ?? expiration.int.map(Int64.init),
            milliseconds > now.millisecondsSinceEpoch
        else { throw .invalid("Invalid Value", parameter: "expiration") }
        return min(longest, Date(millisecondsSinceEpoch: milliseconds))
    }

    /// The channel as answered; the expiry is a text of digits, as 64-bit numbers are in this API.
    private static func render(_ channel: GoogleChannel) -> JSONNode {
        var node: JSONNode = [
            "kind": "api#channel",
            "id": .string(channel.id),
            "resourceId": .string(channel.resourceID),
            "resourceUri": .string(channel.resourceURI),
        ]
        node["token"] = channel.token.map { .string($0) }
        node["expiration"] = .string(String(channel.expiresAt.millisecondsSinceEpoch))
        return node
    }
}

extension GoogleRefusal {
    static let pushNotSupported = GoogleRefusal(
        400,
        "pushNotSupportedForRequestedResource",
        "Push notifications are not supported by this resource.",
        domain: "calendar"
    )
}

extension GoogleScopes {
    /// Any scope that lists something that can be watched.
    static let stopChannels = listCalendars.union(readEvents).union(listRules).union(settings)
}
