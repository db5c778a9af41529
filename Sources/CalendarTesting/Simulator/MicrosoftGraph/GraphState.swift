import CalendarCore
import Foundation

/// Everything the simulated service holds; requests are served one after the other under one lock.
struct GraphState: Sendable {
    let client: OAuthClient
    let crypto: any CryptoSuite
    /// Applications, what they were granted, and the rules of signing in.
    var authorization: GraphAuthorizationState
    /// The instant of the request or call being served.
    var now: Date
    var identifiers: GraphIdentifiers
    /// The directory that all accounts belong to.
    let tenant: String
    var accounts: [GraphAccount] = []
    var faults = PendingFaults()
    var mail: [SimulatedMail] = []
    var requests: [SimulatedRequest] = []

    /// Lists of people under one address.
    var lists: [String: [String]] = [:]
    /// Why a schedule is not shown, by the lowercased address.
    var scheduleRefusals: [String: String] = [:]

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
    /// What the client calls the request being served; nil where it does not say.
    var clientRequestID: String?
    var push = GraphPushState()
    var traffic = GraphTraffic()

    private var lastVersion = 0
    private var lastSerial = 0

    init(client: OAuthClient, crypto: any CryptoSuite, now: Date, seed: UInt64) {
        self.client = client
        authorization = GraphAuthorizationState(client: client)
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
    var zone: EventZone
    /// The first one is the default calendar.
    var calendars: [GraphCalendar] = []
    var items: [String: GraphItem] = [:]
    /// The keys of deleted items, oldest first.
    var tombstones: [GraphTombstone] = []
    /// The item that each transaction id made.
    var transactions: [String: String] = [:]
    /// The groups that calendars are shown in; the first one takes new calendars.
    var groups: [GraphCalendarGroup] = []
    /// The mailbox settings, as they are answered.
    var settings: JSONObject
    /// The categories that events can be marked with, as they are answered.
    var categories: [JSONNode] = []
    /// Why the mailbox cannot be reached; nil when it can.
    var mailboxFailure: GraphFailure?

    init(id: String, address: String, name: String, zone: EventZone) {
        (self.id, self.address, self.name, self.zone) = (id, address, name, zone)
        settings = GraphMailboxSettings.initial(zone)
    }

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
