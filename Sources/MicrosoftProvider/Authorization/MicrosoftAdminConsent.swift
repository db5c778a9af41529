public import CalendarCore
public import Foundation

/// The page on which an administrator allows an application for a whole directory
/// (https://learn.microsoft.com/entra/identity-platform/v2-admin-consent).
///
/// The answer names a directory that anybody could have written there, so it is not handed out: bind an organisation to
/// a directory only by an administrator's own sign-in, whose id token names it.
public struct MicrosoftAdminConsent: Sendable {
    private let client: OAuthClient
    private let configuration: MicrosoftCalendarProvider.Configuration
    private let scopes: [String]

    /// Creates the page's address for an application.
    ///
    /// - Parameters:
    ///   - client: The application; its redirect URI receives the answer.
    ///   - configuration: That of the provider, for its cloud and directory.
    ///   - scopes: The permissions; nil means all that the application is registered with, which is the only way to ask
    ///     for application permissions.
    public init(
        client: OAuthClient,
        configuration: MicrosoftCalendarProvider.Configuration = .init(),
        scopes: [String]? = nil
    ) {
        self.client = client
        self.configuration = configuration
        self.scopes = scopes ?? [configuration.cloud.graphOrigin + "/.default"]
    }

    /// The address to send the administrator to.
    ///
    /// - Parameter state: A random text, kept with the administrator's session for ``check(_:state:)``.
    /// - Returns: The address; it carries the state, so keep it out of logs.
    /// - Throws: `CalendarError.configuration` when no address comes of it.
    public func url(state: Secret) throws -> URL {
        // The page knows `organizations` and single directories, but not `common`.
        let directory =
            if case .directory(let name) = configuration.tenant { name } else { "organizations" }
        return try Endpoint(
            configuration.login,
            directory,
            "v2.0",
            "adminconsent",
            query: FormFields([
                ("client_id", client.id), ("scope", scopes.joined(separator: " ")),
                ("redirect_uri", client.redirectURI), ("state", state.reveal()),
            ])
        ).url
    }

    /// Checks the address that the administrator's browser was sent back to.
    ///
    /// - Parameters:
    ///   - callback: The address, with its query.
    ///   - state: The state that was given to ``url(state:)``.
    /// - Throws: `CalendarError.attemptInvalid` for another state, or an answer that grants nothing; `accessDenied` with
    ///   the service's code when the administrator refused.
    public static func check(_ callback: URL, state: Secret) throws {
        let fields = FormFields(parsing: callback.query(percentEncoded: true) ?? "")
        guard fields.values("state").count == 1, Secret(fields["state"] ?? "") == state else {
            throw CalendarError(.attemptInvalid, "The answer belongs to another attempt.", field: "state")
        }
        if let error = fields["error"] {
            throw OAuthErrorCode.refusal(OAuthErrorCode.wellFormed(error)).adding(provider: .microsoft)
        }
        guard fields["admin_consent"]?.lowercased() == "true" else {
            throw CalendarError(.attemptInvalid, "The answer grants nothing.", field: "admin_consent")
        }
    }
}
