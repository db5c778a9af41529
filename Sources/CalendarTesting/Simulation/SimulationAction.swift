public import CalendarCore

/// Something that a person or a host does in a simulated run.
public struct SimulationAction: Hashable, Sendable, CustomStringConvertible {
    /// What is done.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// A person makes an event in the service's app.
        case remoteCreate
        /// The user's other account of the service invites the main one.
        case remoteInvite
        /// A person changes an event in the service's app.
        case remoteEdit
        /// A person deletes an event in the service's app.
        case remoteDelete
        /// A person deletes one occurrence of a series in the service's app.
        case remoteCancelOccurrence
        /// A person moves one occurrence of a series in the service's app.
        case remoteMoveOccurrence
        /// A guest answers.
        case remoteGuestAnswer
        /// The user answers an invitation of the other account in the service's app.
        case remoteAnswer
        /// A person makes, changes or deletes an event in the main account's further calendar.
        case remoteTeamwork
        /// A user makes an event in the host.
        case localCreate
        /// A user makes an event in the host that all of the user's connections receive.
        case localCreateEverywhere
        /// A user changes an event in the host.
        case localEdit
        /// A user invites a guest in the host, or no longer.
        case localInvite
        /// A user has an event copied into the other service.
        case localCopy
        /// A user has the copy taken out again.
        case localRemoveCopy
        /// A user deletes an event in the host.
        case localDelete
        /// A user deletes one occurrence of a series in the host.
        case localCancelOccurrence
        /// A user moves one occurrence of a series in the host.
        case localMoveOccurrence
        /// A user changes a whole series in the host through one of its occurrences.
        case localEditSeries
        /// A user ends a series in the host before one of its occurrences.
        case localEndSeries
        /// A user wants the main account's further calendar to be mirrored, or no longer.
        case localSelect
        /// The host syncs a connection.
        case sync
        /// Two workers of the host sync a connection at the same time, and a user edits an event meanwhile.
        case syncTwice
        /// A user connects the other account of the service, which may know the same meetings.
        case connectSecond
        /// A user gives the main account of the service up.
        case disconnect
        /// A user takes the main account of the service up again.
        case reconnect
        /// Time goes by.
        case wait
        /// The service forgets its change feeds.
        case expireFeeds
        /// The service's access tokens expire.
        case expireTokens
    }

    /// What is done.
    public var kind: Kind
    /// The service, by its provider's id.
    public var service: ProviderID
    /// Which of the events there, modulo their number.
    public var pick: Int
    /// Which variant: a field, a shape, an occurrence, a number of hours.
    public var variant: Int

    /// Creates an action.
    public init(_ kind: Kind, _ service: ProviderID, pick: Int = 0, variant: Int = 0) {
        self.kind = kind
        self.service = service
        self.pick = pick
        self.variant = variant
    }

    /// The action as a call that can be written into a test.
    public var description: String {
        ".init(.\(kind.rawValue), \"\(service)\", pick: \(pick), variant: \(variant))"
    }
}
