import CalendarCore
import Foundation

/// Everything the simulated service holds; requests are served one after the other under one lock.
struct GraphState: Sendable {
    let client: OAuthClient
    let crypto: any CryptoSuite
    /// The instant of the request or call being served.
    var now: Date
    var identifiers: GraphIdentifiers
    /// The directory that all accounts belong to.
    let tenant: String
    var accounts: [GraphAccount] = []
    var faults = PendingFaults()
    var mail: [SimulatedMail] = []
    var requests: [SimulatedRequest] = []

    var codes: [String: GraphCode] = [:]
    var accessTokens: [String: GraphAccess] = [:]
    var refreshTokens: [String: GraphRefresh] = [:]

    /// The positions behind the links of change feeds.
    var cursors: [String: GraphCursor] = [:]
    /// Positions of an older generation are dead.
    var generation = 1
    var pageSize: Int?
    var emptyPageEvery: Int?
    var deltaPages = 0
    /// How people and tests have set the service up.
    var settings = GraphSettings()
    var push = GraphPushState()
    var traffic = GraphTraffic()

    private var lastVersion = 0
    private var lastSerial = 0

    init(client: OAuthClient, crypto: any CryptoSuite, now: Date, seed: UInt64) {
        self.client = client
        self.crypto = crypto
        self.now = now
        identifiers = GraphIdentifiers(seed: seed)
        tenant = identifiers.guid()
    }

    /// The position of the latest change.
    var version: Int { lastVersion }

    /// A new position in the log of changes.
    mutating func nextVersion() -> Int {
        lastVersion += 1
        return lastVersion
    }

    /// A new place in the order of creation.
    mutating func nextSerial() -> Int {
        lastSerial += 1
        return lastSerial
    }

    /// The position of an account; addresses compare without case.
    func index(of address: String) -> Int? {
        accounts.firstIndex { $0.address.lowercased() == address.lowercased() }
    }
}

/// One mailbox.
struct GraphAccount: Sendable {
    /// The user's object id.
    let id: String
    let address: String
    let name: String
    let zone: EventZone
    /// The first one is the default calendar.
    var calendars: [GraphCalendar] = []
    var items: [String: GraphItem] = [:]
    /// The keys of deleted items, oldest first.
    var tombstones: [GraphTombstone] = []
    /// The item that each transaction id made.
    var transactions: [String: String] = [:]

    /// The default calendar.
    var primary: String { calendars.first?.id ?? "" }

    /// The items of one calendar, or of all, in the order of creation.
    func items(in calendar: String?) -> [GraphItem] {
        items.values.filter { calendar == nil || $0.calendar == calendar }.sorted { $0.serial < $1.serial }
    }
}

/// A deleted item, as the change feed remembers it.
struct GraphTombstone: Sendable {
    let id: GraphEventID
    let calendar: String
    let version: Int
    let date: Date
}

/// A calendar of a mailbox.
struct GraphCalendar: Sendable {
    let id: String
    let title: String
    let access: RemoteCalendar.Access
    let changeKey: String

    /// The calendar as answered (https://learn.microsoft.com/graph/api/resources/calendar).
    func json(in account: GraphAccount) -> JSONNode {
        let isDefault = id == account.primary
        let isOwn = access == .owner
        let owner: JSONNode =
            isOwn
            ? ["name": .string(account.name), "address": .string(account.address)]
            : ["name": "Somebody Else", "address": "somebody.else@example.net"]
        return [
            "id": .string(id), "name": .string(title), "color": "auto", "hexColor": "",
            "isDefaultCalendar": .bool(isDefault), "changeKey": .string(changeKey), "canShare": .bool(isOwn),
            "canViewPrivateItems": .bool(isOwn), "canEdit": .bool(access >= .write),
            "allowedOnlineMeetingProviders": ["teamsForBusiness"],
            "defaultOnlineMeetingProvider": "teamsForBusiness", "isTallyingResponses": .bool(isDefault),
            "isRemovable": .bool(!isDefault), "owner": owner,
        ]
    }
}
