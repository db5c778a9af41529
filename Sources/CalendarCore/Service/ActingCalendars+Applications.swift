extension ActingCalendars {
    /// Connects somebody's mailbox with the key that the organisation's administrator trusts, without their consent.
    ///
    /// The registration holds the key: see ``ApplicationGrant``. It is tried by reading the mailbox's calendars before
    /// anything is stored. Connecting a mailbox again renews the connection it has.
    ///
    /// - Parameters:
    ///   - provider: The service.
    ///   - mailbox: The address, which must be on the organisation's list.
    ///   - owner: Who will own the connection; the organisation by default.
    ///   - environment: The host's label for the environment.
    ///   - capabilities: What the connection is for; decides the scopes asked for.
    /// - Returns: The connection.
    /// - Throws: `permissionDenied` without the permissions `connect` and `view-all` or for a mailbox that is not on the
    ///   list; `configuration`, with the reason `delegationMissing` where the administrator has something to do;
    ///   `duplicate` while the mailbox's owner has it connected. In each case nothing was stored.
    public func connect(
        _ provider: ProviderID,
        impersonating mailbox: String,
        owner: Connection.Owner = .organization,
        environment: String? = nil,
        capabilities: Set<ProviderCapability> = [.listCalendars, .readEvents, .writeEvents, .freeBusy]
    ) async throws -> Connection {
        try service.policy.require(.connect, for: principal)
        return try await service.authorizer.connect(
            try service.registration(provider),
            impersonating: mailbox,
            principal: principal,
            owner: owner,
            environment: environment,
            capabilities: capabilities
        )
    }
}
