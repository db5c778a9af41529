import Foundation

/// Whose grant a token stands for: services revoke per account and client, not per token.
package struct GrantHolder: Sendable, Hashable {
    /// The service.
    package let provider: ProviderID
    /// The OAuth client.
    package let clientID: String
    /// The account's key.
    package let account: String
}

/// Gives a grant back to its service (RFC 7009), where that takes nothing away from anybody else.
///
/// Google's revocation removes everything the account granted to the client's project, so it is sent only when no other
/// connection rests on it (https://developers.google.com/identity/protocols/oauth2/web-server#tokenrevoke).
package struct GrantRevocation: Sendable {
    private let connections: any ConnectionRepository

    /// Creates a revocation over the connections that may share a grant.
    package init(connections: any ConnectionRepository) {
        self.connections = connections
    }

    /// Revokes a token.
    ///
    /// - Parameters:
    ///   - token: The refresh token, or the access token where there is none.
    ///   - holder: Whose grant it is.
    ///   - key: The connection that is given up; nil when none was made.
    ///   - registration: The service.
    /// - Returns: What became of it; a failed request is an outcome and no error, because nothing waits for it.
    /// - Throws: `CancellationError`, or a failure of the repository.
    @discardableResult
    package func revoke(
        _ token: Secret,
        of holder: GrantHolder,
        besides key: ConnectionKey?,
        _ registration: ProviderRegistration
    ) async throws -> Disconnection.Revocation {
        guard let endpoint = registration.provider.authorizationServer.revocationEndpoint else { return .notOffered }
        let isShared = try await connections.sharesGrant(
            provider: holder.provider,
            clientID: holder.clientID,
            account: holder.account,
            besides: key
        )
        guard !isShared else { return .sharedWithOthers }
        do {
            let response = try await registration.transport.send(Self.request(token, to: endpoint))
            // 400 says that the token is no longer valid, which is what was wanted.
            return response.isSuccess || response.status == 400 ? .revoked : .failed
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            return .failed
        }
    }

    /// The token goes into the body, never into the address, which logs keep (RFC 9700 section 4.3.2).
    private static func request(_ token: Secret, to endpoint: URL) -> HTTPRequest {
        HTTPRequest(
            .post,
            endpoint,
            operation: "oauth.revoke",
            headers: ["Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"],
            body: Data(FormFields([("token", token.reveal())]).encoded.utf8),
            timeout: .seconds(20),
            responseLimit: 64 * 1024
        )
    }
}
