/// What a provider needs for one call on behalf of one connection.
///
/// The transport adds and refreshes the access token and repeats what may be repeated; a provider only builds requests
/// and reads answers.
public struct ProviderSession: Sendable {
    /// The connection.
    public let connection: ConnectionKey
    /// The account's address at the service.
    public let accountAddress: String
    /// The account's stable key at the service.
    public let accountKey: String
    /// The authorised transport.
    public let http: any HTTPTransport
    /// The current time, for windows.
    public let clock: any WallClock

    /// Creates a session.
    public init(
        connection: ConnectionKey,
        accountAddress: String,
        accountKey: String,
        http: any HTTPTransport,
        clock: any WallClock
    ) {
        self.connection = connection
        self.accountAddress = accountAddress
        self.accountKey = accountKey
        self.http = http
        self.clock = clock
    }
}

extension ProviderSession: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The connection's id.
    public var description: String { "session of connection \(connection.connection)" }

    /// The connection's id.
    public var debugDescription: String { description }

    /// A mirror of the description alone.
    public var customMirror: Mirror { Mirror(self, children: ["session": description]) }
}
