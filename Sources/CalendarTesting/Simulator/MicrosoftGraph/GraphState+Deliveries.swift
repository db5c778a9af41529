import CalendarCore
import Foundation

/// Notifications on their way: several to one address travel together, whatever subscriptions they belong to.
extension GraphState {
    /// Takes out the deliveries that are due.
    mutating func takeDeliveries() -> [WebhookDelivery] {
        guard !push.rules.isHeld else { return [] }
        var deliveries = push.retries.filter { $0.due <= now }.map(\.delivery)
        push.retries.removeAll { $0.due <= now }
        var due = push.notices.filter { $0.due <= now }
        push.notices.removeAll { $0.due <= now }
        while let first = due.first {
            let fellows = due.filter { $0.url == first.url && $0.isLifecycle == first.isLifecycle }
            due.removeAll { $0.url == first.url && $0.isLifecycle == first.isLifecycle }
            let size = max(push.rules.deliverySize, 1)
            for start in stride(from: 0, to: fellows.count, by: size) {
                deliveries += delivery(of: fellows[start...].prefix(size).map(\.node), to: first.url)
            }
        }
        return deliveries
    }

    /// A delivery once, twice or not at all, as the test has set it.
    private mutating func delivery(of notices: [JSONNode], to url: URL) -> [WebhookDelivery] {
        push.count += 1
        if let every = push.rules.loseEvery, push.count.isMultiple(of: max(1, every)) { return [] }
        let body: JSONNode = ["value": .array(notices)]
        let delivery = WebhookDelivery(
            id: push.count,
            url: url,
            headers: ["Content-Type": "application/json; charset=utf-8"],
            body: body.data
        )
        let isDoubled = push.rules.doubleEvery.map { push.count.isMultiple(of: max(1, $0)) } ?? false
        return isDoubled ? [delivery, delivery] : [delivery]
    }

    /// Regards the receiver's answer: what is not answered with 2xx is tried again for up to four hours
    /// (https://learn.microsoft.com/graph/change-notifications-delivery-webhooks).
    mutating func settle(_ delivery: WebhookDelivery, status: Int?) {
        guard status.map({ !(200..<300).contains($0) }) ?? true else { return }
        let next = delivery.afterFailure()
        let wait = 1 << next.failedAttempts
        // The waits double from two seconds on, so they have added up to twice the last one.
        guard 2 * wait - 2 <= 4 * 3600 else { return }
        push.retries.append(.init(delivery: next, due: now.addingTimeInterval(Double(wait))))
    }
}
