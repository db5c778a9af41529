/// What became of a connection that was given up.
public struct Disconnection: Sendable, Hashable {
    /// What became of the grant at the service.
    public enum Revocation: Sendable, Hashable {
        /// The service has forgotten the grant, or had already.
        case revoked
        /// Another connection rests on the same grant, so it was left alone.
        case sharedWithOthers
        /// The service revokes nothing for applications; tell the user where to remove the application.
        case notOffered
        /// There was no grant to revoke: the host's own key, or a connection without tokens.
        case notNeeded
        /// The service could not be asked or did not answer; the tokens are deleted here all the same.
        case failed
    }

    /// What became of the grant at the service.
    public let revocation: Revocation
    /// The channels that could not be closed and end by themselves.
    public let openChannels: [ChannelID]

    /// Creates a report.
    public init(revocation: Revocation, openChannels: [ChannelID]) {
        self.revocation = revocation
        self.openChannels = openChannels
    }
}
