import CalendarCore
import Foundation

/// Subscriptions: opened, read, prolonged and closed by the application that opened them.
extension GraphState {
    /// Answers a call to `/subscriptions` or below it.
    mutating func subscriptions(_ call: GraphCall) throws(GraphFailure) -> GraphAnswer {
        push.subscriptions.removeAll { $0.expires <= now }
        guard call.segments.count > 1 else {
            switch call.method {
            case .get:
                let own = push.subscriptions.filter { $0.account == call.account }
                return try page(own.map { node($0) }, call, type: "subscriptions")
            case .post: return try subscribe(call)
            default: throw .notAllowed
            }
        }
        let id = call.segments[1].lowercased()
        guard let position = push.subscriptions.firstIndex(where: { $0.id == id && $0.account == call.account }) else {
            throw .noSubscription
        }
        switch (call.method, call.segments.dropFirst(2).map { $0.lowercased() }) {
        case (.get, []): return answer(push.subscriptions[position])
        case (.patch, []): return try renew(position, call)
        case (.delete, []):
            push.subscriptions.remove(at: position)
            return GraphAnswer(status: 204)
        case (.post, ["reauthorize"]):
            // It does not prolong anything.
            push.subscriptions[position].isPaused = false
            return GraphAnswer(status: 204)
        case (_, []), (_, ["reauthorize"]): throw .notAllowed
        default: throw .badRequest("Resource not found for the segment '\(call.segments[2])'.")
        }
    }

    private mutating func subscribe(_ call: GraphCall) throws(GraphFailure) -> GraphAnswer {
        let (input, watched) = try subscription(call)
        let expires = try life(until: input.expires)
        for url in [input.notificationURL, input.lifecycleURL].compactMap({ $0 }) { try push.proofs.check(url) }
        noticeChanges()
        if push.subscriptions.isEmpty { (push.seen, push.sightings) = (version, [:]) }
        if push.sightings[call.account] == nil { push.sightings[call.account] = sightings(call.account) }
        let subscription = GraphSubscription(
            id: identifiers.guid(),
            account: call.account,
            watched: watched,
            input: input,
            isImmutable: call.preferences.isImmutable,
            notificationURL: input.notificationURL,
            expires: expires
        )
        push.subscriptions.append(subscription)
        return answer(subscription, status: 201, showsSecret: true)
    }

    /// What a call wants to open, if it may be opened; the addresses have not been asked then.
    func subscription(
        _ call: GraphCall
    ) throws(GraphFailure) -> (input: GraphSubscriptionInput, watched: GraphWatchedResource) {
        let input = try GraphSubscriptionInput(try call.json())
        let watched = try input.watched(in: accounts[call.account], push.rules)
        _ = try life(until: input.expires)
        let own = push.subscriptions.filter { $0.account == call.account && $0.expires > now }
        let same = own.first { $0.watched == watched && $0.input.changes == input.changes }
        if let same, push.rules.refusesRepetitions { throw .repeatedSubscription(same.id) }
        guard own.count < push.rules.limit else { throw .tooManySubscriptions }
        return (input, watched)
    }

    /// Gives a subscription a later end or another address, and authorises it afresh.
    private mutating func renew(_ position: Int, _ call: GraphCall) throws(GraphFailure) -> GraphAnswer {
        let body = try call.json()
        let expires = body["expirationDateTime"] == nil ? nil : try life(until: try GraphSubscriptionInput.expiry(body))
        for url in try questioned(push.subscriptions[position], by: body) { try push.proofs.check(url) }
        if body["notificationUrl"] != nil {
            let address = try GraphSubscriptionInput.address("notificationUrl", in: body)
            push.subscriptions[position].notificationURL = address
        }
        if let expires { push.subscriptions[position].expires = expires }
        push.subscriptions[position].isPaused = false
        return answer(push.subscriptions[position])
    }

    /// The addresses that are asked before a change of a subscription is made.
    func questioned(_ subscription: GraphSubscription, by body: JSONNode) throws(GraphFailure) -> [URL] {
        guard let names = body.object?.keys, !names.isEmpty else { throw .body("The body has no property to change.") }
        for name in names where !["expirationDateTime", "notificationUrl"].contains(name) {
            throw .subscription("The property '\(name)' cannot be changed.")
        }
        if body["notificationUrl"] != nil { return [try GraphSubscriptionInput.address("notificationUrl", in: body)] }
        guard push.rules.asksOnRenewal else { return [] }
        return [subscription.notificationURL, subscription.input.lifecycleURL].compactMap { $0 }
    }

    /// When a subscription ends; less than 45 minutes become 45, too much is refused and never cut.
    private func life(until wish: Date) throws(GraphFailure) -> Date {
        guard wish > now else { throw .subscription("The value of 'expirationDateTime' lies in the past.") }
        let longest = push.rules.longestLife
        guard wish <= now.addingTimeInterval(Double(longest) * 60) else { throw .expiry(longest: longest) }
        return max(wish, now.addingTimeInterval(Double(min(45, longest)) * 60))
    }

    private func node(_ subscription: GraphSubscription, showsSecret: Bool = false) -> JSONNode {
        let creator = accounts[subscription.account].id
        return subscription.json(client: client.id, creator: creator, showsSecret: showsSecret)
    }

    private func answer(
        _ subscription: GraphSubscription,
        status: Int = 200,
        showsSecret: Bool = false
    ) -> GraphAnswer {
        let context = "https://graph.microsoft.com/v1.0/$metadata#subscriptions/$entity"
        var members: [(key: String, value: JSONNode)] = [("@odata.context", .string(context))]
        members += node(subscription, showsSecret: showsSecret).object?.members.map { ($0.key, $0.value) } ?? []
        return GraphAnswer(status: status, body: .object(JSONObject(members)))
    }
}
