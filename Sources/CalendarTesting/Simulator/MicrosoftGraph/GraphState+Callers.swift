import CalendarCore
import Foundation

/// What an access token stands for.
struct GraphAccess: Sendable {
    /// Whose it is; empty for an application in its own name.
    let address: String
    let scopes: [String]
    let expires: Date
    /// What its sign-in brought besides.
    var claims: JSONNode = [:]
    /// The application that acts in its own name; nil for one that acts for somebody.
    var application: String?

    /// Whether the permissions allow a request.
    ///
    /// - Parameters:
    ///   - method: The method.
    ///   - segments: The path below the user.
    ///   - isElsewhere: Whether the mailbox is somebody else's.
    /// - Throws: The refusal.
    func check(_ method: HTTPMethod, _ segments: [String], isElsewhere: Bool) throws(GraphFailure) {
        let words = segments.map { GraphState.function($0.lowercased()) }
        // Watching is reading.
        let isRead = method == .get || words.last == "getschedule" || words.first == "subscriptions"
        let wanted: [String]
        switch words.first {
        case nil:
            let own = isElsewhere || application != nil ? [] : ["User.Read", "User.ReadWrite"]
            wanted = own + ["User.ReadBasic.All", "User.Read.All", "User.ReadWrite.All"]
        case "mailboxsettings": wanted = Self.both("MailboxSettings", isRead: isRead)
        case "outlook" where words.count > 1 && words[1] == "mastercategories":
            wanted = Self.both("MailboxSettings", isRead: isRead)
        case "outlook", "translateexchangeids":
            wanted =
                ["User.Read", "User.ReadBasic.All", "User.Read.All"] + Self.both("MailboxSettings", isRead: true)
                + Self.both("Calendars", isRead: true)
        case "revokesigninsessions": wanted = ["User.RevokeSessions.All", "User.ReadWrite", "User.ReadWrite.All"]
        // Watching is reading.
        case "subscriptions":
            wanted = ["Calendars.ReadBasic", "Calendars.Read", "Calendars.ReadWrite"].flatMap { [$0, $0 + ".Shared"] }
        case "findmeetingtimes": wanted = ["Calendars.Read.Shared", "Calendars.ReadWrite.Shared"]
        default:
            let own = isElsewhere ? [] : Self.both("Calendars", isRead: isRead)
            let basic = isRead && !isElsewhere ? ["Calendars.ReadBasic", "Calendars.ReadBasic.All"] : []
            wanted = own + basic + (isRead ? ["Calendars.Read.Shared"] : []) + ["Calendars.ReadWrite.Shared"]
        }
        let granted = scopes.map { $0.lowercased() }
        guard wanted.contains(where: { granted.contains($0.lowercased()) }) else {
            throw words.isEmpty ? .directoryDenied : .denied
        }
    }

    private static func both(_ name: String, isRead: Bool) -> [String] {
        (isRead ? [name + ".Read"] : []) + [name + ".ReadWrite"]
    }
}

/// Who calls, and whose mailbox it is about.
extension GraphState {
    /// The access behind a request's token.
    func bearer(_ request: HTTPRequest) throws(GraphFailure) -> GraphAccess {
        let authorization = request.headers["Authorization"] ?? ""
        guard authorization.lowercased().hasPrefix("bearer "),
            let access = accessTokens[String(authorization.dropFirst(7))], access.expires > now
        else { throw .unauthenticated }
        if let demand = self.authorization.demands[access.address.lowercased()],
            GraphClaims.declaresChallenges(access.claims), !GraphClaims.cover(access.claims, demand.claims)
        {
            throw GraphFailure(
                status: 401,
                code: "InvalidAuthenticationToken",
                message: "Continuous access evaluation resulted in challenge with result: InteractionRequired.",
                claims: demand.text
            )
        }
        return access
    }

    /// Finds the mailbox that a path is about, and checks that the access opens it.
    ///
    /// - Parameters:
    ///   - method: The method.
    ///   - segments: The path below the version.
    ///   - access: The access.
    /// - Returns: The mailbox, who signed in, and the path below the user.
    /// - Throws: What the service refuses.
    func target(
        _ method: HTTPMethod,
        _ segments: ArraySlice<String>,
        _ access: GraphAccess
    ) throws(GraphFailure) -> (account: Int, viewer: Int?, path: [String]) {
        let viewer = access.application == nil ? index(of: access.address) : nil
        guard viewer != nil || access.application != nil else { throw .unauthenticated }
        let isBelowMailbox = segments.dropFirst().contains { $0.lowercased() == "subscriptions" }
        guard !isBelowMailbox else { throw .badRequest("Resource not found for the segment 'subscriptions'.") }
        switch segments.first?.lowercased() {
        case "subscriptions":
            // Those of applications in their own name are not simulated.
            guard let viewer else { throw .denied }
            try access.check(method, Array(segments), isElsewhere: false)
            return (viewer, viewer, Array(segments))
        case "me":
            guard let viewer else {
                throw .badRequest("/me request is only valid with delegated authentication flow.")
            }
            let path = Array(segments.dropFirst())
            try access.check(method, path, isElsewhere: false)
            return (viewer, viewer, path)
        case "users" where segments.count > 1:
            let name = segments.dropFirst().first ?? ""
            let path = Array(segments.dropFirst(2))
            let found = accounts.firstIndex { $0.id == name.lowercased() } ?? index(of: name)
            guard let account = found else { throw path.isEmpty ? .noResource(name) : .noMailbox }
            if let application = access.application { try checkMailbox(accounts[account], application) }
            try access.check(method, path, isElsewhere: viewer.map { $0 != account } ?? false)
            return (account, viewer, path)
        default: throw .badRequest("Resource not found for the segment '\(segments.first ?? "")'.")
        }
    }

    /// Application permissions end at the limits that an administrator of mailboxes drew.
    private func checkMailbox(_ account: GraphAccount, _ id: String) throws(GraphFailure) {
        guard let application = authorization.application(id), !account.isPersonal,
            application.mailboxes?.contains(account.address.lowercased()) ?? true
        else {
            throw GraphFailure(
                status: 403,
                code: "ErrorAccessDenied",
                message: "Access to OData is disabled: a policy keeps the application from this mailbox."
            )
        }
    }
}

extension GraphFailure {
    /// A person of the directory whom the caller may not see.
    static let directoryDenied = GraphFailure(
        status: 403,
        code: "Authorization_RequestDenied",
        message: "Insufficient privileges to complete the operation."
    )

    /// A mailbox that is nobody's.
    static let noMailbox = GraphFailure(
        status: 404,
        code: "ErrorInvalidUser",
        message: "The requested user is invalid."
    )

    /// Nothing of the directory has this name.
    static func noResource(_ name: String) -> GraphFailure {
        GraphFailure(
            status: 404,
            code: "Request_ResourceNotFound",
            message:
                "Resource '\(name)' does not exist or one of its queried reference-property objects are not present."
        )
    }
}
