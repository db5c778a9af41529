import CalendarCore
import Foundation

extension CalendarProviderConformance {
    static let channels: [Check] = [
        Check(skippable: "a channel has its calendar and its secret, and does not outlive what was asked for (M-17)") {
            subject,
            promise in
            guard subject.can(.notifications) else { return .skipped("the provider has no channels") }
            let opening = try subject.opening("channel-1", lifetime: .seconds(86_400))
            let channel = try await subject.provider.openChannel(opening, session: subject.session)
            try promise.equal(channel.calendar, subject.calendar, "the calendar")
            try promise.holds(channel.secret == opening.secret, "the secret is the one that was stored before the call")
            guard let expiry = channel.expiresAt else { return .passed }
            let now = subject.session.clock.now
            try promise.holds(expiry > now, "the channel is alive")
            try promise.holds(expiry <= now.addingTimeInterval(86_401), "it lives for a day at most")
            return .passed
        },
        Check(skippable: "a change is reported on the channel, and the report proves itself by the secret (M-17)") {
            subject,
            promise in
            guard subject.can(.notifications) else { return .skipped("the provider has no channels") }
            guard let deliveries = subject.deliveries else { return .skipped("notifications cannot be seen") }
            let opening = try subject.opening("channel-1")
            let channel = try await subject.provider.openChannel(opening, session: subject.session)
            for notification in try subject.notifications(in: await deliveries()) {
                try promise.equal(notification.kind, .opened, "what is reported before anything changed")
            }
            _ = try await subject.create(subject.content("Reported", hour: 26), key: 1)
            let reported = try subject.notifications(in: await deliveries())
            let found = try promise.some(reported.first, "the report of a change")
            guard case .changed = found.kind else {
                try promise.holds(false, "it reports a change")
                return .passed
            }
            try promise.equal(found.isAuthentic(for: channel), true, "whether it is authentic for its channel")
            try promise.equal(found.isAuthentic(for: nil), false, "whether it is authentic for an unknown channel")
            let other = NotificationChannel(
                id: channel.id,
                resource: channel.resource,
                calendar: channel.calendar,
                secret: Secret("another-secret-of-the-host"),
                expiresAt: channel.expiresAt
            )
            try promise.equal(found.isAuthentic(for: other), false, "whether it is authentic for another secret")
            return .passed
        },
        Check(skippable: "a renewed channel reports changes") { subject, promise in
            guard subject.can(.notifications) else { return .skipped("the provider has no channels") }
            let first = try await subject.provider.openChannel(
                try subject.opening("channel-1"),
                session: subject.session
            )
            let renewed = try await subject.provider.renewChannel(
                first,
                as: try subject.opening("channel-2"),
                session: subject.session
            )
            try promise.equal(renewed.calendar, subject.calendar, "the calendar")
            if let before = first.expiresAt, let after = renewed.expiresAt {
                try promise.holds(after >= before, "the channel does not end earlier")
            }
            guard let deliveries = subject.deliveries else { return .passed }
            _ = try await deliveries()
            _ = try await subject.create(subject.content("Reported", hour: 26), key: 1)
            let reported = try subject.notifications(in: await deliveries())
            try promise.equal(reported.contains { $0.isAuthentic(for: renewed) }, true, "whether a change is reported")
            return .passed
        },
        Check(skippable: "a closed channel reports nothing, and closing it again succeeds") { subject, promise in
            guard subject.can(.notifications) else { return .skipped("the provider has no channels") }
            let channel = try await subject.provider.openChannel(
                try subject.opening("channel-1"),
                session: subject.session
            )
            try await subject.provider.closeChannel(channel, session: subject.session)
            try await subject.provider.closeChannel(channel, session: subject.session)
            guard let deliveries = subject.deliveries else { return .passed }
            _ = try await deliveries()
            _ = try await subject.create(subject.content("Unreported", hour: 26), key: 1)
            try promise.equal(try subject.notifications(in: await deliveries()).count, 0, "the number of reports")
            return .passed
        },
        Check(skippable: "a request that is none of the service's is an invalidArgument") { subject, promise in
            guard subject.can(.notifications) else { return .skipped("the provider has no channels") }
            let request = WebhookRequest(headers: ["Content-Type": "text/plain"], body: Data("hello".utf8))
            try await promise.fails(with: .invalidArgument, "reading it") {
                try subject.provider.webhookContents(of: request)
            }
            return .passed
        },
    ]
}

extension ProviderUnderTest {
    func opening(_ id: ChannelID, lifetime: Duration? = nil) throws -> ChannelOpening {
        var address = URLComponents()
        (address.scheme, address.host, address.path) = ("https", "host.example.com", "/notifications")
        guard let url = address.url else { throw CalendarError.invalidArgument("address", "It is no address.") }
        return try ChannelOpening(
            id: id,
            calendar: calendar,
            address: url,
            secret: Secret("a-secret-of-the-host"),
            lifetime: lifetime
        )
    }

    fileprivate func notifications(in requests: [WebhookRequest]) throws -> [ChannelNotification] {
        try requests.flatMap { request -> [ChannelNotification] in
            switch try provider.webhookContents(of: request) {
            case .handshake: []
            case .notifications(let found): found
            }
        }
    }
}
