public import Foundation

/// Access that an organisation's administrator gave to the host itself, for the mailboxes on a list.
///
/// Provider modules make these: a Google service account with domain-wide delegation, a Microsoft application with
/// application permissions. Such a key opens every mailbox of the organisation, so a mailbox that is not on the list is
/// refused before anything is signed (requirement M-07). The key is held here and stored nowhere.
public struct ApplicationGrant: Sendable {
    /// Who asks for the token: kept in ``Connection/clientID``.
    public let clientID: String
    /// The name shown to users, kept in ``Connection/clientLabel``.
    public let label: String
    /// The mailboxes that may be opened, in lower case.
    public let mailboxes: Set<String>
    /// The scopes asked for.
    public let scopes: @Sendable (_ capabilities: Set<ProviderCapability>) throws -> [String]
    /// Makes the token request for one mailbox; signs where that is the way.
    public let tokenRequest: @Sendable (_ query: ApplicationTokenQuery) async throws -> ApplicationTokenRequest
    /// Reasons of a refusal which mean that the administrator has not allowed the host, or not these scopes.
    public let delegationRefusals: Set<String>
    /// Where a provider's request goes when it is made for a mailbox instead of somebody signed in.
    public let address: @Sendable (_ url: URL, _ mailbox: String) throws -> URL

    /// Creates a grant; see the properties.
    public init(
        clientID: String,
        label: String,
        mailboxes: some Sequence<String>,
        scopes: @escaping @Sendable (Set<ProviderCapability>) throws -> [String],
        tokenRequest: @escaping @Sendable (ApplicationTokenQuery) async throws -> ApplicationTokenRequest,
        delegationRefusals: Set<String>,
        address: @escaping @Sendable (URL, String) throws -> URL = { url, _ in url }
    ) {
        self.clientID = clientID
        self.label = label
        self.mailboxes = Set(mailboxes.map { $0.lowercased() })
        self.scopes = scopes
        self.tokenRequest = tokenRequest
        self.delegationRefusals = delegationRefusals
        self.address = address
    }

    /// The mailbox in the form it is listed.
    ///
    /// - Throws: `CalendarError.permissionDenied` when it is not on the list.
    func listed(_ mailbox: String) throws(CalendarError) -> String {
        let mailbox = mailbox.lowercased()
        guard mailboxes.contains(mailbox) else {
            throw CalendarError(
                .permissionDenied,
                "The mailbox is not on the list of those that the host's key may open.",
                field: "mailbox"
            )
        }
        return mailbox
    }

    /// A refusal as the missing delegation it means, if it means that (requirement R-19).
    func explaining(_ error: CalendarError) -> CalendarError {
        guard let reason = error.reason, delegationRefusals.contains(reason) else { return error }
        var explained = CalendarError(
            .configuration,
            "The organisation's administrator has not allowed the host's key to do this (\(reason)).",
            reason: "delegationMissing"
        )
        explained.operation = error.operation
        return explained
    }
}

/// What a token is wanted for.
public struct ApplicationTokenQuery: Sendable {
    /// The mailbox to act for.
    public let mailbox: String
    /// The scopes of the token.
    public let scopes: [String]
    /// The token endpoint of the provider's ``AuthorizationServer``.
    public let endpoint: URL
    /// The current time.
    public let now: Date
    /// A text never used before, for a token's `jti`.
    public let identifier: String

    /// Creates a query.
    public init(mailbox: String, scopes: [String], endpoint: URL, now: Date, identifier: String) {
        self.mailbox = mailbox
        self.scopes = scopes
        self.endpoint = endpoint
        self.now = now
        self.identifier = identifier
    }
}

/// A token request that needs nobody's consent.
public struct ApplicationTokenRequest: Sendable {
    /// Where it is sent.
    public let endpoint: URL
    /// The form's fields, in order; values are secrets.
    public let fields: [(name: String, value: Secret)]

    /// Creates a request.
    public init(endpoint: URL, fields: [(name: String, value: Secret)]) {
        self.endpoint = endpoint
        self.fields = fields
    }
}

extension ApplicationTokenQuery: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The scopes, without the mailbox.
    public var description: String { "token query for \(scopes.joined(separator: " "))" }

    /// The scopes, without the mailbox.
    public var debugDescription: String { description }

    /// A mirror of the description alone.
    public var customMirror: Mirror { Mirror(self, children: ["query": description]) }
}

extension ApplicationGrant: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The label and the number of mailboxes.
    public var description: String { "application grant \(label) for \(mailboxes.count) mailboxes" }

    /// The label and the number of mailboxes.
    public var debugDescription: String { description }

    /// A mirror of the description alone.
    public var customMirror: Mirror { Mirror(self, children: ["grant": description]) }
}
