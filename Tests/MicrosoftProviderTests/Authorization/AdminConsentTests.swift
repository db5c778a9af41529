import CalendarCore
import Foundation
import MicrosoftProvider
import Testing

@Suite("Microsoft: admin consent")
struct AdminConsentTests {
    private let client = OAuthClient(id: "app-1", secret: nil, redirectURI: "https://host.example/admin?x=1")

    @Test(
        "the address asks the directory, or every organisation, for all registered permissions",
        arguments: [
            (MicrosoftTenant.common, "organizations"), (.organizations, "organizations"),
            (.consumers, "organizations"), (.directory("acme.example"), "acme.example"),
        ]
    )
    func address(tenant: MicrosoftTenant, segment: String) throws {
        let consent = MicrosoftAdminConsent(client: client, configuration: .init(tenant: tenant))

        let url = try consent.url(state: Secret("s t"))

        #expect(
            url.absoluteString == "https://login.microsoftonline.com/\(segment)/v2.0/adminconsent?client_id=app-1"
                + "&scope=https%3A%2F%2Fgraph.microsoft.com%2F.default"
                + "&redirect_uri=https%3A%2F%2Fhost.example%2Fadmin%3Fx%3D1&state=s%20t"
        )
    }

    @Test("single permissions and another cloud can be named")
    func scopes() throws {
        let consent = MicrosoftAdminConsent(
            client: client,
            configuration: .init(cloud: .china),
            scopes: ["Calendars.Read", "User.Read"]
        )

        let url = try consent.url(state: Secret("s"))

        #expect(url.host() == "login.chinacloudapi.cn")
        #expect(url.absoluteString.contains("&scope=Calendars.Read%20User.Read&"))
    }

    @Test(
        "an answer counts only with its state, without an error, and when it grants",
        arguments: [
            ("admin_consent=True&tenant=evil&state=s1&scope=x", nil),
            ("admin_consent=True&state=s2", CalendarError.Code.attemptInvalid),
            ("admin_consent=True", .attemptInvalid), ("admin_consent=True&state=s1&state=s1", .attemptInvalid),
            ("state=s1", .attemptInvalid), ("admin_consent=False&state=s1", .attemptInvalid),
            ("admin_consent=True&error=access_denied&state=s1", .accessDenied),
            ("admin_consent=True&error=consent_required&error_description=canary&state=s1", .accessDenied),
            ("error=invalid_client&state=s1", .configuration), ("", .attemptInvalid),
        ] as [(String, CalendarError.Code?)]
    )
    func callback(query: String, expected: CalendarError.Code?) throws {
        let url = try #require(URL(string: "https://host.example/admin?\(query)"))

        let error: CalendarError?
        do {
            try MicrosoftAdminConsent.check(url, state: Secret("s1"))
            error = nil
        } catch let refusal as CalendarError {
            error = refusal
        }

        #expect(error?.code == expected)
        #expect(error.map { !"\($0)".contains("canary") } ?? true)
    }
}
