import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("Graph simulator: applications in their own name")
struct GraphApplicationTests {
    private static let der = Data([1, 2, 3])
    private let clock = ManualClock(now: Date(timeIntervalSince1970: 1_772_400_000))
    private let crypto = TransparentCryptoSuite()
    private let graph: MicrosoftGraphSimulator
    private let robot = OAuthClient(id: "robot", secret: Secret("s"), redirectURI: "https://host.example.com/admin")

    init() {
        graph = GraphDesk.service(clock)
        graph.addAccount("eve@outlook.com", name: "Eve", zone: .utc)
        graph.register(robot, applicationPermissions: ["Calendars.Read"])
        graph.addCertificate(Self.der, publicKeyPEM: TransparentCryptoSuite.publicKeyPEM(named: "app"), to: "robot")
    }

    private func adminPage(tenant: String = "organizations", _ changes: [String: String] = [:]) throws -> URL {
        var fields = [
            "client_id": "robot", "scope": "https://graph.microsoft.com/.default", "state": "s1",
            "redirect_uri": robot.redirectURI,
        ]
        fields.merge(changes) { $1 }
        let query = FormFields(fields.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }).encoded
        return try #require(URL(string: "https://login.microsoftonline.com/\(tenant)/v2.0/adminconsent?" + query))
    }

    private func token(_ fields: [(String, String)], tenant: String? = nil) async throws -> GraphReply {
        let tenant = tenant ?? graph.directory
        let url = try #require(URL(string: "https://login.microsoftonline.com/\(tenant)/oauth2/v2.0/token"))
        let own = [("grant_type", "client_credentials"), ("client_id", "robot")]
        let body = Data(FormFields(own + fields).encoded.utf8)
        return GraphReply(try await graph.send(HTTPRequest(.post, url, operation: "token", body: body)))
    }

    private static let scope = ("scope", "https://graph.microsoft.com/.default")

    private func get(_ path: String, _ token: GraphReply) async throws -> GraphReply {
        let url = try #require(URL(string: "https://graph.microsoft.com/v1.0" + path))
        let bearer = "Bearer " + (token.json["access_token"]?.string ?? "")
        return GraphReply(
            try await graph.send(HTTPRequest(.get, url, operation: "test", headers: ["Authorization": bearer]))
        )
    }

    private func number(_ reply: GraphReply) -> Int? { reply.json["error_codes"]?.elements.first?.int }

    @Test("F-02: the older page for administrators needs no scope")
    func olderPage() async throws {
        let page = try adminPage().absoluteString.replacing("/v2.0/", with: "/")
        let older = try #require(URL(string: page.replacing(#/&?scope=[^&]*/#, with: "")))

        let callback = try graph.consentAsAdministrator(to: older)
        let reply = try await token([Self.scope, ("client_secret", "s")])

        #expect(callback.absoluteString.contains("admin_consent=True"))
        #expect(reply.json["access_token"]?.string != nil)
    }

    @Test("F-02: an administrator's consent gives the registered permissions, and says for which directory")
    func adminConsent() async throws {
        let before = try await token([Self.scope, ("client_secret", "s")])
        let refused = try graph.refuseAsAdministrator(try adminPage())
        let callback = try graph.consentAsAdministrator(to: try adminPage())
        let after = try await token([Self.scope, ("client_secret", "s")])

        let fields = FormFields(parsing: callback.query(percentEncoded: true) ?? "")
        #expect(fields["admin_consent"] == "True" && fields["tenant"] == graph.directory && fields["state"] == "s1")
        #expect(FormFields(parsing: refused.query(percentEncoded: true) ?? "")["error"] == "access_denied")
        #expect(try await get("/users/\(GraphDesk.nora)/calendars", before).code == "ErrorAccessDenied")
        #expect(try await get("/users/\(GraphDesk.nora)/calendars", after).values.count == 1)
        #expect(after.json.object?.keys == ["token_type", "expires_in", "ext_expires_in", "access_token"])
    }

    @Test(
        "F-02: the page for administrators refuses what makes no sense",
        arguments: [
            ("common", [:], "AADSTS90130"), ("consumers", [:], "AADSTS90130"),
            ("organizations", ["client_id": "x"], "AADSTS700016"),
            ("organizations", ["redirect_uri": "https://evil.example/"], "AADSTS50011"),
            ("organizations", ["scope": ""], "AADSTS900144"),
        ] as [(String, [String: String], String)]
    )
    func adminErrors(tenant: String, changes: [String: String], reason: String) throws {
        let url = try adminPage(tenant: tenant, changes)

        let error = #expect(throws: CalendarError.self) { try graph.consentAsAdministrator(to: url) }

        #expect(error?.reason == reason)
    }

    @Test("F-02: over HTTP an administrator agrees at once")
    func adminBrowser() async throws {
        let reply = try await graph.send(HTTPRequest(.get, try adminPage(), operation: "page"))

        #expect(reply.status == 302)
        #expect(reply.headers["Location"]?.contains("admin_consent=True") == true)
    }

    @Test("F-02: client credentials need one directory, its .default scope and a proof")
    func limits() async throws {
        let proof = ("client_secret", "s")

        let common = try await token([Self.scope, proof], tenant: "common")
        let scope = try await token([("scope", "Calendars.Read"), proof])
        let secret = try await token([Self.scope, ("client_secret", "x")])
        let none = try await token([Self.scope])
        let domain = try await token([Self.scope, proof], tenant: "example.com")

        #expect(number(common) == 9_001_023 && number(scope) == 1_002_012)
        #expect(number(secret) == 7_000_215 && number(none) == 7_000_218)
        #expect(domain.status == 200)
    }

    @Test("F-02: an application reads the mailboxes it is limited to, has no me, and writes only by permission")
    func mailboxes() async throws {
        _ = try graph.consentAsAdministrator(to: try adminPage())
        graph.limitApplication("robot", to: [GraphDesk.nora])
        let token = try await token([Self.scope, ("client_secret", "s")])

        let open = try await get("/users/\(GraphDesk.nora)/calendar", token)
        let closed = try await get("/users/\(GraphDesk.omar)/calendar", token)
        let me = try await get("/me/calendar", token)
        let unknown = try await get("/users/nobody@example.com/calendar", token)
        let personal = try await get("/users/eve@outlook.com/calendar", token)
        let url = try #require(URL(string: "https://graph.microsoft.com/v1.0/users/\(GraphDesk.nora)/calendars"))
        let write = try await graph.send(
            HTTPRequest(
                .post,
                url,
                operation: "test",
                headers: ["Authorization": "Bearer " + (token.json["access_token"]?.string ?? "")],
                body: Data(#"{"name":"X"}"#.utf8)
            )
        )

        #expect(open.status == 200)
        #expect(closed.code == "ErrorAccessDenied" && personal.code == "ErrorAccessDenied")
        #expect(me.status == 400 && unknown.code == "ErrorInvalidUser")
        #expect(write.status == 403)
    }

    /// An assertion with some of its parts changed.
    private func assertion(_ change: String? = nil) throws -> [(String, String)] {
        let now = Int(clock.now.timeIntervalSince1970)
        let endpoint = "https://login.microsoftonline.com/\(graph.directory)/oauth2/v2.0/token"
        let header: JSONNode = [
            "alg": change == "rs256" ? "RS256" : change == "alg" ? "HS256" : "PS256", "typ": "JWT",
            "x5t#S256": .string(Base64URL.encode(crypto.sha256(change == "key" ? Data() : Self.der))),
        ]
        let claims: JSONNode = [
            "aud": .string(change == "aud" ? "https://elsewhere.example" : endpoint),
            "iss": .string(change == "iss" ? "other" : "robot"), "sub": "robot", "jti": "1",
            "nbf": .int(change == "nbf" ? now + 400 : now), "exp": .int(change == "exp" ? now - 400 : now + 600),
        ]
        let signed = Base64URL.encode(header.data) + "." + Base64URL.encode(claims.data)
        let signature = try crypto.sign(
            Data(signed.utf8),
            using: change == "rs256" ? .rs256 : .ps256,
            privateKeyPEM: TransparentCryptoSuite.privateKeyPEM(named: change == "signature" ? "other" : "app")
        )
        return [
            Self.scope, ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
            ("client_assertion", signed + "." + Base64URL.encode(signature)),
        ]
    }

    @Test("F-02: a certificate proves an application, by either algorithm", arguments: [nil, "rs256"])
    func certificate(change: String?) async throws {
        #expect(try await token(try assertion(change)).status == 200)
    }

    @Test(
        "F-02: an assertion that is wrong in one part is an invalid client",
        arguments: [
            ("alg", 5_002_723), ("key", 700_027), ("signature", 700_027), ("iss", 700_027), ("aud", 50012),
            ("nbf", 700_024), ("exp", 700_024),
        ]
    )
    func wrongAssertion(change: String, expected: Int) async throws {
        let reply = try await token(try assertion(change))

        #expect(reply.status == 401 && reply.json["error"]?.string == "invalid_client")
        #expect(number(reply) == expected)
    }
}
