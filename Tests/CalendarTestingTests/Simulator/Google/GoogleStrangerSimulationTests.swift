import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("Google simulator: clients that know only an address and tokens")
struct GoogleStrangerSimulationTests {
    private static let root = "http://127.0.0.1:8080"

    private func refresh(_ desk: GoogleDesk, client: String, secret: String, token: String) async throws -> Int {
        let form = FormFields([
            ("grant_type", "refresh_token"), ("refresh_token", token), ("client_id", client),
            ("client_secret", secret),
        ])
        return try await desk.send(.post, "\(Self.root)/token", body: Data(form.encoded.utf8)).status
    }

    @Test("a stranger refreshes a token as whoever it says it is, only where strangers are welcome")
    func refreshing() async throws {
        let desk = try await GoogleDesk()
        let tokens = try desk.google.issueTokens(for: "ada@example.com")
        let token = tokens.refreshToken.reveal()

        #expect(try await refresh(desk, client: "stranger", secret: "secret", token: token) == 401)
        desk.google.welcomesStrangers = true
        #expect(try await refresh(desk, client: "stranger", secret: "secret", token: token) == 200)
        #expect(try await refresh(desk, client: "stranger", secret: "secret", token: "1//0other") == 401)
        #expect(try await refresh(desk, client: desk.google.client.id, secret: "wrong", token: token) == 401)
    }

    @Test(
        "the API answers strangers at the root and below half of its path as well",
        arguments: ["/calendars/primary/events", "/calendar/calendars/primary/events", "/users/me/calendarList"]
    )
    func paths(_ path: String) async throws {
        let desk = try await GoogleDesk()
        let headers: HTTPHeaders = ["Authorization": "Bearer \(desk.token)"]

        #expect(try await desk.send(.get, Self.root + path, headers: headers).status == 404)
        desk.google.welcomesStrangers = true
        #expect(try await desk.send(.get, Self.root + path, headers: headers).status == 200)
    }

    @Test(
        "what is no part of the API stays unknown to strangers",
        arguments: ["/", "/elsewhere", "/calendar/elsewhere"]
    )
    func elsewhere(_ path: String) async throws {
        let desk = try await GoogleDesk()
        desk.google.welcomesStrangers = true

        let answer = try await desk.send(.get, Self.root + path, headers: ["Authorization": "Bearer \(desk.token)"])

        #expect(answer.status == 404)
    }

    @Test("a batch of strangers may leave the path out, too", arguments: ["/batch", "/batch/calendar/v3"])
    func batch(_ path: String) async throws {
        let desk = try await GoogleDesk()
        desk.google.welcomesStrangers = true
        let part = "--b\nContent-Type: application/http\n\nGET /calendars/primary HTTP/1.1\n\n\n--b--\n"
        let url = try #require(URL(string: Self.root + path))

        let response = try await desk.google.send(
            HTTPRequest(
                .post,
                url,
                operation: "test",
                headers: [
                    "Authorization": "Bearer \(desk.token)", "Content-Type": "multipart/mixed; boundary=b",
                ],
                body: Data(part.utf8)
            )
        )

        #expect(response.status == 200)
        #expect(String(decoding: response.body, as: UTF8.self).contains("HTTP/1.1 200 OK"))
    }
}
