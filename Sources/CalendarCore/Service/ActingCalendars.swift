public import Foundation

/// The calendars of one principal: connect, sync, look, schedule.
///
/// A value without state of its own: making one costs nothing, and any number may be used at once.
public struct ActingCalendars: Sendable {
    let service: CalendarService
    /// For whom everything is done.
    public let principal: Principal

    /// Starts connecting an account; send the user's browser to the answer's address.
    ///
    /// - Parameters:
    ///   - provider: The service.
    ///   - owner: Who will own the connection; nil means the principal.
    ///   - environment: The host's label for the environment.
    ///   - capabilities: What the connection is for; decides the scopes asked for.
    ///   - optional: What is asked for too; ``Connection/missing(of:)`` tells what the user left out of it.
    ///   - consent: Hints to the consent page, such as the account or the domain.
    /// - Returns: The address of the consent page and the cookie to set.
    /// - Throws: `permissionDenied`, or `configuration` naming what is missing.
    public func connect(
        _ provider: ProviderID,
        owner: Connection.Owner? = nil,
        environment: String? = nil,
        capabilities: Set<ProviderCapability> = [.listCalendars, .readEvents, .writeEvents, .freeBusy],
        optional: Set<ProviderCapability> = [],
        consent: ConsentOptions = ConsentOptions()
    ) async throws -> AuthorizationStart {
        try service.policy.require(.connect, for: principal)
        return try await service.authorizer.start(
            try service.registration(provider),
            principal: principal,
            owner: owner ?? .user(principal.user),
            environment: environment,
            capabilities: capabilities,
            optional: optional,
            intent: .connect,
            consent: consent
        )
    }

    /// Starts connecting a connection's account again; the connection keeps its id, selection and cursors.
    public func reconnect(_ connection: ConnectionID) async throws -> AuthorizationStart {
        let existing = try await self.connection(connection, for: .connect)
        return try await service.authorizer.start(
            try service.registration(existing.provider),
            principal: principal,
            owner: existing.owner,
            environment: existing.environment,
            capabilities: existing.capabilities,
            intent: .reconnect(connection)
        )
    }

    /// Finishes what ``connect(_:owner:environment:capabilities:optional:consent:)`` started.
    ///
    /// - Parameters:
    ///   - callback: The address the browser was sent to, with its query.
    ///   - cookie: The cookie that was set when the attempt was started.
    /// - Returns: The connection.
    /// - Throws: `attemptInvalid` for a state that is unknown, used, expired or somebody else's; `accessDenied`;
    ///   `scopeMissing`. In each case nothing was changed.
    public func complete(callback: URL, of cookie: Secret) async throws -> Connection {
        try service.policy.require(.connect, for: principal)
        return try await service.authorizer.complete(
            callback: callback,
            cookie: cookie,
            principal: principal,
            registrations: service.registrations
        )
    }

    /// The principal's own connections, oldest first.
    public func connections() async throws -> [Connection] {
        try await service.storage.connections.connections(of: principal.tenant)
            .filter { service.policy.allows(.connect, for: principal, connection: $0) }
    }

    /// The connections whose events the principal may see, oldest first.
    func viewableConnections() async throws -> [Connection] {
        try await service.storage.connections.connections(of: principal.tenant)
            .filter { service.policy.allows(.view, for: principal, connection: $0) }
    }

    /// The calendars a connection's account sees now.
    public func calendars(of connection: ConnectionID) async throws -> [RemoteCalendar] {
        let connection = try await self.connection(connection, for: .connect)
        let (provider, session) = try service.open(connection)
        return try await provider.calendars(session: session)
    }

    /// Chooses which calendars are mirrored and which one receives new events.
    ///
    /// A calendar that is not chosen any more is neither shown nor synced; what is stored of it, and what waits to be sent
    /// to it, stays until it is chosen again.
    ///
    /// - Throws: `invalidArgument` when a calendar is not in the account's list, or cannot be written to.
    public func select(_ selection: CalendarSelection, in connection: ConnectionID) async throws {
        let found = try await calendars(of: connection)
        for id in selection.read ?? [] where !found.contains(where: { $0.id == id }) {
            throw CalendarError.invalidArgument("read", "A chosen calendar is not in the account's list.")
        }
        if let target = selection.write, !found.contains(where: { $0.id == target && $0.access >= .write }) {
            throw CalendarError.invalidArgument("write", "The calendar for new events cannot be written to.")
        }
        let key = ConnectionKey(tenant: principal.tenant, connection: connection)
        try await service.storage.connections.update(key) { stored in
            stored.selection = selection
            stored.updatedAt = service.clock.now
        }
    }

    /// A connection that the principal may use for something.
    ///
    /// - Throws: `notFound`, also for a connection of another tenant, or `permissionDenied`.
    func connection(_ id: ConnectionID, for permission: Permission) async throws -> Connection {
        let key = ConnectionKey(tenant: principal.tenant, connection: id)
        guard let connection = try await service.storage.connections.connection(key) else {
            throw CalendarError(.notFound, "There is no such connection.", identifier: id.rawValue)
        }
        try service.policy.require(permission, for: principal, connection: connection)
        return connection
    }
}
