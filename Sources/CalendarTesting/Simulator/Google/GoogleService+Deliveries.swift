import CalendarCore
import Foundation

extension GoogleService {
    /// Compares what channels watch with what they last reported, and announces each difference.
    ///
    /// Nothing that writes has to know about channels that way.
    mutating func noticeChanges() {
        guard !push.channels.isEmpty else { return }
        push.channels.removeAll { $0.expiresAt <= now }
        for position in push.channels.indices {
            let channel = push.channels[position]
            let version = version(of: channel.resource, for: channel.account)
            guard version != channel.seen else { continue }
            push.channels[position].seen = version
            announce("exists", on: position)
        }
    }

    /// Puts a notification of a channel onto its way.
    mutating func announce(_ state: String, on position: Int) {
        // The first message has number 1; later numbers grow with gaps.
        let gap = push.channels[position].number == 0 ? 1 : 1 + Int(nextRandom() % 3)
        push.channels[position].number += gap
        let channel = push.channels[position]
        push.count += 1
        if let every = push.loseEvery, push.count.isMultiple(of: max(1, every)) { return }
        let delivery = WebhookDelivery(
            id: push.count,
            url: channel.address,
            headers: Self.headers(of: channel, state: state)
        )
        push.pending.append(.init(delivery: delivery, due: now))
        if let every = push.doubleEvery, push.count.isMultiple(of: max(1, every)) {
            push.pending.append(.init(delivery: delivery, due: now))
        }
    }

    /// Takes out the notifications that are due.
    mutating func takeDeliveries() -> [WebhookDelivery] {
        guard !push.isHeld else { return [] }
        let due = push.pending.filter { $0.due <= now }
        push.pending.removeAll { $0.due <= now }
        return due.map(\.delivery)
    }

    /// Regards the receiver's answer: 500, 502, 503, 504 and no answer are tried again later, any other is final.
    mutating func settle(_ delivery: WebhookDelivery, status: Int?) {
        guard status.map({ [500, 502, 503, 504].contains($0) }) ?? true else { return }
        let next = delivery.afterFailure()
        guard next.failedAttempts < 10 else { return }
        let wait = Double(1 << next.failedAttempts)
        push.pending.append(.init(delivery: next, due: now.addingTimeInterval(wait)))
    }

    private static func headers(of channel: GoogleChannel, state: String) -> HTTPHeaders {
        var headers: HTTPHeaders = [
            "User-Agent": "APIs-Google; (+https://developers.google.com/webmasters/APIs-Google.html)",
            "Accept": "*/*",
            "X-Goog-Channel-ID": channel.id,
        ]
        headers["X-Goog-Channel-Token"] = channel.token
        headers["X-Goog-Channel-Expiration"] = HTTPDate.text(channel.expiresAt)
        headers["X-Goog-Resource-ID"] = channel.resourceID
        headers["X-Goog-Resource-URI"] = channel.resourceURI
        headers["X-Goog-Resource-State"] = state
        headers["X-Goog-Message-Number"] = String(channel.number)
        return headers
    }
}
