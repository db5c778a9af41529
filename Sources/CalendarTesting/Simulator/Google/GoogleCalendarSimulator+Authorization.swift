public import CalendarCore

/// The authorization server: clients, service accounts, and what its administrators decide.
extension GoogleCalendarSimulator {
    /// Registers one more client with the project; one without a secret is a native app.
    ///
    /// A client with an id that exists already takes its place.
    public func register(_ client: OAuthClient) {
        access { service in
            service.authorization.clients.removeAll { $0.id == client.id }
            service.authorization.clients.append(client)
        }
    }

    /// Makes a service account with an empty calendar of its own.
    ///
    /// - Parameters:
    ///   - address: The account's address, the issuer of its assertions.
    ///   - publicKeyPEM: The key that its assertions are checked with.
    ///   - scopes: What an administrator allows it in the name of every user; asking for one more fails as a whole.
    public func addServiceAccount(_ address: String, publicKeyPEM: String, delegatedScopes scopes: Set<String> = []) {
        addAccount(address, name: address, zone: EventZone("UTC"))
        access { service in
            service.authorization.serviceAccounts.removeAll { $0.address == address }
            service.authorization.serviceAccounts.append(
                .init(address: address, publicKeyPEM: publicKeyPEM, delegatedScopes: scopes)
            )
        }
    }

    /// Issues tokens as if the account had agreed, without the consent page.
    ///
    /// - Parameters:
    ///   - address: The account.
    ///   - scopes: What the tokens open.
    /// - Returns: An access token that lives for an hour, and a refresh token of the first client.
    /// - Throws: `CalendarError.invalidArgument` for an account that does not exist.
    public func issueTokens(
        for address: String,
        scopes: [String] = ["openid", "email", "https://www.googleapis.com/auth/calendar"]
    ) throws -> (accessToken: Secret, refreshToken: Secret) {
        let tokens = try access { (service) throws(CalendarError) -> [Secret] in
            guard let index = service.accountIndex(address) else {
                throw CalendarError.invalidArgument("address", "The service has no such account.")
            }
            let holder = service.accounts[index].address
            return service.issueTokens(for: holder, scopes: scopes.map(GoogleScopes.reported).sorted())
        }
        return (tokens[0], tokens[1])
    }

    /// Whether the app is still in "Testing": refresh tokens then end after seven days.
    public var isInTesting: Bool {
        get { access { service in service.authorization.isTesting } }
        set { access { service in service.authorization.isTesting = newValue } }
    }

    /// Why nobody may sign in, or refresh where the reason says so; nil lets everybody.
    public var signInRefusal: GoogleSignInRefusal? {
        get { access { service in service.authorization.refusal } }
        set { access { service in service.authorization.refusal = newValue } }
    }
}

extension GoogleService {
    /// An access token and a refresh token.
    fileprivate mutating func issueTokens(for address: String, scopes: [String]) -> [Secret] {
        authorization.consented[address, default: []].formUnion(scopes)
        let refresh = grantRefresh(address, scopes: scopes, client: client.id)
        let answer = grantAccess(address, scopes: scopes, client: client.id)
        return [Secret(answer["access_token"]?.string ?? ""), Secret(refresh)]
    }
}
