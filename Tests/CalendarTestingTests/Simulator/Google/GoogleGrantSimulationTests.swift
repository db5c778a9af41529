import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("Google simulator: grants and clients")
struct GoogleGrantSimulationTests {
    private static func refresh(_ desk: GoogleDesk, _ token: String, _ more: [String: String] = [:]) async throws
        -> GoogleDesk.Answer
    {
        var fields = ["grant_type": "refresh_token", "refresh_token": token]
        for (name, value) in more { fields[name] = value }
        return try await desk.tokens(fields)
    }

    @Test("while the app is tested, a refresh token lives for seven days and says so")
    func testing() async throws {
        let desk = try await GoogleDesk()
        desk.google.isInTesting = true
        let answer = try await desk.tokens(["code": desk.code(for: "ada@example.com")])
        let token = try #require(answer.body["refresh_token"]?.string)

        desk.clock.advance(by: 604_799)
        let inTime = try await Self.refresh(desk, token)
        desk.clock.advance(by: 1)
        let late = try await Self.refresh(desk, token)

        #expect(answer.body["refresh_token_expires_in"] == 604_799)
        #expect(inTime.status == 200)
        #expect(late.status == 400)
        #expect(late.body["error"] == "invalid_grant")
    }

    @Test("a refresh token that only says who somebody is outlives the testing phase's seven days")
    func testingIdentity() async throws {
        let desk = try await GoogleDesk()
        desk.google.isInTesting = true
        let answer = try await desk.tokens(["code": desk.code(for: "ada@example.com", scopes: "openid email")])
        let token = try #require(answer.body["refresh_token"]?.string)

        desk.clock.advance(by: 8 * 86_400)

        #expect(answer.body["refresh_token_expires_in"] == nil)
        #expect(try await Self.refresh(desk, token).status == 200)
    }

    @Test("a refresh token that nobody uses for six months ends, one that is used lives on")
    func rest() async throws {
        let desk = try await GoogleDesk()
        let used = try desk.google.issueTokens(for: "ada@example.com").refreshToken.reveal()
        let unused = try desk.google.issueTokens(for: "ada@example.com").refreshToken.reveal()

        desk.clock.advance(by: 100 * 86_400)
        let early = try await Self.refresh(desk, used)
        desk.clock.advance(by: 100 * 86_400)
        let late = try await Self.refresh(desk, used)
        let ended = try await Self.refresh(desk, unused)

        let statuses: [Int] = [early.status, late.status, ended.status]
        let expected: [Int] = [200, 200, 400]
        #expect(statuses == expected)
    }

    @Test("the 101st refresh token of an account and client silently ends the first; other accounts are not touched")
    func hundredTokens() async throws {
        let desk = try await GoogleDesk()
        let first = try desk.google.issueTokens(for: "grace@example.com").refreshToken.reveal()
        let second = try desk.google.issueTokens(for: "grace@example.com").refreshToken.reveal()
        let other = try desk.google.issueTokens(for: "ada@example.com").refreshToken.reveal()
        for _ in 3...100 { _ = try desk.google.issueTokens(for: "grace@example.com") }
        let before = try await Self.refresh(desk, first)

        _ = try desk.google.issueTokens(for: "grace@example.com")

        #expect(before.status == 200)
        #expect(try await Self.refresh(desk, first).body["error"] == "invalid_grant")
        #expect(try await Self.refresh(desk, second).status == 200)
        #expect(try await Self.refresh(desk, other).status == 200)
    }

    @Test("a native client has no secret, chooses its loopback port and cannot use another client's tokens")
    func nativeClient() async throws {
        let desk = try await GoogleDesk()
        let native = OAuthClient(id: "native", secret: nil, redirectURI: "http://127.0.0.1/callback")
        desk.google.register(native)
        let redirect = "http://127.0.0.1:50123/callback"
        let changes = ["client_id": "native", "redirect_uri": redirect]
        let callback = try desk.google.consent(to: desk.authorizeURL(changing: changes), as: "ada@example.com")
        let code = FormFields(parsing: callback.query(percentEncoded: true) ?? "")["code"] ?? ""
        let elsewhere = ["client_id": "native", "redirect_uri": "http://127.0.0.1:50123/other"]

        let tokens = try await desk.tokens(changes.merging(["code": code, "client_secret": ""]) { $1 })
        let refreshToken = try #require(tokens.body["refresh_token"]?.string)
        let own = try await Self.refresh(desk, refreshToken, ["client_id": "native", "client_secret": ""])
        let foreign = try await Self.refresh(desk, refreshToken)

        #expect(callback.absoluteString.hasPrefix(redirect + "?"))
        #expect(tokens.status == 200)
        #expect(own.status == 200)
        #expect(foreign.body["error"] == "invalid_grant")
        #expect(throws: CalendarError.self) {
            try desk.google.consent(to: desk.authorizeURL(changing: elsewhere), as: "ada@example.com")
        }
    }

    @Test("a refresh may ask for less, never for more")
    func narrowing() async throws {
        let desk = try await GoogleDesk()
        let token = try desk.google.issueTokens(for: "ada@example.com").refreshToken.reveal()

        let less = try await Self.refresh(desk, token, ["scope": "openid"])
        let more = try await Self.refresh(desk, token, ["scope": "https://mail.google.com/"])

        #expect(less.body["scope"] == "openid")
        #expect(more.body["error"] == "invalid_scope")
    }

    @Test("issued tokens work at once, and the refresh token gives new ones")
    func issued() async throws {
        let desk = try await GoogleDesk()

        let tokens = try desk.google.issueTokens(for: "GRACE@example.com")
        let list = try await desk.call(.get, "calendars/primary", token: tokens.accessToken.reveal())
        let refreshed = try await Self.refresh(desk, tokens.refreshToken.reveal())
        let unknown = #expect(throws: CalendarError.self) { _ = try desk.google.issueTokens(for: "x@example.com") }

        #expect(list.body["id"] == "grace@example.com")
        #expect(refreshed.status == 200)
        #expect(unknown?.field == "address")
        #expect(!"\(tokens)".contains(tokens.accessToken.reveal()))
    }

    @Test("revoking one client's token ends what all clients of the project hold, for that account only")
    func wholeGrant() async throws {
        let desk = try await GoogleDesk()
        let native = OAuthClient(id: "native", secret: nil, redirectURI: "http://127.0.0.1/callback")
        desk.google.register(native)
        let changes = ["client_id": "native", "redirect_uri": "http://127.0.0.1/callback"]
        let callback = try desk.google.consent(to: desk.authorizeURL(changing: changes), as: "ada@example.com")
        let code = FormFields(parsing: callback.query(percentEncoded: true) ?? "")["code"] ?? ""
        let tokens = try await desk.tokens(changes.merging(["code": code]) { $1 })
        let grace = try await desk.bearer(for: "grace@example.com")
        let refreshToken = try #require(tokens.body["refresh_token"]?.string)

        let form = FormFields([("token", refreshToken)]).encoded
        let answer = try await desk.send(.post, "https://oauth2.googleapis.com/revoke", body: Data(form.utf8))
        let inAddress = try await desk.send(.post, "https://oauth2.googleapis.com/revoke?token=\(grace)")

        #expect(answer.status == 200)
        #expect(try await desk.list().status == 401)
        #expect(inAddress.body["error"] == "invalid_token")
        #expect(try await desk.call(.get, "calendars/primary", token: grace).status == 200)
    }
}
