/// The rules of a search for meeting times that a host may set; the defaults fit an ordinary meeting.
public struct SlotOptions: Sendable {
    /// Whose wall clock the candidates are aligned to, and where all-day events lie.
    public var zone: EventZone
    /// When the principal can be met; nil for any time.
    public var ownHours: WorkingHours?
    /// When guests can be met, by lower-case address; any time for those not named.
    public var guestHours: [String: WorkingHours]
    /// Seconds between candidates.
    public var step: Int
    /// Seconds from now at which a slot starts at the earliest.
    public var minimumNotice: Int
    /// Seconds everybody needs free before and after.
    public var buffer: Int
    /// Whether tentative time counts as taken.
    public var tentativeBlocks: Bool
    /// What to do about people whose time could not be read.
    public var unknownPolicy: UnknownTimePolicy
    /// How many slots to find at most; nil for all.
    public var limit: Int?

    /// Creates options.
    public init(
        zone: EventZone = .utc,
        ownHours: WorkingHours? = nil,
        guestHours: [String: WorkingHours] = [:],
        step: Int = 900,
        minimumNotice: Int = 0,
        buffer: Int = 0,
        tentativeBlocks: Bool = true,
        unknownPolicy: UnknownTimePolicy = .block,
        limit: Int? = nil
    ) {
        self.zone = zone
        self.ownHours = ownHours
        self.guestHours = guestHours
        self.step = step
        self.minimumNotice = minimumNotice
        self.buffer = buffer
        self.tentativeBlocks = tentativeBlocks
        self.unknownPolicy = unknownPolicy
        self.limit = limit
    }

    /// The principal and the guests, whose time is not known yet.
    func participants(guests: [EventPerson]) -> [Participant] {
        let own = Participant(id: "organizer", name: "the organizer", calendars: [], workingHours: ownHours)
        return [own]
            + guests.map { guest in
                Participant(
                    id: guest.address.lowercased(),
                    name: guest.name ?? "",
                    calendars: [],
                    workingHours: guestHours[guest.address.lowercased()]
                )
            }
    }

    func apply(to request: inout SlotRequest) {
        request.step = step
        request.minimumNotice = minimumNotice
        request.bufferBefore = buffer
        request.bufferAfter = buffer
        request.tentativeBlocks = tentativeBlocks
        request.unknownPolicy = unknownPolicy
        request.limit = limit
    }
}

extension SlotOptions: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The zone and the step; the guests' addresses are left out.
    public var description: String { "slots every \(step) s on the clock of \(zone)" }

    /// The same as the description.
    public var debugDescription: String { description }

    /// A mirror of the description alone.
    public var customMirror: Mirror { Mirror(self, children: ["options": description]) }
}

extension Duration {
    /// So many minutes.
    public static func minutes(_ count: Int) -> Duration { .seconds(count * 60) }
}
