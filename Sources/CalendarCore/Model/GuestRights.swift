/// What guests of an event may do; decided by its organizer.
public struct GuestRights: Hashable, Sendable, Codable {
    /// Whether guests may change the event for everybody.
    public var mayModify: Bool
    /// Whether guests may invite others.
    public var mayInviteOthers: Bool
    /// Whether guests see who else is invited.
    public var maySeeOtherGuests: Bool

    /// Creates rights; the defaults are what services give when nothing is said.
    public init(mayModify: Bool = false, mayInviteOthers: Bool = true, maySeeOtherGuests: Bool = true) {
        self.mayModify = mayModify
        self.mayInviteOthers = mayInviteOthers
        self.maySeeOtherGuests = maySeeOtherGuests
    }
}
