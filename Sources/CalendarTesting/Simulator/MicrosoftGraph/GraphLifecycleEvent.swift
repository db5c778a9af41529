import CalendarCore
import Foundation

/// What can happen to a subscription of Microsoft Graph besides changes of what it watches.
///
/// See https://learn.microsoft.com/graph/change-notifications-lifecycle-events.
public enum GraphLifecycleEvent: String, CaseIterable, Hashable, Sendable {
    /// The subscription must be authorised again; until then it reports nothing, and nothing afterwards of what was
    /// changed meanwhile.
    case reauthorizationRequired
    /// The service has removed the subscription.
    case subscriptionRemoved
    /// Notifications were not delivered; those that wait are gone.
    case missed
}

extension GraphState {
    /// Lets something happen to one subscription, or to all.
    mutating func apply(_ event: GraphLifecycleEvent, to id: String?, isAnnounced: Bool) {
        for subscription in push.subscriptions where id.map({ $0 == subscription.id }) ?? true {
            switch event {
            case .reauthorizationRequired:
                for position in push.subscriptions.indices where push.subscriptions[position].id == subscription.id {
                    push.subscriptions[position].isPaused = true
                }
            case .subscriptionRemoved: push.subscriptions.removeAll { $0.id == subscription.id }
            case .missed: push.notices.removeAll { $0.subscription == subscription.id && !$0.isLifecycle }
            }
            guard isAnnounced, let url = subscription.input.lifecycleURL else { continue }
            var node = envelope(subscription)
            node["lifecycleEvent"] = .string(event.rawValue)
            announce(node, to: url, of: subscription, isLifecycle: true)
        }
    }
}
