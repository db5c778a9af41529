/// What a special kind of event says beyond an ordinary one; read and never written.
public enum EventKindDetails: Hashable, Sendable, Codable {
    /// Time away.
    case outOfOffice(AutomaticDecline)
    /// Time without meetings, and how chat shows its owner meanwhile, in the service's word.
    case focusTime(AutomaticDecline, chatStatus: String?)
    /// Where somebody works.
    case workingLocation(WorkingLocation)
    /// A birthday or another yearly day.
    case birthday(Birthday)

    /// What happens to invitations that overlap an event.
    public struct AutomaticDecline: Hashable, Sendable, Codable {
        /// The service's word for which invitations are declined; nil when it says none.
        public var mode: String?
        /// What the senders are told.
        public var message: String?

        /// Creates a rule.
        public init(mode: String? = nil, message: String? = nil) {
            self.mode = mode
            self.message = message
        }
    }

    /// A place of work.
    public struct WorkingLocation: Hashable, Sendable, Codable {
        /// The service's word for what kind of place it is, such as `homeOffice`.
        public var kind: String?
        /// The name shown.
        public var label: String?
        /// The building, by the organisation's own id.
        public var building: String?
        /// The floor, by the organisation's own id.
        public var floor: String?
        /// The section of the floor, by the organisation's own id.
        public var section: String?
        /// The desk, by the organisation's own id.
        public var desk: String?

        /// Creates a place; set the rest through the properties.
        public init(kind: String?, label: String? = nil) {
            self.kind = kind
            self.label = label
        }
    }

    /// A day that comes back every year.
    public struct Birthday: Hashable, Sendable, Codable {
        /// The service's word for what it is, such as `birthday` or `anniversary`.
        public var kind: String?
        /// The name of a day that is neither.
        public var label: String?
        /// The service's name of the contact it belongs to.
        public var contact: String?

        /// Creates a day.
        public init(kind: String?, label: String? = nil, contact: String? = nil) {
            self.kind = kind
            self.label = label
            self.contact = contact
        }
    }
}
