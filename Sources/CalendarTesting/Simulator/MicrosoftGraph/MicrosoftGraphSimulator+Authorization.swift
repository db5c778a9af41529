public import CalendarCore
public import Foundation

/// The sign-in service: applications, their permissions, and what administrators and policies decide.
extension MicrosoftGraphSimulator {
    /// Whose accounts an application is registered for.
    public enum SignInAudience: Hashable, Sendable, CaseIterable {
        /// Accounts of all organisations, and personal ones.
        case everybody
        /// Accounts of all organisations.
        case organizations
        /// Accounts of the simulated directory; `common` and its like then answer AADSTS50194.
        case oneDirectory
        /// Personal accounts.
        case personalAccounts

        func admits(_ account: GraphAccount) -> Bool {
            switch self {
            case .everybody: true
            case .organizations, .oneDirectory: !account.isPersonal
            case .personalAccounts: account.isPersonal
            }
        }
    }

    /// The id of the directory that all accounts of organisations belong to; their domains name it, too.
    ///
    /// Accounts at `outlook.com`, `hotmail.com`, `live.com` and `msn.com` are personal and belong to no organisation.
    public var directory: String { withState { $0.tenant } }

    /// The address at which clients reach the sign-in service when it is served; nil while it plays Microsoft's own.
    ///
    /// Issuers, the discovery document and the audience of client assertions begin with it.
    public var publicRoot: URL? {
        get { withState { $0.authorization.publicRoot.flatMap { URL(string: $0) } } }
        set {
            let text = newValue?.absoluteString
            withState { $0.authorization.publicRoot = text.map { $0.hasSuffix("/") ? String($0.dropLast()) : $0 } }
        }
    }

    /// Whether people and clients are served that nobody made known; not at first.
    ///
    /// An unknown address that signs in gets an account, and tokens are refreshed for clients that are not registered.
    public var welcomesStrangers: Bool {
        get { withState { $0.authorization.welcomesStrangers } }
        set { withState { $0.authorization.welcomesStrangers = newValue } }
    }

    /// Registers one more application; one with the same client id takes its place.
    ///
    /// - Parameters:
    ///   - client: The client; one without a secret is public until a certificate is added.
    ///   - audience: Who may sign in to it.
    ///   - isSinglePage: Whether it redeems codes in the browser: its refresh tokens then end after a day.
    ///   - permissions: The application permissions it asks administrators for, such as `Calendars.ReadWrite`.
    public func register(
        _ client: OAuthClient,
        audience: SignInAudience = .everybody,
        isSinglePage: Bool = false,
        applicationPermissions permissions: Set<String> = []
    ) {
        withState { state in
            let new = GraphApplication(
                client: client,
                audience: audience,
                isSinglePage: isSinglePage,
                permissions: permissions
            )
            let known = state.authorization.applications.firstIndex { $0.client.id == client.id }
            if let known {
                state.authorization.applications[known] = new
            } else {
                state.authorization.applications.append(new)
            }
        }
    }

    /// Registers a certificate by which an application proves who it is; nothing happens for an unknown client id.
    ///
    /// - Parameters:
    ///   - der: The certificate in DER form.
    ///   - publicKeyPEM: Its public key, which assertions are checked with.
    ///   - clientID: The application's client id.
    public func addCertificate(_ der: Data, publicKeyPEM: String, to clientID: String) {
        changeApplication(clientID) { application, crypto in
            let thumbprint = Base64URL.encode(crypto.sha256(der))
            application.certificates.append(.init(thumbprint: thumbprint, publicKeyPEM: publicKeyPEM))
        }
    }

    /// Limits an application to some mailboxes in its own name, as access policies do; nil lifts the limit.
    public func limitApplication(_ clientID: String, to mailboxes: Set<String>?) {
        let addresses = mailboxes.map { Set($0.map { $0.lowercased() }) }
        changeApplication(clientID) { application, _ in application.mailboxes = addresses }
    }

