public import Foundation

/// Which side's value stands where both changed a field differently (requirement F-06).
///
/// Fields that only one side changed are kept under every policy, and whatever stands, a ``SyncConflict`` keeps what
/// both sides said. Who deletes against an edit is no matter of the policy: see ``SyncConflict/Kind``.
public enum ConflictPolicy: String, Hashable, Sendable, Codable, CaseIterable {
    /// The service's value stands.
    case remoteWins
    /// The host's value stands and is sent.
    case localWins
    /// The later edit stands; the service's where its time is not known, or where both are of the same instant.
    case newest
    /// The service's value stands until somebody answers, so that both sides stay equal; the conflict is open till then.
    case ask
}

extension ConflictPolicy {
    /// The side whose value stands.
    ///
    /// - Parameters:
    ///   - localEditedAt: When a user of the host last edited the event.
    ///   - remoteEditedAt: When the service last changed it.
    /// - Returns: The side.
    public func winner(localEditedAt: Date?, remoteEditedAt: Date?) -> SyncConflict.Side {
        switch self {
        case .remoteWins, .ask: return .remote
        case .localWins: return .local
        case .newest:
            guard let localEditedAt, let remoteEditedAt else { return .remote }
            return localEditedAt > remoteEditedAt ? .local : .remote
        }
    }
}
