public import CalendarCore
import Foundation

extension ApplicationGrant {
    /// An application with application permissions, such as `Calendars.ReadWrite` for the whole directory.
    ///
    /// Those permissions open every mailbox; besides the list given here, have the directory's administrator limit them
    /// with role-based access control for applications in Exchange.
    ///
    /// - Parameters:
    ///   - application: The application.
    ///   - mailboxes: Whose calendars it may open.
    ///   - configuration: That of the provider, for its cloud.
    ///   - label: The name shown to users.
    /// - Returns: The grant, for one organisation.
    public static func application(
        _ application: MicrosoftApplication,
        mailboxes: some Sequence<String>,
        configuration: MicrosoftCalendarProvider.Configuration = .init(),
        label: String = "Microsoft application"
    ) -> ApplicationGrant {
        let credentials = ClientCredentials(application: application, login: configuration.login)
        let paths = MailboxPaths(root: configuration.graph)
        // The consented permissions as a whole: client credentials name no single one.
        let scope = configuration.cloud.graphOrigin + "/.default"
        return ApplicationGrant(
            clientID: application.clientID,
            label: label,
            mailboxes: mailboxes,
            scopes: { _ in [scope] },
            tokenRequest: { query in try await credentials.request(query) },
            delegationRefusals: [
                "unauthorized_client", "ErrorAccessDenied", "AccessDenied", "Authorization_RequestDenied",
            ],
            address: { url, mailbox in try paths.address(url, of: mailbox) }
        )
    }
}

/// Where Graph finds a mailbox: as `me` for somebody signed in, and by its name for an application.
struct MailboxPaths {
    let root: URL

    /// The address with `users/{mailbox}` in place of `me`; one that does not begin with `me` stays as it is.
    func address(_ url: URL, of mailbox: String) throws -> URL {
        var base = root.absoluteString
        while base.hasSuffix("/") { base.removeLast() }
        let text = url.absoluteString
        guard text.hasPrefix(base + "/me/") || text == base + "/me" else { return url }
        let rest = text.dropFirst((base + "/me").count)
        guard let address = URL(string: base + "/users/" + PercentEncoding.encode(mailbox) + rest) else {
            throw CalendarError.invalidArgument("mailbox", "The mailbox makes no usable address.")
        }
        return address
    }
}
