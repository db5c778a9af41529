/// Which organisation opted in to which ``ApplicationGrant``; none by default.
///
/// ```
/// let grants: ApplicationGrants = ["acme": .serviceAccount(account, mailboxes: ["ada@acme.example"])]
/// ```
public struct ApplicationGrants: Sendable, ExpressibleByDictionaryLiteral {
    private let resolve: @Sendable (_ tenant: TenantID) async throws -> ApplicationGrant?

    /// Creates a source that looks a grant up whenever one is needed, such as in the host's settings.
    ///
    /// - Parameter resolve: The organisation's grant; nil when it did not opt in.
    public init(_ resolve: @escaping @Sendable (_ tenant: TenantID) async throws -> ApplicationGrant?) {
        self.resolve = resolve
    }

    /// The grants of fixed organisations.
    public init(dictionaryLiteral elements: (TenantID, ApplicationGrant)...) {
        let grants = Dictionary(elements) { $1 }
        self.init { grants[$0] }
    }

    /// The grant of an organisation.
    ///
    /// - Throws: `CalendarError.configuration` when it did not opt in.
    func grant(of tenant: TenantID) async throws -> ApplicationGrant {
        guard let grant = try await resolve(tenant) else {
            throw CalendarError(.configuration, "The organisation has no application grant for this service.")
        }
        return grant
    }
}
