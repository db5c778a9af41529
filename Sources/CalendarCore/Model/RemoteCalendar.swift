/// A calendar as its service describes it to one account.
public struct RemoteCalendar: Hashable, Sendable, Codable {
    /// What the account may do with it.
    public enum Access: String, Hashable, Sendable, Codable, Comparable {
        /// See when it is busy.
        case freeBusy
        /// Read events.
        case read
        /// Read and write events.
        case write
        /// Everything.
        case owner

        private var rank: Int {
            switch self {
            case .freeBusy: 0
            case .read: 1
            case .write: 2
            case .owner: 3
            }
        }

        /// Orders by how much is allowed.
        public static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }
    }

    /// The calendar's id; never the alias `primary`.
    public let id: CalendarID
    /// The title shown; changing it changes nothing else (requirement R-10).
    public var title: String
    /// Its zone, when the service says one.
    public var zone: EventZone?
    /// What the account may do.
    public var access: Access
    /// Whether it is the account's main calendar.
    public var isPrimary: Bool
    /// The colour shown, as `#rrggbb`.
    public var color: String?
    /// The reminders of events that have none of their own, where the service says them.
    public var defaultReminders: [EventReminders.Reminder]
    /// The conference solutions that events in it may ask for, in the service's words; empty when it says none.
    public var conferenceSolutions: [String]
    /// Whose calendar it is, where the service says it; somebody else for one that is shared.
    public var owner: EventPerson?

    /// Creates a calendar.
    public init(
        id: CalendarID,
        title: String,
        zone: EventZone? = nil,
        access: Access,
        isPrimary: Bool = false,
        color: String? = nil,
        defaultReminders: [EventReminders.Reminder] = [],
        conferenceSolutions: [String] = [],
        owner: EventPerson? = nil
    ) {
        self.id = id
        self.title = title
        self.zone = zone
        self.access = access
        self.isPrimary = isPrimary
        self.color = color
        self.defaultReminders = defaultReminders
        self.conferenceSolutions = conferenceSolutions
        self.owner = owner
    }
}

extension RemoteCalendar: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The id and the access; the title is left out, because Google's primary calendar has its owner's address as one.
    public var description: String { "calendar \(id), access: \(access.rawValue)\(isPrimary ? ", primary" : "")" }

    /// The same as the description.
    public var debugDescription: String { description }

    /// A mirror of the description alone.
    public var customMirror: Mirror { Mirror(self, children: ["calendar": description]) }
}
