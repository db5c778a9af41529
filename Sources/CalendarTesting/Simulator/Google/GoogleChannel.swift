import CalendarCore
import Foundation

/// What a push channel watches.
enum GoogleWatchedResource: Hashable, Sendable {
    case events(calendar: String)
    case acl(calendar: String)
    case calendarList
    case settings

    /// The path below `calendar/v3`, encoded.
    var path: String {
        switch self {
        case .events(let calendar): "calendars/\(PercentEncoding.encode(calendar))/events"
        case .acl(let calendar): "calendars/\(PercentEncoding.encode(calendar))/acl"
        case .calendarList: "users/me/calendarList"
        case .settings: "users/me/settings"
        }
    }

    /// The calendar, where one is watched.
    var calendar: String? {
        switch self {
        case .events(let calendar), .acl(let calendar): calendar
        case .calendarList, .settings: nil
        }
    }
}

/// An open push channel (https://developers.google.com/workspace/calendar/api/guides/push).
struct GoogleChannel: Sendable {
    let id: String
    let resource: GoogleWatchedResource
    /// The same for all channels of one user on one resource.
    let resourceID: String
    let resourceURI: String
    let address: URL
    let token: String?
    let expiresAt: Date
    /// The position of the account that opened it.
    let account: Int
    /// The OAuth client that opened it, the only one that may stop it.
    let client: String
    /// The version of the resource that was reported last.
    var seen: Int
    /// The number of the last message.
    var number = 0
}

/// The open channels and the notifications on their way.
struct GooglePushState: Sendable {
    /// A notification and when it is due.
    struct Pending: Sendable {
        let delivery: WebhookDelivery
        let due: Date
    }

    /// The life of a channel that asks for none, and the longest there is: a week.
    static let longestLife: Double = 604_800

    var channels: [GoogleChannel] = []
    /// Every id there ever was: none may be used again.
    var usedIDs: Set<String> = []
    /// The calendars that a test made unwatchable.
    var refused: Set<String> = []
    var pending: [Pending] = []
    /// How many notifications there were, lost ones included.
    var count = 0
    var loseEvery: Int?
    var doubleEvery: Int?
    var isHeld = false
    var sendsSyncEarly = false
}
