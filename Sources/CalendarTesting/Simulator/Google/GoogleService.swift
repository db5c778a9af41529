import CalendarCore
import Foundation

/// The state of the simulated Google service; each extension answers some of its requests.
struct GoogleService: Sendable {
    let client: OAuthClient
    let crypto: any CryptoSuite
    /// The instant of the request being answered.
    var now: Date

    var accounts: [GoogleAccount] = []
    var calendars: [GoogleCalendarStore] = []
    var authorization: GoogleAuthorizationState
    var push = GooglePushState()
    var usage = GoogleUsageState()
    /// The most parts of a batch.
    var batchLimit = 1000
    var faults = PendingFaults()
    var requests: [SimulatedRequest] = []
    var mail: [SimulatedMail] = []
    /// How many days back `updatedMin` may lie.
    var updatedMinReach: Int?
    /// Lets PATCH and PUT bring deleted events back.
    var revivesDeletedEvents = false
    /// What becomes of the next conferences asked for.
    var conferenceOutcome = GoogleConferenceOutcome.success
    /// The calendars as listings show them while these lag behind, by id.
    var heldListings: [String: GoogleCalendarStore]?
    /// Forces pages of at most this many rows.
    var pageSize: Int?
    /// Makes every n-th page of a listing an empty one.
    var emptyPageEvery: Int?
    /// Sync tokens of an earlier epoch have expired.
    var syncEpoch = 0
    /// The members of groups by the groups' addresses in lower case.
    var groups: [String: [String]] = [:]
    var freeBusyRules = GoogleFreeBusyRules()
    /// The address at which clients reach the service, where that is not Google's.
    var publicRoot: String? {
        didSet { for index in calendars.indices { calendars[index].linkRoot = publicRoot ?? Self.webRoot } }
    }

    /// The root of links to pages.
    static let webRoot = "https://www.google.com"
    /// The root of links to resources.
    var resourceRoot: String { publicRoot ?? "https://www.googleapis.com" }

    private var random: UInt64
    private var lastVersion: Int64 = 0

    init(client: OAuthClient, crypto: any CryptoSuite, seed: UInt64, now: Date) {
        self.client = client
        self.crypto = crypto
        self.now = now
        authorization = GoogleAuthorizationState(client: client)
        random = seed
    }

    /// The next number of the seeded sequence (splitmix64).
    mutating func nextRandom() -> UInt64 {
        random &+= 0x9E37_79B9_7F4A_7C15
        var word = random
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }

    /// So many letters of an alphabet from the seeded sequence.
    mutating func nextText(_ count: Int, alphabet: String = "0123456789abcdefghijklmnopqrstuv") -> String {
        let letters = Array(alphabet)
        var text = ""
        for _ in 0..<count { text.append(letters[Int(nextRandom() % UInt64(letters.count))]) }
        return text
    }

    /// The version of a new transaction: twice the time in microseconds, and always larger than any before.
    mutating func nextVersion() -> Int64 {
        lastVersion = max(lastVersion + 2, now.millisecondsSinceEpoch * 2000)
        return lastVersion
    }
}

/// An account of the simulated service.
struct GoogleAccount: Sendable {
    let address: String
    let name: String
    /// The OpenID subject.
    let subject: String
    /// The account's list, removed entries included, in the order they were made.
    var entries: [GoogleListEntry] = []
    /// Grows with every change that the account makes to its list.
    var listChanges = 0
    var settings: [GoogleSetting]
    /// Grows with every change of a setting.
    var settingChanges = 0

    init(address: String, name: String, subject: String, zone: EventZone) {
        self.address = address
        self.name = name
        self.subject = subject
        settings = GoogleSetting.initial(zone: zone)
    }

    /// Whether the account belongs to an organisation.
    var isWorkspace: Bool { !["gmail.com", "googlemail.com"].contains(domain) }

    /// The domain of the address, in lower case.
    var domain: String { address.lowercased().split(separator: "@").last.map(String.init) ?? "" }
}

extension GoogleService {
    /// The position of an account, found without regard to case.
    func accountIndex(_ address: String) -> Int? {
        accounts.firstIndex { $0.address.lowercased() == address.lowercased() }
    }

    /// The position of a calendar that was not deleted; `primary` must have been resolved.
    func calendarIndex(_ id: String) -> Int? {
        let index =
            calendars.firstIndex { $0.id == id } ?? calendars.firstIndex { $0.id.lowercased() == id.lowercased() }
        return index.flatMap { calendars[$0].isDeleted ? nil : $0 }
    }
}
