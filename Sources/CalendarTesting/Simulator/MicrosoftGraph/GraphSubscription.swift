import CalendarCore
import Foundation

/// What a subscription watches.
enum GraphWatchedResource: Hashable, Sendable {
    /// The events of the mailbox, of which the real service reports those of the default calendar only.
    case mailbox
    case calendar(String)
}

/// An open subscription (https://learn.microsoft.com/graph/api/resources/subscription).
struct GraphSubscription: Sendable {
    let id: String
    /// The position of the account whose token opened it.
    let account: Int
    let watched: GraphWatchedResource
    /// What the opening asked for.
    let input: GraphSubscriptionInput
    /// Whether notifications carry immutable ids, which is decided at the opening.
    let isImmutable: Bool
    var notificationURL: URL
    var expires: Date
    /// Whether it must be authorised afresh before it reports anything again.
    var isPaused = false

    /// The subscription as answered.
    ///
    /// - Parameters:
    ///   - client: The application.
    ///   - creator: The object id of the user.
    ///   - showsSecret: Whether `clientState` is shown, as it is to whoever opens the subscription.
    /// - Returns: An object with every property of the resource.
    func json(client: String, creator: String, showsSecret: Bool) -> JSONNode {
        [
            "id": .string(id), "resource": .string(input.resource), "applicationId": .string(client),
            "changeType": .string(input.changeType),
            "clientState": showsSecret ? .optional(input.clientState) : .null,
            "notificationUrl": .string(notificationURL.absoluteString), "notificationQueryOptions": .null,
            "lifecycleNotificationUrl": .optional(input.lifecycleURL?.absoluteString),
            "expirationDateTime": .string(GraphTimestamp.plain(expires)), "creatorId": .string(creator),
            "includeResourceData": .null, "latestSupportedTlsVersion": .optional(input.tlsVersion),
            "encryptionCertificate": .null, "encryptionCertificateId": .null, "notificationUrlAppId": .null,
        ]
    }
}

extension JSONNode {
    /// A text, or `null`.
    static func optional(_ text: String?) -> JSONNode { text.map { .string($0) } ?? .null }
}

/// The open subscriptions, what they saw last, and the notifications on their way.
struct GraphPushState: Sendable {
    /// A notification that was not put into a delivery yet.
    struct Notice: Sendable {
        let subscription: String
        let url: URL
        let node: JSONNode
        let isLifecycle: Bool
        let due: Date
    }

    /// A delivery that failed.
    struct Retry: Sendable {
        let delivery: WebhookDelivery
        let due: Date
    }

    var subscriptions: [GraphSubscription] = []
    /// The items of each watched mailbox as they were when they were last compared.
    var sightings: [Int: [String: GraphSighting]] = [:]
    /// The position of the latest change that was regarded.
    var seen = 0
    var notices: [Notice] = []
    var retries: [Retry] = []
    /// How many deliveries there were, lost ones included.
    var count = 0
    /// What the addresses in the request being served have answered.
    var proofs = GraphProofs()
    var rules = GraphPushRules()
}

/// How subscriptions and deliveries behave where a test may say so.
struct GraphPushRules: Sendable {
    /// The longest life in minutes.
    var longestLife = 4230
    /// How many subscriptions one mailbox may have.
    var limit = 1000
    var refusesRepetitions = true
    var watchesSingleCalendars = true
    var reportsAllCalendars = false
    var asksOnRenewal = false
    /// How many of the next requests never send their questions.
    var unsentQuestions = 0

    /// How many notifications one change causes.
    var burst = 1
    /// How many notifications one delivery may hold.
    var deliverySize = 20
    var delay: Double = 0
    var loseEvery: Int?
    var doubleEvery: Int?
    var isHeld = false
}
