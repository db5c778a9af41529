import CalendarCore
import Foundation

/// An item as it was when a mailbox was last looked at.
struct GraphSighting: Hashable, Sendable {
    let version: Int
    let calendar: String
    let moves: Int
}

/// A difference between two looks at a mailbox.
struct GraphNoticedChange: Sendable {
    /// `created`, `updated` or `deleted`.
    let kind: String
    let calendar: String
    let id: GraphEventID
    let version: Int
}

/// Finding out what changed, for subscriptions; nothing that writes has to know about them that way.
extension GraphState {
    /// The items of a mailbox as they are.
    func sightings(_ account: Int) -> [String: GraphSighting] {
        accounts[account].items.mapValues {
            GraphSighting(version: $0.version, calendar: $0.calendar, moves: $0.moves)
        }
    }

    /// Compares watched mailboxes with how they were, and reports each difference to the subscriptions it concerns.
    mutating func noticeChanges() {
        guard !push.subscriptions.isEmpty else { return }
        push.subscriptions.removeAll { $0.expires <= now }
        let watched = Set(push.subscriptions.map(\.account))
        push.sightings = push.sightings.filter { watched.contains($0.key) }
        guard version != push.seen else { return }
        push.seen = version
        for account in watched.sorted() {
            let changes = changes(of: account, since: push.sightings[account] ?? [:])
            push.sightings[account] = sightings(account)
            for change in changes {
                for subscription in push.subscriptions where subscription.account == account {
                    report(change, to: subscription)
                }
            }
        }
    }

    /// What became of the items of a mailbox, in the order of the changes.
    private func changes(of account: Int, since before: [String: GraphSighting]) -> [GraphNoticedChange] {
        var changes: [GraphNoticedChange] = []
        let items = accounts[account].items
        for (key, item) in items where before[key]?.version != item.version {
            let old = before[key]
            let hasMoved = old.map { $0.calendar != item.calendar } ?? false
            if let old, hasMoved { changes.append(deletion(key, old, of: account)) }
            let kind = old == nil || hasMoved ? "created" : "updated"
            let id = GraphEventID(key: key, moves: item.moves)
            changes.append(GraphNoticedChange(kind: kind, calendar: item.calendar, id: id, version: item.version))
        }
        for (key, old) in before where items[key] == nil { changes.append(deletion(key, old, of: account)) }
        return changes.sorted { ($0.version, $0.id.key) < ($1.version, $1.id.key) }
    }

    private func deletion(_ key: String, _ old: GraphSighting, of account: Int) -> GraphNoticedChange {
        let stone = accounts[account].tombstones.last { $0.id.key == key && $0.calendar == old.calendar }
        return GraphNoticedChange(
            kind: "deleted",
            calendar: old.calendar,
            id: GraphEventID(key: key, moves: old.moves),
            version: stone?.version ?? old.version
        )
    }

    private mutating func report(_ change: GraphNoticedChange, to subscription: GraphSubscription) {
        let isConcerned =
            switch subscription.watched {
            case .calendar(let id): change.calendar == id
            case .mailbox:
                push.rules.reportsAllCalendars || change.calendar == accounts[subscription.account].primary
            }
        guard isConcerned, !subscription.isPaused else { return }
        // A creation or an edit is told several times, as happens at the service.
        let echoes = change.kind == "deleted" ? 0 : max(push.rules.burst - 1, 0)
        for kind in [change.kind] + Array(repeating: "updated", count: echoes) {
            guard subscription.input.changes.contains(kind) else { continue }
            var node = envelope(subscription)
            let id = change.id.text(isImmutable: subscription.isImmutable)
            let path = "Users/\(accounts[subscription.account].id)/Events/\(id)"
            node["changeType"] = .string(kind)
            node["resource"] = .string(path)
            node["resourceData"] = [
                "@odata.type": "#Microsoft.Graph.Event", "@odata.id": .string(path),
                "@odata.etag": .string("W/\"\(GraphItem.changeKey(of: change.version))\""), "id": .string(id),
            ]
            announce(node, to: subscription.notificationURL, of: subscription)
        }
    }

    /// What every notification of a subscription says.
    func envelope(_ subscription: GraphSubscription) -> JSONNode {
        [
            "subscriptionId": .string(subscription.id),
            "subscriptionExpirationDateTime": .string(GraphTimestamp.plain(subscription.expires)),
            "clientState": .optional(subscription.input.clientState), "tenantId": .string(tenant),
        ]
    }

    /// Puts a notification onto its way.
    mutating func announce(
        _ node: JSONNode,
        to url: URL,
        of subscription: GraphSubscription,
        isLifecycle: Bool = false
    ) {
        push.notices.append(
            .init(
                subscription: subscription.id,
                url: url,
                node: node,
                isLifecycle: isLifecycle,
                due: now.addingTimeInterval(push.rules.delay)
            )
        )
    }
}
