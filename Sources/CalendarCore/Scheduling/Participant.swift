/// Who a slot or a rejection is about: the caller's id, and the name to print.
///
/// Only the name is ever printed, because ids may be mail addresses; a name that looks like one is not printed either.
public struct ParticipantLabel: Hashable, Sendable {
    /// The caller's id of the participant; compared, never printed.
    public let id: String
    /// The name to show to people.
    public let name: String

    /// Creates a label.
    public init(id: String, name: String) {
        self.id = id
        self.name = name
    }
}

extension ParticipantLabel: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The name, or a placeholder for an empty name or one that holds an address.
    public var description: String { name.isEmpty || name.contains("@") ? "a participant" : name }

    /// The same as the description.
    public var debugDescription: String { description }

    /// A mirror without children, so that dumping shows no id.
    public var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}

/// Somebody a meeting is looked for, with what is known of their time.
public struct Participant: Hashable, Sendable {
    /// Who it is.
    public var label: ParticipantLabel
    /// What each of their calendars answered; all of them count, and an unreadable one makes the person's time unknown.
    public var calendars: [BusyTime]
    /// When they can be met; nil for any time.
    public var workingHours: WorkingHours?
    /// Whether the meeting needs them; others matter only for a quorum.
    public var isRequired: Bool
    /// Seconds they need free before the meeting, for travel say, on top of the request's.
    public var bufferBefore: Int
    /// Seconds they need free after the meeting, on top of the request's.
    public var bufferAfter: Int

    /// Creates a participant with several calendars.
    public init(
        id: String,
        name: String = "",
        calendars: [BusyTime],
        workingHours: WorkingHours? = nil,
        isRequired: Bool = true,
        bufferBefore: Int = 0,
        bufferAfter: Int = 0
    ) {
        label = ParticipantLabel(id: id, name: name)
        self.calendars = calendars
        self.workingHours = workingHours
        self.isRequired = isRequired
        self.bufferBefore = bufferBefore
        self.bufferAfter = bufferAfter
    }

    /// Creates a participant whose time is one answer.
    public init(
        id: String,
        name: String = "",
        busy: BusyTime,
        workingHours: WorkingHours? = nil,
        isRequired: Bool = true,
        bufferBefore: Int = 0,
        bufferAfter: Int = 0
    ) {
        self.init(
            id: id,
            name: name,
            calendars: [busy],
            workingHours: workingHours,
            isRequired: isRequired,
            bufferBefore: bufferBefore,
            bufferAfter: bufferAfter
        )
    }

    /// The caller's id.
    public var id: String { label.id }

    /// Whether a calendar could not be read, or none was asked: such time is never free (requirement R-37).
    public var isUnknown: Bool {
        calendars.isEmpty
            || calendars.contains { answer in
                if case .unknown = answer { true } else { false }
            }
    }
}

extension Participant: CustomStringConvertible {
    /// The name only.
    public var description: String { label.description }
}
