extension CalendarStorage {
    /// Erases a tenant, or one person's data in it, from all three stores for good (requirement M-53).
    ///
    /// Connections, tokens, attempts, calendars with their cursors and issues, events, the outbox and the change feed go; an
    /// event of a person stays where another connection has it too, for it is somebody else's as well. What others wrote
    /// about a person in their own events is theirs. ``EventRepository/erase(_:)`` has the rules.
    ///
    /// Connections are switched off first and go last, so that a sync which is running gets no more tokens, cannot store
    /// what it has read, and a repetition after a failure finds everything. Erasing twice is the same as once. An edit that
    /// a user began before and stores afterwards is not held up: end the user's sessions first. Services are not asked: to
    /// have grants revoked, disconnect before.
    ///
    /// Ids of the tenant and its connections may stay, so that late writes are recognised, and copies elsewhere do:
    /// exports, backups, and what services hold.
    ///
    /// - Parameter scope: Whose data.
    /// - Throws: A store's failure; doing it again completes it.
    public func erase(_ scope: DataScope) async throws {
        let keys = try await connections.connections(of: scope.tenant).filter { scope.covers($0) }.map(\.key)
        for key in keys {
            do {
                try await connections.update(key) { $0.status = .disabled }
            } catch let error as CalendarError where error.code == .notFound {
                // Somebody else erases it as well.
            }
        }
        for key in keys { try await tokens.deleteCredential(for: key) }
        let erasure: EventErasure =
            scope.user.map { .connections(Set(keys.map(\.connection)), of: scope.tenant, owner: $0) }
            ?? .tenant(scope.tenant)
        try await events.erase(erasure)
        try await connections.erase(scope)
    }
}
