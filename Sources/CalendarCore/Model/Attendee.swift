/// A person or room by mail address; printing one shows no address.
public struct EventPerson: Hashable, Sendable, Codable {
    /// The mail address as it came; compare with ``isSamePerson(as:)``.
    public var address: String
    /// The name shown.
    public var name: String?

    /// Creates a person.
    public init(_ address: String, name: String? = nil) {
        self.address = address
        self.name = name
    }

    /// Whether two addresses are equal without regard to case.
    public func isSamePerson(as other: EventPerson) -> Bool {
        address.lowercased() == other.address.lowercased()
    }
}

extension EventPerson: ExpressibleByStringLiteral {
    /// Creates a person from an address literal.
    public init(stringLiteral value: String) {
        self.init(value)
    }
}

extension EventPerson: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Says that it is a person, not who.
    public var description: String { "person" }

    /// Says that it is a person, not who.
    public var debugDescription: String { description }

    /// A mirror without children.
    public var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}

/// A guest of an event and their answer.
public struct Attendee: Hashable, Sendable, Codable {
    /// The part a guest plays.
    public enum Role: String, Hashable, Sendable, Codable {
        /// Has to be there.
        case required
        /// May be there.
        case optional
        /// A room or device.
        case resource
    }

    /// Who it is.
    public var person: EventPerson
    /// The part they play.
    public var role: Role
    /// Their answer.
    public var response: ResponseStatus
    /// What they said with their answer.
    public var comment: String?
    /// How many more people they bring.
    public var additionalGuests: Int
    /// Whether this is the owner of the calendar the event was read from.
    public var isSelf: Bool

    /// Creates a guest.
    public init(
        _ person: EventPerson,
        role: Role = .required,
        response: ResponseStatus = .needsAction,
        comment: String? = nil,
        additionalGuests: Int = 0,
        isSelf: Bool = false
    ) {
        self.person = person
        self.role = role
        self.response = response
        self.comment = comment
        self.additionalGuests = additionalGuests
        self.isSelf = isSelf
    }
}
