import CalendarCore
import Foundation

/// The body of a request that opens a subscription
/// (https://learn.microsoft.com/graph/api/subscription-post-subscriptions).
struct GraphSubscriptionInput: Sendable {
    let changeType: String
    let resource: String
    let notificationURL: URL
    let lifecycleURL: URL?
    let clientState: String?
    let tlsVersion: String?
    let expires: Date

    private static let names: Set<String> = [
        "changeType", "clientState", "expirationDateTime", "includeResourceData", "latestSupportedTlsVersion",
        "lifecycleNotificationUrl", "notificationUrl", "resource",
    ]

    init(_ node: JSONNode) throws(GraphFailure) {
        guard let members = node.object?.members else { throw .body("The body is not a JSON object.") }
        if let name = members.map(\.key).first(where: { !Self.names.contains($0) && !$0.contains("@") }) {
            // Rich notifications with their certificates are not simulated, and are not ignored either.
            throw .subscription("The property '\(name)' is not supported on 'microsoft.graph.subscription'.")
        }
        guard node["includeResourceData"]?.bool != true else {
            throw .subscription("Notifications with resource data need an encryption certificate.")
        }
        changeType = try Self.text("changeType", in: node)
        let changes = Self.changes(changeType)
        guard !changes.isEmpty, changes.isSubset(of: ["created", "updated", "deleted"]) else {
            throw .subscription("The value of 'changeType' is invalid.")
        }
        resource = try Self.text("resource", in: node)
        notificationURL = try Self.address("notificationUrl", in: node)
        let hasLifecycle = node["lifecycleNotificationUrl"].map { !$0.isNull } ?? false
        lifecycleURL = hasLifecycle ? try Self.address("lifecycleNotificationUrl", in: node) : nil
        clientState = node["clientState"]?.string
        guard (clientState?.count ?? 0) <= 128 else {
            throw .subscription("The value of 'clientState' is longer than 128 characters.")
        }
        tlsVersion = node["latestSupportedTlsVersion"]?.string
        expires = try Self.expiry(node)
    }

    /// The kinds of changes that are reported.
    var changes: Set<String> { Self.changes(changeType) }

    private static func changes(_ text: String) -> Set<String> {
        Set(text.split(separator: ",").map { $0.filter { $0 != " " }.lowercased() })
    }

    /// The instant that a body names as the end.
    static func expiry(_ node: JSONNode) throws(GraphFailure) -> Date {
        guard let date = GraphTimestamp.read(try text("expirationDateTime", in: node)) else {
            throw .subscription("The value of 'expirationDateTime' is no instant.")
        }
        return date
    }

    /// An address for notifications: `https`, or plain `http` on the machine itself, which is a departure for tests.
    static func address(_ name: String, in node: JSONNode) throws(GraphFailure) -> URL {
        guard let url = URL(string: try text(name, in: node)), let host = url.host()?.lowercased(), !host.isEmpty else {
            throw .subscription("The value of '\(name)' is no address.")
        }
        let isLoopback = ["127.0.0.1", "localhost", "::1", "[::1]"].contains(host)
        let scheme = url.scheme?.lowercased()
        guard scheme == "https" || (scheme == "http" && isLoopback) else {
            throw .subscription("The value of '\(name)' must be an address with https.")
        }
        return url
    }

    private static func text(_ name: String, in node: JSONNode) throws(GraphFailure) -> String {
        guard let text = node[name]?.string, !text.isEmpty else {
            throw .subscription("The property '\(name)' is required.")
        }
        return text
    }
}

extension GraphSubscriptionInput {
    /// What the resource names in the mailbox of an account.
    ///
    /// Documented are the events of the mailbox; those of one calendar work all the same
    /// (https://github.com/microsoftgraph/microsoft-graph-docs/issues/13548).
    func watched(in account: GraphAccount, _ rules: GraphPushRules) throws(GraphFailure) -> GraphWatchedResource {
        var path = resource.split(separator: "/").map { $0.removingPercentEncoding ?? String($0) }[...]
        guard !resource.contains("?"), let first = path.popFirst()?.lowercased() else { throw .unwatchable(resource) }
        if first == "users", let user = path.popFirst()?.lowercased() {
            // A token of a user subscribes to the user's own mailbox only.
            guard user == account.id || user == account.address.lowercased() else { throw .foreignMailbox }
        } else if first != "me" {
            throw .unwatchable(resource)
        }
        let words = path.map { $0.lowercased() }
        switch (words.first, words.count) {
        case ("events", 1): return .mailbox
        case ("calendar", 2) where words[1] == "events" && rules.watchesSingleCalendars:
            return .calendar(account.primary)
        case ("calendars", 3) where words[2] == "events" && rules.watchesSingleCalendars:
            let id = path[path.index(after: path.startIndex)]
            guard account.calendars.contains(where: { $0.id == id }) else { throw .unknownResource }
            return .calendar(id)
        default: throw .unwatchable(resource)
        }
    }
}

extension GraphFailure {
    /// A subscription whose properties are wrong.
    static func subscription(_ message: String) -> GraphFailure {
        GraphFailure(status: 400, code: "InvalidRequest", message: message)
    }

    /// A resource that cannot be watched, such as a single event.
    static func unwatchable(_ resource: String) -> GraphFailure {
        let message = "The value '\(resource)' of parameter 'Resource' is not supported."
        return GraphFailure(status: 400, code: "ExtensionError", message: message)
    }

    /// An end that lies too far away; clients read the number.
    static func expiry(longest minutes: Int) -> GraphFailure {
        let message = "Subscription expiration can only be \(minutes) minutes in the future."
        return GraphFailure(status: 400, code: "ExtensionError", message: message)
    }

    static let unknownResource = GraphFailure(
        status: 400,
        code: "ExtensionError",
        message: "Operation: Create; Exception: [Status Code: NotFound; Reason: The object was not found in the store.]"
    )

    static let foreignMailbox = GraphFailure(
        status: 403,
        code: "ExtensionError",
        message: "Operation: Create; Exception: [Status Code: Forbidden; Reason: Access to the mailbox is denied.]"
    )

    static let tooManySubscriptions = GraphFailure(
        status: 403,
        code: "ExtensionError",
        message: "Operation: Create; Exception: The mailbox has reached the maximum number of subscriptions."
    )

    static let noSubscription = GraphFailure(
        status: 404,
        code: "ResourceNotFound",
        message: "The object was not found."
    )

    /// A subscription to the same changes of the same resource
    /// (https://github.com/microsoftgraph/microsoft-graph-docs-contrib/pull/8573).
    static func repeatedSubscription(_ id: String) -> GraphFailure {
        let message = "Subscription Id \(id) already exists for the requested combination"
        return GraphFailure(status: 409, code: "Conflict", message: message)
    }
}
