public import Foundation

/// A grant of one external account to a tenant, with its client, scopes, selection and status.
///
/// It holds no secret: tokens live in the ``TokenStore`` alone. Printing one shows ids and status, never the address.
public struct Connection: Sendable, Equatable {
    /// Who a connection belongs to.
    public enum Owner: Hashable, Sendable, Codable {
        /// One user.
        case user(UserID)
        /// The organisation itself.
        case organization
    }

    /// The state of the grant.
    public enum Status: Hashable, Sendable, Codable {
        /// Usable.
        case active
        /// A sync run is under way.
        case syncing
        /// The user has to connect again; the code says why.
        case reconnectRequired(code: String)
        /// Switched off.
        case disabled
    }

    /// How the connection obtains its access tokens.
    public enum Grant: Hashable, Sendable, Codable {
        /// With the refresh token of somebody's consent (RFC 6749 section 4.1).
        case authorizationCode
        /// With the host's own key, for one mailbox; see ``ApplicationGrant``.
        case application(mailbox: String)
    }

    /// The address of the connection.
    public let key: ConnectionKey
    /// Who it belongs to.
    public var owner: Owner
    /// The host's label for the environment; work in one never touches another's.
    public var environment: String?
    /// The service.
    public let provider: ProviderID
    /// The account at the service.
    public var account: ExternalAccount
    /// The OAuth client it was made with, and keeps.
    public var clientID: String
    /// The label of that client.
    public var clientLabel: String
    /// How it obtains its access tokens.
    public var grant: Grant
    /// The scopes that were granted.
    public var grantedScopes: [String]
    /// What the granted scopes allow.
    public var capabilities: Set<ProviderCapability>
    /// The state of the grant.
    public var status: Status
    /// Whether calendars are mirrored; with it off the connection still serves free/busy and scheduling.
    public var isSyncEnabled: Bool
    /// The calendars to mirror, by id.
    public var selection: CalendarSelection
    /// When the access token runs out, as far as known.
    public var tokenExpiresAt: Date?
    /// When the grant itself runs out, for somebody who gave access for a limited time; nil when it does not.
    public var grantExpiresAt: Date?
    /// The claims (JSON) that the service demands of the next grant; a reconnect asks for them.
    public var demandedClaims: String?
    /// When the last sync run ended well.
    public var lastSyncedAt: Date?
    /// The code of the last failure since then.
    public var lastFailure: CalendarError.Code?
    /// Until when the service takes no writes of this account; reading goes on (requirement R-41).
    public var writesPausedUntil: Date?
    /// When it was made.
    public let createdAt: Date
    /// When it last changed.
    public var updatedAt: Date
    /// Counts changes; a store refuses an update made on an older one.
    public var revision: Int

    /// Creates a connection; see the properties.
    public init(
        key: ConnectionKey,
        owner: Owner,
        environment: String? = nil,
        provider: ProviderID,
        account: ExternalAccount,
        clientID: String,
        clientLabel: String,
        grant: Grant = .authorizationCode,
        grantedScopes: [String],
        capabilities: Set<ProviderCapability>,
        status: Status = .active,
        isSyncEnabled: Bool = true,
        selection: CalendarSelection = CalendarSelection(),
        tokenExpiresAt: Date? = nil,
        grantExpiresAt: Date? = nil,
        demandedClaims: String? = nil,
        lastSyncedAt: Date? = nil,
        lastFailure: CalendarError.Code? = nil,
        writesPausedUntil: Date? = nil,
        createdAt: Date,
        updatedAt: Date,
        revision: Int = 0
    ) {
        self.key = key
        self.owner = owner
        self.environment = environment
        self.provider = provider
        self.account = account
        self.clientID = clientID
        self.clientLabel = clientLabel
        self.grant = grant
        self.grantedScopes = grantedScopes
        self.capabilities = capabilities
        self.status = status
        self.isSyncEnabled = isSyncEnabled
        self.selection = selection
        self.tokenExpiresAt = tokenExpiresAt
        self.grantExpiresAt = grantExpiresAt
        self.demandedClaims = demandedClaims
        self.lastSyncedAt = lastSyncedAt
        self.lastFailure = lastFailure
        self.writesPausedUntil = writesPausedUntil
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.revision = revision
    }

    /// What was asked for and is not there, by name: a scope left out, or something this kind of account cannot do.
    public func missing(of asked: Set<ProviderCapability>) -> [ProviderCapability] {
        asked.subtracting(capabilities).sorted()
    }

    /// Whether calls may be made for it: a dead connection causes none (requirement R-14).
    public var isUsable: Bool {
        switch status {
        case .active, .syncing: true
        case .reconnectRequired, .disabled: false
        }
    }
}

/// Which calendars of a connection are mirrored and which one receives new events, by id (requirement M-16).
public struct CalendarSelection: Hashable, Sendable, Codable {
    /// The calendars to mirror; nil means the primary one.
    public var read: [CalendarID]?
    /// The calendar that receives new events; nil means the primary one.
    public var write: CalendarID?

    /// Creates a selection.
    public init(read: [CalendarID]? = nil, write: CalendarID? = nil) {
        self.read = read
        self.write = write
    }

    /// Every calendar with a mirror: those read, then the one written to; empty before the first sync.
    var mirrored: [CalendarID] {
        let read = read ?? []
        return read + [write].compactMap(\.self).filter { !read.contains($0) }
    }
}

extension Connection: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The ids and the status.
    public var description: String { "connection \(key.connection) of \(key.tenant) to \(provider): \(status)" }

    /// The ids and the status.
    public var debugDescription: String { description }

    /// A mirror of the description alone.
    public var customMirror: Mirror { Mirror(self, children: ["connection": description]) }
}

extension Connection.Grant: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The kind of grant, without the mailbox.
    public var description: String {
        switch self {
        case .authorizationCode: "authorization code"
        case .application: "application"
        }
    }

    /// The kind of grant, without the mailbox.
    public var debugDescription: String { description }

    /// A mirror of the description alone.
    public var customMirror: Mirror { Mirror(self, children: ["grant": description]) }
}

extension ExternalAccount: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Says that it is an account, not whose.
    public var description: String { "external account" }

    /// Says that it is an account, not whose.
    public var debugDescription: String { description }

    /// A mirror without children.
    public var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}
