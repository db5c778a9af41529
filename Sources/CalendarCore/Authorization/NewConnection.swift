/// What a connection is to become, whatever way its tokens came.
struct NewConnection: Sendable {
    let tenant: TenantID
    let owner: Connection.Owner
    let environment: String?
    let provider: ProviderID
    let account: ExternalAccount
    let clientID: String
    let clientLabel: String
    let grant: Connection.Grant
    /// What it can do, where no scope tells.
    let capabilities: Set<ProviderCapability>?
    let intent: AuthorizationAttempt.Intent

    /// The connection that a completed attempt makes.
    init(_ attempt: AuthorizationAttempt, account: ExternalAccount, client: OAuthClient) {
        tenant = attempt.tenant
        owner = attempt.owner
        environment = attempt.environment
        provider = attempt.provider
        self.account = account
        clientID = client.id
        clientLabel = client.label
        grant = .authorizationCode
        capabilities = nil
        intent = attempt.intent
    }

    /// The connection to one mailbox that the host's own key opens.
    init(
        tenant: TenantID,
        owner: Connection.Owner,
        environment: String?,
        provider: ProviderID,
        mailbox: String,
        capabilities: Set<ProviderCapability>,
        application: ApplicationGrant
    ) {
        self.tenant = tenant
        self.owner = owner
        self.environment = environment
        self.provider = provider
        account = ExternalAccount(key: "mailbox:\(mailbox)", address: mailbox)
        clientID = application.clientID
        clientLabel = application.label
        grant = .application(mailbox: mailbox)
        self.capabilities = capabilities
        intent = .connect
    }
}
