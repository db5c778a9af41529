public import Foundation

/// A meeting somebody wants to hold.
public struct Meeting: Hashable, Sendable {
    /// The title.
    public var title: String
    /// The start.
    public var start: Date
    /// The end, exclusive.
    public var end: Date
    /// Who is invited, besides the organizer.
    public var guests: [EventPerson]
    /// The text.
    public var body: EventBody?
    /// The place.
    public var location: String?
    /// The zone in which the services show it; nil means the organizer's calendar's.
    public var zone: EventZone?
    /// What it belongs to in the host.
    public var activity: ActivityID?
    /// The connection that organizes it; nil means the organizer's first usable one.
    public var connection: ConnectionID?
    /// What to do about guests whose time cannot be read when the meeting is made.
    public var unknownPolicy: UnknownTimePolicy

    /// Creates a meeting.
    public init(
        _ title: String,
        start: Date,
        end: Date,
        with guests: [EventPerson],
        body: EventBody? = nil,
        location: String? = nil,
        zone: EventZone? = nil,
        activity: ActivityID? = nil,
        connection: ConnectionID? = nil,
        unknownPolicy: UnknownTimePolicy = .block
    ) {
        self.title = title
        self.start = start
        self.end = end
        self.guests = guests
        self.body = body
        self.location = location
        self.zone = zone
        self.activity = activity
        self.connection = connection
        self.unknownPolicy = unknownPolicy
    }
}

/// What scheduling a meeting will do, before anything is done (requirements F-08, F-09).
///
/// It has its idempotency key already: carrying it out again, also after a crash, does not make a second meeting.
public struct MeetingPlan: Hashable, Sendable {
    /// The idempotency key of the create.
    public let operation: OperationID
    /// The record that will hold the meeting.
    public let record: RecordID
    /// The calendar that organizes it.
    public let calendar: CalendarKey
    /// The service of that calendar.
    public let provider: ProviderID
    /// What the event will say.
    public let content: EventContent
    /// What it belongs to in the host.
    public let activity: ActivityID?
    /// Who will get an invitation from the service.
    public let invitations: [EventPerson]
    /// What the service cannot express.
    public let losses: [FidelityLoss]
    /// What to do about guests whose time cannot be read when it is carried out.
    public let unknownPolicy: UnknownTimePolicy

    /// Creates a plan.
    public init(
        operation: OperationID,
        record: RecordID,
        calendar: CalendarKey,
        provider: ProviderID,
        content: EventContent,
        activity: ActivityID?,
        invitations: [EventPerson],
        losses: [FidelityLoss],
        unknownPolicy: UnknownTimePolicy = .block
    ) {
        self.operation = operation
        self.record = record
        self.calendar = calendar
        self.provider = provider
        self.content = content
        self.activity = activity
        self.invitations = invitations
        self.losses = losses
        self.unknownPolicy = unknownPolicy
    }
}

extension MeetingPlan: CustomStringConvertible {
    /// A line such as `creates 1 event at google, sends 2 invitations`.
    public var description: String {
        let mail = invitations.count == 1 ? "1 invitation" : "\(invitations.count) invitations"
        return "creates 1 event at \(provider), sends \(mail)"
    }
}

/// A meeting after its plan was carried out.
public struct ScheduledMeeting: Hashable, Sendable {
    /// The record that holds it.
    public let record: RecordID
    /// The calendar that organizes it.
    public let calendar: CalendarKey
    /// The event at the service; nil while it still waits to be sent.
    public let event: RemoteEventID?
    /// Who got an invitation from the service; empty while it still waits to be sent.
    public let invited: [EventPerson]

    /// Creates a scheduled meeting.
    public init(record: RecordID, calendar: CalendarKey, event: RemoteEventID?, invited: [EventPerson]) {
        self.record = record
        self.calendar = calendar
        self.event = event
        self.invited = invited
    }

    /// Whether the service has it.
    public var isSent: Bool { event != nil }
}
