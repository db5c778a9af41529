import CalendarCore
import Foundation

/// The applications that the simulated directory knows, and what people and administrators allowed them.
struct GraphAuthorizationState: Sendable {
    /// The directory that all personal accounts belong to.
    static let consumerDirectory = "9188040d-6c67-4c5b-b112-36a304b66dad"
    /// A refresh token that nobody used for so long ends: ninety days.
    static let longestRest: Double = 90 * 86_400
    /// The life of a refresh token of a single-page application, used or not: one day.
    static let singlePageLife: Double = 86_400

    /// The registered applications; the first one is there from the start.
    var applications: [GraphApplication]
    /// The scopes that each account agreed to, by address and client.
    var consented: [String: Set<String>] = [:]
    /// The lowercased addresses that have signed in in the browser.
    var sessions: Set<String> = []
    /// What the service demands of the tokens of an account, by the lowercased address.
    var demands: [String: GraphDemand] = [:]
    var refusal: MicrosoftSignInRefusal?
    /// Where clients reach the service; nil while it plays Microsoft's own hosts.
    var publicRoot: String?
    var welcomesStrangers = false

    init(client: OAuthClient) {
        applications = [
            GraphApplication(
                client: client,
                permissions: ["Calendars.ReadWrite", "MailboxSettings.ReadWrite", "User.Read.All"]
            )
        ]
    }

    /// The application with an id.
    func application(_ id: String?) -> GraphApplication? {
        applications.first { $0.client.id.lowercased() == id?.lowercased() }
    }

    /// The address that issuers and endpoints start with.
    var loginRoot: String { publicRoot ?? "https://login.microsoftonline.com" }

    /// Ends everything an account has open in the browser.
    mutating func revoke(_ address: String) {
        sessions.remove(address.lowercased())
    }

    /// The key of ``consented``.
    static func grant(_ address: String, _ client: String) -> String { address.lowercased() + " " + client }
}

/// A registered application.
struct GraphApplication: Sendable {
    /// A certificate by which it proves who it is.
    struct Certificate: Sendable {
        let thumbprint: String
        let publicKeyPEM: String
    }

    var client: OAuthClient
    var audience = MicrosoftGraphSimulator.SignInAudience.everybody
    var isSinglePage = false
    var certificates: [Certificate] = []
    /// The application permissions that it is registered with.
    var permissions: Set<String>
    /// Those an administrator consented to.
    var granted: Set<String> = []
    /// The lowercased addresses it is limited to in its own name; nil for every mailbox.
    var mailboxes: Set<String>?
}

/// Claims that the service demands of an account's next token.
struct GraphDemand: Sendable {
    let text: String
    let claims: JSONNode
    /// Whether a refresh brings them; otherwise only a sign-in does.
    let isRefreshEnough: Bool
}

/// Whose accounts a path of the sign-in service stands for.
enum GraphDirectory: Hashable, Sendable {
    case common, organizations, consumers, own

    /// Whether an account can sign in there.
    func admits(_ account: GraphAccount) -> Bool {
        switch self {
        case .common: true
        case .organizations, .own: !account.isPersonal
        case .consumers: account.isPersonal
        }
    }
}

extension GraphState {
    /// The directory that a path segment names; nil for one that nobody knows.
    func directory(_ segment: String) -> GraphDirectory? {
        switch segment.lowercased() {
        case "common": return .common
        case "organizations": return .organizations
        case "consumers", GraphAuthorizationState.consumerDirectory: return .consumers
        case tenant: return .own
        case let name:
            let isOwn = accounts.contains { !$0.isPersonal && $0.address.lowercased().hasSuffix("@" + name) }
            return isOwn ? .own : nil
        }
    }

    /// Why an application cannot be used at a path; nil when it can.
    func refusal(of application: GraphApplication, at directory: GraphDirectory?) -> GraphTokenFailure? {
        guard let directory else {
            return GraphTokenFailure(error: "invalid_request", number: 90_002, text: "The tenant was not found.")
        }
        switch (application.audience, directory) {
        case (.everybody, _), (.organizations, .common), (.organizations, .organizations), (.organizations, .own),
            (.oneDirectory, .own), (.personalAccounts, .consumers), (.personalAccounts, .common):
            return nil
        case (.oneDirectory, _):
            let text = "The application is not multi-tenant, so this endpoint does not serve it."
            return GraphTokenFailure(error: "invalid_request", number: 50_194, text: text)
        default:
            let text = "The application was not found in the directory."
            return GraphTokenFailure(error: "unauthorized_client", number: 700_016, text: text)
        }
    }

    /// The directory of an account, as its tokens name it.
    func directoryID(of account: GraphAccount) -> String {
        account.isPersonal ? GraphAuthorizationState.consumerDirectory : tenant
    }

    /// Ends an account's refresh tokens; access tokens live on until they expire.
    mutating func revokeRefreshTokens(of address: String) {
        for (token, grant) in refreshTokens where grant.address.lowercased() == address.lowercased() {
            refreshTokens[token]?.isRevoked = true
        }
    }
}
