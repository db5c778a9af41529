public import CalendarCore
import Foundation

extension MicrosoftCalendarProvider {
    /// Opens a channel that reports changes of one calendar's events; the service names it and says how long it lives.
    ///
    /// While it opens, the service asks the address a question, which ``webhookContents(of:)`` answers; the first
    /// notification can arrive before this call returns. Where the service does not watch single calendars, the default
    /// one is watched as the mailbox's events. A channel that is open already is taken over when it carries the same
    /// secret, as after a lost reply, and replaced when the service does not tell its secret.
    ///
    /// - Throws: `CalendarError.unsupported` when this calendar cannot be watched, so that polling remains;
    ///   `configuration` when the address did not answer; `duplicate` when somebody else's channel is open for it.
    public func openChannel(_ opening: ChannelOpening, session: ProviderSession) async throws -> NotificationChannel {
        let call = GraphCall(session: session, identifier: opening.calendar.rawValue)
        do {
            return try await open(opening, on: Self.resource(of: opening.calendar), call)
        } catch let error as CalendarError where error.code == .unsupported {
            guard try await isDefault(opening.calendar, call) else { throw error }
            return try await open(opening, on: "me/events", call)
        }
    }

    /// Gives a channel a later end; one that the service does not know any more is opened anew.
    ///
    /// - Throws: As ``openChannel(_:session:)`` does.
    public func renewChannel(
        _ channel: NotificationChannel,
        as opening: ChannelOpening,
        session: ProviderSession
    ) async throws -> NotificationChannel {
        let call = GraphCall(session: session, identifier: channel.id.rawValue)
        do {
            let response = try await withinLimit(of: opening, call) { expiry in
                try requests.renewChannel(channel.id, until: expiry)
            }
            return NotificationChannel(
                id: channel.id,
                resource: channel.resource,
                calendar: channel.calendar,
                secret: channel.secret,
                expiresAt: try subscription(response, "subscriptions.renew", call).expiresAt
            )
        } catch let error as CalendarError where error.code == .notFound {
            return try await openChannel(opening, session: session)
        }
    }

    /// Closes a channel; succeeds when it is closed already.
    ///
    /// Notifications may still arrive for a while.
    public func closeChannel(_ channel: NotificationChannel, session: ProviderSession) async throws {
        let call = GraphCall(session: session, identifier: channel.id.rawValue)
        do {
            _ = try await call.send(try requests.closeChannel(channel.id))
        } catch let error as CalendarError where error.code == .notFound {
            return
        }
    }

    /// Reads a request to the host's address for notifications: the service's question, or notifications.
    ///
    /// Send the answer to the question as it is, within ten seconds. One request may hold notifications of several
    /// channels: check each against the stored channel it names.
    ///
    /// - Throws: `CalendarError.invalidArgument` naming the part for a request that is none of the service's.
    public func webhookContents(of request: WebhookRequest) throws -> WebhookContents {
        guard request.method == .post else {
            throw CalendarError.invalidArgument("method", "Notifications are sent by POST.")
        }
        if let token = FormFields(parsing: request.query)["validationToken"] {
            return .handshake(try WebhookQuestion.answer(to: token, body: request.body))
        }
        return .notifications(try WebhookBody.notifications(in: request.body))
    }

    private func open(
        _ opening: ChannelOpening,
        on resource: String,
        _ call: GraphCall
    ) async throws -> NotificationChannel {
        do {
            return try await create(opening, on: resource, call)
        } catch let error as CalendarError where error.code == .duplicate {
            guard let open = try await openSubscription(opening, on: resource, call) else { throw error }
            if open.secret == opening.secret { return open.channel(for: opening, resource: resource) }
            guard open.secret == nil else { throw error }
            // Its notifications could not be told from forged ones.
            let orphan = NotificationChannel(
                id: open.id,
                resource: open.resource,
                calendar: opening.calendar,
                secret: opening.secret,
                expiresAt: open.expiresAt
            )
            try await closeChannel(orphan, session: call.session)
            return try await create(opening, on: resource, call)
        }
    }

    private func create(
        _ opening: ChannelOpening,
        on resource: String,
        _ call: GraphCall
    ) async throws -> NotificationChannel {
        let response = try await withinLimit(of: opening, call) { expiry in
            try requests.openChannel(opening, on: resource, until: expiry)
        }
        return try subscription(response, "subscriptions.create", call).channel(for: opening, resource: resource)
    }

    /// The subscription that stands in the way of an opening: the same resource, reported to the same address.
    private func openSubscription(
        _ opening: ChannelOpening,
        on resource: String,
        _ call: GraphCall
    ) async throws -> SubscriptionAnswer? {
        var found: SubscriptionAnswer?
        try await eachPage(from: try requests.channels(), call) { page in
            found = page.items.lazy.compactMap { SubscriptionAnswer($0) }.first {
                $0.address == opening.address.absoluteString && $0.watches(resource)
            }
            return found == nil
        }
        return found
    }

    /// Sends a request for a lifetime, and once more when the service says that it allows less.
    private func withinLimit(
        of opening: ChannelOpening,
        _ call: GraphCall,
        _ request: (Date) throws -> HTTPRequest
    ) async throws -> HTTPResponse {
        let longest = configuration.channelLifetime
        let lifetime = Double(min(opening.lifetime ?? longest, longest).components.seconds)
        var sent = try request(call.session.clock.now.addingTimeInterval(lifetime))
        var response = try await call.answer(to: sent)
        // The limit is counted from the service's clock, so a few minutes less keep a slow clock out of it.
        if let limit = SubscriptionLimit.minutes(in: response).map({ Double($0 - 5) * 60 }), 0 < limit, limit < lifetime
        {
            sent = try request(call.session.clock.now.addingTimeInterval(limit))
            response = try await call.answer(to: sent)
        }
        try call.check(response, to: sent, .channel)
        return response
    }

    private func subscription(
        _ response: HTTPResponse,
        _ operation: String,
        _ call: GraphCall
    ) throws -> SubscriptionAnswer {
        guard let root = try? GraphPage.root(response.body), let answer = SubscriptionAnswer(root) else {
            throw CalendarError(
                .invalidResponse,
                "The answer does not name the channel.",
                field: "id",
                provider: .microsoft,
                operation: operation,
                identifier: call.identifier,
                isOutcomeUnknown: true
            )
        }
        return answer
    }

    private func isDefault(_ calendar: CalendarID, _ call: GraphCall) async throws -> Bool {
        let request = try requests.isDefault(calendar)
        let response = try await call.send(request)
        return try call.reading(request.operation) {
            try GraphPage.root(response.body)["isDefaultCalendar"]?.bool ?? false
        }
    }

    /// The events of one calendar, because those of the mailbox report the default calendar alone.
    private static func resource(of calendar: CalendarID) -> String {
        var allowed = CharacterSet.urlPathAllowed
        allowed.remove(charactersIn: "/")
        let id = calendar.rawValue.addingPercentEncoding(withAllowedCharacters: allowed) ?? calendar.rawValue
        return "me/calendars/\(id)/events"
    }
}
