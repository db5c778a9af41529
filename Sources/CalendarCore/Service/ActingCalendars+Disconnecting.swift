extension ActingCalendars {
    /// Gives a connection up: closes its channels, stops its work, revokes the grant where that is right, and deletes its
    /// tokens (requirement M-10).
    ///
    /// Events on both sides stay, and so does the connection, `disabled`, so that ``reconnect(_:)`` can take up where it
    /// was. No failure at the service keeps the tokens from being deleted. Idempotent: a second call finishes what a
    /// first one left undone.
    ///
    /// - Parameters:
    ///   - connection: The connection.
    ///   - channels: The channels to close, as far as the host keeps any.
    /// - Returns: What became of the grant and the channels.
    /// - Throws: `notFound`, `permissionDenied`, or a failure of the stores.
    @discardableResult
    public func disconnect(
        _ connection: ConnectionID,
        closing channels: [NotificationChannel] = []
    ) async throws -> Disconnection {
        let found = try await self.connection(connection, for: .connect)
        // Closing a channel needs the tokens, which are not given out once the connection is switched off.
        let openChannels = try await close(channels, of: found)
        let now = service.clock.now
        let stopped = try await service.storage.connections.update(found.key) { stored in
            stored.status = .disabled
            stored.demandedClaims = nil
            stored.tokenExpiresAt = nil
            stored.grantExpiresAt = nil
            stored.updatedAt = now
        }
        let revocation = try await revoke(stopped)
        try await service.storage.tokens.deleteCredential(for: found.key)
        return Disconnection(revocation: revocation, openChannels: openChannels)
    }

    private func close(_ channels: [NotificationChannel], of connection: Connection) async throws -> [ChannelID] {
        guard connection.isUsable, service.registrations[connection.provider] != nil else {
            return channels.map(\.id)
        }
        var open: [ChannelID] = []
        for channel in channels {
            do {
                let (provider, session) = try service.open(connection)
                try await provider.closeChannel(channel, session: session)
            } catch is CancellationError {
                throw CancellationError()
            } catch {
                open.append(channel.id)
            }
        }
        return open
    }

    private func revoke(_ connection: Connection) async throws -> Disconnection.Revocation {
        guard connection.grant == .authorizationCode,
            let credential = try await service.storage.tokens.credential(for: connection.key)?.credential
        else { return .notNeeded }
        guard let registration = service.registrations[connection.provider] else { return .failed }
        return try await GrantRevocation(connections: service.storage.connections).revoke(
            credential.refreshToken ?? credential.accessToken,
            of: GrantHolder(
                provider: connection.provider,
                clientID: connection.clientID,
                account: connection.account.key
            ),
            besides: connection.key,
            registration
        )
    }
}
