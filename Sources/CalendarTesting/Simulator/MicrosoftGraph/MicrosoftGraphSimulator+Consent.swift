public import Foundation

/// What a person does in the browser and an administrator in the directory.
extension MicrosoftGraphSimulator {
    /// Grants what an authorization address asks for, and gives the address the browser is sent to.
    ///
    /// - Parameters:
    ///   - url: The authorization address.
    ///   - address: Who signs in.
    ///   - scopes: The permissions granted; nil for all. `openid`, `profile`, `email` and `offline_access` are granted
    ///     whenever asked for.
    /// - Returns: The callback with `code`, `state` and `session_state`.
    /// - Throws: `CalendarError.invalidArgument` naming the parameter, where the service shows an error page instead of
    ///   going back.
    public func consent(to url: URL, as address: String, granting scopes: Set<String>? = nil) throws -> URL {
        try withState { state throws in try state.consent(to: url, as: address, granting: scopes) }
    }

    /// Refuses what an authorization address asks for; the callback says `access_denied`.
    public func refuse(_ url: URL) -> URL {
        withState { $0.refuse(url) }
    }

    /// Ends the life of every access token; refresh tokens live on.
    public func expireAccessTokens() {
        withState { $0.accessTokens = [:] }
    }

    /// Revokes an account's refresh tokens; access tokens live on until they expire, as they do at the service.
    public func revoke(_ address: String) {
        withState { state in
            for (token, grant) in state.refreshTokens where grant.address.lowercased() == address.lowercased() {
                state.refreshTokens[token]?.isRevoked = true
            }
        }
    }
}
