/// What a caller may add to the request for consent; every part is a hint to the service's page.
///
/// Printing it shows nothing: a hint is a mail address as a rule.
public struct ConsentOptions: Sendable, Hashable {
    /// The account the page should offer first: an address, or the key of an ``ExternalAccount``.
    ///
    /// A reconnect names its own account and ignores this.
    public var loginHint: String?
    /// The domain of the organisation whose accounts are wanted, such as `example.com`.
    ///
    /// At Google the id token must say the same, or the attempt fails with `accountMismatch`. Microsoft does not say;
    /// there, set the directory instead.
    public var domain: String?

    /// Creates options.
    public init(loginHint: String? = nil, domain: String? = nil) {
        self.loginHint = loginHint
        self.domain = domain
    }
}

/// What a service's own fields of the authorization request depend on; see ``AuthorizationServer/consentParameters``.
public struct ConsentRequest: Sendable, Hashable {
    /// What the caller added.
    public let options: ConsentOptions
    /// The account that has to come back; nil for a new connection.
    public let account: ExternalAccount?
    /// Whether the owner has connected an account of this service already, so that the page had better ask which.
    public let isFurtherAccount: Bool

    /// Creates a request.
    public init(options: ConsentOptions, account: ExternalAccount?, isFurtherAccount: Bool) {
        self.options = options
        self.account = account
        self.isFurtherAccount = isFurtherAccount
    }
}

extension ConsentOptions: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Says that these are options, not which.
    public var description: String { "consent options" }

    /// Says that these are options, not which.
    public var debugDescription: String { description }

    /// A mirror without children.
    public var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}