    private func changeApplication(
        _ clientID: String,
        _ change: @Sendable (inout GraphApplication, any CryptoSuite) -> Void
    ) {
        withState { state in
            for index in state.authorization.applications.indices
            where state.authorization.applications[index].client.id == clientID {
                change(&state.authorization.applications[index], state.crypto)
            }
        }
    }

    /// Issues tokens of the first client as if the account had agreed, without the consent page.
    ///
    /// - Parameters:
    ///   - address: The account.
    ///   - scopes: What the tokens open; a refresh token comes with them in any case.
    /// - Returns: An access token and a refresh token.
    /// - Throws: `CalendarError.invalidArgument` for an account that does not exist.
    public func issueTokens(
        for address: String,
        scopes: [String] = [
            "openid", "profile", "email", "offline_access", "User.Read", "MailboxSettings.ReadWrite",
            "Calendars.ReadWrite", "Calendars.ReadWrite.Shared",
        ]
    ) throws -> (accessToken: Secret, refreshToken: Secret) {
        let tokens = try withState { state throws(CalendarError) -> [Secret] in
            guard let index = state.index(of: address) else {
                throw CalendarError.invalidArgument("address", "The service has no such account.")
            }
            let scopes = GraphState.scopes(scopes.joined(separator: " "))
            let pair = state.issueTokens(for: state.accounts[index].address, scopes: scopes)
            return [Secret(pair.access), Secret(pair.refresh)]
        }
        return (tokens[0], tokens[1])
    }

    /// Plays an administrator's browser on the page that allows an application for the whole directory.
    ///
    /// - Parameter url: The page's address, `/{tenant}/v2.0/adminconsent`, or the older one without `v2.0`.
    /// - Returns: The callback's address with `admin_consent`, `tenant`, `scope` and `state`.
    /// - Throws: `CalendarError.invalidArgument` naming the parameter, where the page shows an error.
    public func consentAsAdministrator(to url: URL) throws -> URL {
        try withState { state throws(CalendarError) in try state.consentAsAdministrator(to: url, isRefused: false) }
    }

    /// Refuses as an administrator; the callback says `access_denied`.
    ///
    /// - Parameter url: The page's address.
    /// - Returns: The callback's address.
    /// - Throws: `CalendarError.invalidArgument` naming the parameter, where the page shows an error.
    public func refuseAsAdministrator(_ url: URL) throws -> URL {
        try withState { state throws(CalendarError) in try state.consentAsAdministrator(to: url, isRefused: true) }
    }

    /// Why nobody may sign in or get tokens; nil lets everybody.
    ///
    /// The token endpoint answers each of them; the page shows or sends back those that people meet there.
    public var signInRefusal: MicrosoftSignInRefusal? {
        get { withState { $0.authorization.refusal } }
        set { withState { $0.authorization.refusal = newValue } }
    }

    /// Demands claims of an account's tokens, as a policy does that changed while they live; nil demands nothing.
    ///
    /// Only tokens of clients that declared to answer challenges (`cp1`) are challenged: their requests answer 401 with
    /// `insufficient_claims` until a token has the claims.
    ///
    /// - Parameters:
    ///   - claims: The claims, a JSON object such as `{"access_token":{"nbf":{"essential":true,"value":"1"}}}`.
    ///   - address: The account.
    ///   - isRefreshEnough: Whether a refresh that asks for the claims brings them; otherwise it fails with
    ///     `interaction_required`, and only a sign-in that asks for them does.
    public func demandClaims(_ claims: String?, of address: String, isRefreshEnough: Bool = true) {
        let demand = claims.map { text in
            guard let node = GraphClaims.read(text) else { preconditionFailure("the claims are no JSON object") }
            return GraphDemand(text: text, claims: node, isRefreshEnough: isRefreshEnough)
        }
        withState { $0.authorization.demands[address.lowercased()] = demand }
    }
}
