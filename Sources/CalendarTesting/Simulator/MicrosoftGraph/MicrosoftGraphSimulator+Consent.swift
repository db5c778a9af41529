import CalendarCore
public import Foundation

/// What a person does in the browser and an administrator in the directory.
extension MicrosoftGraphSimulator {
    /// Grants what an authorization address asks for, and gives the address the browser is sent to.
    ///
    /// An answer in the fragment stands behind `#`; one that is posted is given by the page over HTTP only.
    ///
    /// - Parameters:
    ///   - url: The authorization address.
    ///   - address: Who signs in.
    ///   - scopes: The permissions granted; nil for all. `openid`, `profile`, `email` and `offline_access` are granted
    ///     whenever asked for.
    /// - Returns: The callback with `code`, `state` and `session_state`.
    /// - Throws: `CalendarError.invalidArgument` naming the parameter, where the service shows an error page instead of
    ///   going back; the reason is its number, such as `AADSTS50011`.
    public func consent(to url: URL, as address: String, granting scopes: Set<String>? = nil) throws -> URL {
        let chosen = scopes.map { Set(GraphState.scopes($0.joined(separator: " "))) }
        return try withState { state throws(CalendarError) in
            try state.consent(to: url, as: address, granting: chosen)
        }
    }

    /// Refuses what an authorization address asks for; the callback says `access_denied`.
    public func refuse(_ url: URL) -> URL {
        withState { state in (try? state.refuse(url)) ?? url }
    }

    /// Ends the life of every access token; refresh tokens live on.
    public func expireAccessTokens() {
        withState { $0.accessTokens = [:] }
    }

    /// Revokes an account's sessions and refresh tokens; access tokens live on until they expire, as at the service.
    public func revoke(_ address: String) {
        withState { state in
            state.revokeRefreshTokens(of: address)
            state.authorization.revoke(address)
        }
    }
}
