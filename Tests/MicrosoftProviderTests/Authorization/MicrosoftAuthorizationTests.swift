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

    @Test(
        "each kind of account has its own sign-in address, and nothing else",
        arguments: [
            (MicrosoftTenant.common, "common"), (.organizations, "organizations"), (.consumers, "consumers"),
            (.directory("acme.example"), "acme.example"),
        ]
    )
    func tenants(tenant: MicrosoftTenant, segment: String) {
        let server = MicrosoftCalendarProvider(configuration: .init(tenant: tenant)).authorizationServer
        let root = "https://login.microsoftonline.com/\(segment)/oauth2/v2.0"

        #expect(server.authorizationEndpoint.absoluteString == root + "/authorize")
        #expect(server.tokenEndpoint.absoluteString == root + "/token")
    }

    @Test("the consent page gets the address to sign in with and the domain; a reconnect names its own account")
    func hints() {
        let server = MicrosoftCalendarProvider().authorizationServer
        func parameters(_ options: ConsentOptions, _ account: ExternalAccount?) -> [String: String] {
            server.consentParameters(ConsentRequest(options: options, account: account, isFurtherAccount: true))
        }
        let hints = ConsentOptions(loginHint: "eve@example.com", domain: "example.com")

        #expect(parameters(ConsentOptions(), nil) == [:])
        #expect(parameters(hints, nil) == ["login_hint": "eve@example.com", "domain_hint": "example.com"])
        let own = parameters(hints, ExternalAccount(key: "t:o", address: "ada@example.com"))
        #expect(own["login_hint"] == "ada@example.com")
        #expect(parameters(ConsentOptions(), ExternalAccount(key: "t:o", address: "")) == [:])
    }

    @Test("the ability to answer claims challenges is declared on request only")
    func claimsChallenges() {
        let configuration = MicrosoftCalendarProvider.Configuration(acceptsClaimsChallenges: true)

        #expect(MicrosoftCalendarProvider().authorizationServer.claims == nil)
        #expect(
            MicrosoftCalendarProvider(configuration: configuration).authorizationServer.claims
                == #"{"access_token":{"xms_cc":{"values":["cp1"]}}}"#
        )
    }

    @Test("a personal account is known by its tenant, and cannot ask for free/busy times")
    func personal() {
        let server = MicrosoftCalendarProvider().authorizationServer
        let personal = ExternalAccount(key: "9188040d-6c67-4c5b-b112-36a304b66dad:o", address: "")

        #expect(server.missingCapabilities(personal) == [.freeBusy])
        let work = ExternalAccount(key: "t:9188040d-6c67-4c5b-b112-36a304b66dad", address: "")
        #expect(server.missingCapabilities(work).isEmpty)
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
