import CalendarCore
import Foundation
import MicrosoftProvider
import Testing

@Suite("Microsoft: authorization")
struct MicrosoftAuthorizationTests {
    private func claims(_ strings: [String: String]) -> IDTokenClaims {
        IDTokenClaims(strings: strings, expiresAt: nil, audiences: [])
    }

    @Test(
        "each cloud has its own fixed hosts",
        arguments: [
            (MicrosoftCloud.global, "login.microsoftonline.com", "graph.microsoft.com"),
            (.usGovernment, "login.microsoftonline.us", "graph.microsoft.us"),
            (.usGovernmentDoD, "login.microsoftonline.us", "dod-graph.microsoft.us"),
            (.china, "login.chinacloudapi.cn", "microsoftgraph.chinacloudapi.cn"),
        ]
    )
    func clouds(cloud: MicrosoftCloud, login: String, graph: String) {
        let server = MicrosoftCalendarProvider(configuration: .init(cloud: cloud)).authorizationServer

        #expect(server.tokenEndpoint.absoluteString == "https://\(login)/common/oauth2/v2.0/token")
        #expect(server.authorizationEndpoint.absoluteString == "https://\(login)/common/oauth2/v2.0/authorize")
        #expect(cloud.graphRoot.absoluteString == "https://\(graph)/v1.0")
        #expect(server.scopeAliases["https://\(graph)/Calendars.ReadWrite"] == "Calendars.ReadWrite")
    }

    @Test("the consent page is asked for a choice of account and answers in the query")
    func parameters() {
        let server = MicrosoftCalendarProvider().authorizationServer

        #expect(server.authorizationParameters == ["response_mode": "query", "prompt": "select_account"])
        #expect(server.silentScopes == ["offline_access"])
        #expect(server.revocationEndpoint == nil)
    }

    @Test("the account is tenant and object id, and an address that looks like one")
    func account() throws {
        let server = MicrosoftCalendarProvider().authorizationServer
        let work = try server.account(claims(["tid": "t", "oid": "o", "preferred_username": "ada@example.com"]))
        let odd = try server.account(
            claims(["tid": "t", "oid": "o", "preferred_username": "+431", "email": "ada@example.com"])
        )

        #expect(work == ExternalAccount(key: "t:o", address: "ada@example.com"))
        #expect(odd.address == "ada@example.com")
        #expect(throws: CalendarError.self) { try server.account(claims(["sub": "s", "email": "a@example.com"])) }
    }

    @Test(
        "an issuer counts only for the token's own tenant",
        arguments: [
            ("https://login.microsoftonline.com/t1/v2.0", true), ("https://login.microsoftonline.com/t2/v2.0", false),
            ("https://login.microsoftonline.com/common/v2.0", false), ("https://evil.example/t1/v2.0", false),
            ("https://login.microsoftonline.com/t1/", false),
            ("https://login.microsoftonline.com.evil.example/t1/v2.0", false),
        ]
    )
    func issuer(text: String, isIssuer: Bool) {
        let server = MicrosoftCalendarProvider().authorizationServer

        #expect(server.isIssuer(text, claims(["tid": "t1"])) == isIssuer)
    }

    @Test("the environment names the client under either prefix (M-09)", arguments: ["MICROSOFT_CALENDAR", "OUTLOOK"])
    func environment(prefix: String) {
        let descriptor = MicrosoftCalendarProvider().descriptor

        #expect(descriptor.environmentPrefixes.contains(prefix))
        #expect(descriptor.id == "Outlook" && descriptor.mailControl == .always)
    }
}
