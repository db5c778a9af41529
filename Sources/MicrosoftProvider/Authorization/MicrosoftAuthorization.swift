import CalendarCore
import Foundation

/// The OAuth side of the Microsoft identity platform, version 2
/// (https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow).
enum MicrosoftAuthorization {
    /// Graph's resource names, as prefixes of scopes in token answers.
    private static let scopeNames = [
        "User.Read", "Calendars.ReadWrite", "Calendars.Read", "Calendars.ReadBasic", "openid", "profile", "email",
    ]

    /// The authorization server of a configuration.
    static func server(_ configuration: MicrosoftCalendarProvider.Configuration) -> AuthorizationServer {
        let login = configuration.login
        let tenant = configuration.tenant
        let base = login.appending(path: tenant.segment).appending(path: "oauth2/v2.0")
        var server = AuthorizationServer(
            authorizationEndpoint: base.appending(path: "authorize"),
            tokenEndpoint: base.appending(path: "token"),
            authorizationParameters: ["response_mode": "query", "prompt": "select_account"],
            identityScopes: ["openid", "profile", "email", "User.Read"],
            silentScopes: ["offline_access"],
            scopes: [
                .listCalendars: ["Calendars.ReadWrite", "Calendars.Read", "Calendars.ReadBasic"],
                .readEvents: ["Calendars.ReadWrite", "Calendars.Read"],
                .writeEvents: ["Calendars.ReadWrite"],
                .freeBusy: ["Calendars.ReadWrite", "Calendars.Read"],
            ],
            scopeAliases: aliases(graph: configuration.graph),
            account: account(of:),
            isIssuer: { isIssuer($0, $1, login: login, tenant: tenant) },
            failure: MicrosoftTokenFailure.error(for:)
        )
        server.consentParameters = { request in
            var parameters: [String: String] = [:]
            let address = request.account?.address ?? request.options.loginHint
            parameters["login_hint"] = address.flatMap { $0.isEmpty ? nil : $0 }
            parameters["domain_hint"] = request.options.domain
            return parameters
        }
        // "cp1" is the name of the ability to answer a challenge
        // (https://learn.microsoft.com/entra/identity-platform/claims-challenge).
        if configuration.acceptsClaimsChallenges {
            server.claims = #"{"access_token":{"xms_cc":{"values":["cp1"]}}}"#
        }
        // Personal accounts have no getSchedule (https://learn.microsoft.com/graph/api/calendar-getschedule).
        server.missingCapabilities = { isPersonal($0.key) ? [.freeBusy] : [] }
        return server
    }

    /// Whether an account's key is that of a personal account: all of them share one tenant.
    static func isPersonal(_ accountKey: String) -> Bool {
        accountKey.hasPrefix("9188040d-6c67-4c5b-b112-36a304b66dad:")
    }

    /// Token answers name scopes short or with the resource in front, depending on the account.
    private static func aliases(graph: URL) -> [String: String] {
        var hosts = MicrosoftCloud.allCases.compactMap { $0.graphRoot.host() }
        if let host = graph.host(), !hosts.contains(host) { hosts.append(host) }
        var aliases: [String: String] = [:]
        for name in scopeNames {
            if name != name.lowercased() { aliases[name.lowercased()] = name }
            for host in hosts {
                aliases["https://\(host)/\(name)"] = name
                aliases["https://\(host)/\(name.lowercased())"] = name
            }
        }
        return aliases
    }

    /// The account of an id token: tenant and object id are the stable key, the address is for showing only
    /// (https://learn.microsoft.com/entra/identity-platform/id-token-claims-reference).
    @Sendable
    private static func account(of claims: IDTokenClaims) throws -> ExternalAccount {
        guard let tenant = claims["tid"], let object = claims["oid"], !tenant.isEmpty, !object.isEmpty else {
            throw CalendarError(
                .invalidResponse,
                "The id token names no tenant or object id.",
                field: "id_token",
                provider: .microsoft
            )
        }
        let address = [claims["preferred_username"], claims["email"], claims["upn"]].lazy
            .compactMap(\.self).first { $0.contains("@") }
        return ExternalAccount(key: "\(tenant):\(object)", address: address ?? "")
    }

    /// Whether an issuer is this server, for the token's own tenant.
    ///
    /// A callback's `iss` comes without claims; then any tenant of the same host counts, unless one directory is set.
    private static func isIssuer(
        _ issuer: String,
        _ claims: IDTokenClaims?,
        login: URL,
        tenant: MicrosoftTenant
    ) -> Bool {
        var root = login.absoluteString
        while root.hasSuffix("/") { root.removeLast() }
        guard issuer.hasPrefix(root + "/"), issuer.hasSuffix("/v2.0") else { return false }
        let segment = String(issuer.dropFirst(root.count + 1).dropLast("/v2.0".count))
        guard !segment.isEmpty, !segment.contains("/") else { return false }
        if let claims { return claims["tid"] == segment }
        guard case .directory(let name) = tenant, name.count == 36, !name.contains(".") else { return true }
        return name.lowercased() == segment.lowercased()
    }
}
