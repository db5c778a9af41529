import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("Google simulator: service accounts")
struct GoogleServiceAccountSimulationTests {
    static let robot = "robot@project.iam.gserviceaccount.com"
    static let events = "https://www.googleapis.com/auth/calendar.events"

    private static func desk() async throws -> GoogleDesk {
        let desk = try await GoogleDesk()
        desk.google.addServiceAccount(
            robot,
            publicKeyPEM: TransparentCryptoSuite.publicKeyPEM(named: "robot"),
            delegatedScopes: [events]
        )
        return desk
    }

    /// Claims issued at 2026-01-05T09:00:00Z for ten minutes.
    private static let claims: JSONNode = [
        "iss": .string(robot), "scope": .string(events), "aud": "https://oauth2.googleapis.com/token",
        "iat": 1_767_603_600, "exp": 1_767_604_200,
    ]

    private static func send(
        _ desk: GoogleDesk,
        _ changes: JSONNode = .object(JSONObject()),
        key: String = "robot",
        algorithm: String = "RS256"
    ) async throws -> GoogleDesk.Answer {
        let header: JSONNode = ["alg": .string(algorithm), "typ": "JWT"]
        let signed = [header.data, claims.merging(changes).data].map(Base64URL.encode).joined(separator: ".")
        let signature = try TransparentCryptoSuite().sign(
            Data(signed.utf8),
            using: .rs256,
            privateKeyPEM: TransparentCryptoSuite.privateKeyPEM(named: key)
        )
        let form = FormFields([
            ("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"),
            ("assertion", "\(signed).\(Base64URL.encode(signature))"),
        ])
        return try await desk.send(.post, "https://oauth2.googleapis.com/token", body: Data(form.encoded.utf8))
    }

    @Test("a signed assertion for a user gives an access token for an hour, and no refresh token")
    func delegated() async throws {
        let desk = try await Self.desk()

        let answer = try await Self.send(desk, ["sub": "ada@example.com"])
        let token = try #require(answer.body["access_token"]?.string)
        let list = try await desk.call(.get, "calendars/ada%40example.com/events", token: token)
        desk.clock.advance(by: 3600)
        let late = try await desk.call(.get, "calendars/ada%40example.com/events", token: token)

        #expect(answer.status == 200)
        #expect(answer.body["refresh_token"] == nil)
        #expect(answer.body["expires_in"] == 3599)
        #expect(list.status == 200)
        #expect(late.status == 401)
    }

    @Test("without a subject the account sees its own empty calendar and cannot invite anybody")
    func own() async throws {
        let desk = try await Self.desk()
        let guests: JSONNode = ["attendees": [["email": "ada@example.com"]]]

        let answer = try await Self.send(desk)
        let token = try #require(answer.body["access_token"]?.string)
        let list = try await desk.call(.get, "calendars/primary/events", token: token)
        let alone = try await desk.call(
            .post,
            "calendars/primary/events",
            body: GoogleDesk.meeting("Alone"),
            token: token
        )
        let invited = try await desk.call(
            .post,
            "calendars/primary/events",
            body: GoogleDesk.meeting("With guests", guests),
            token: token
        )

        #expect(list.status == 200)
        #expect(list.items.isEmpty)
        #expect(alone.status == 200)
        #expect(invited.status == 403)
        #expect(invited.reason == "forbiddenForServiceAccounts")
        #expect(desk.google.mail.isEmpty)
    }

    @Test("a user's delegated token invites guests as the user does")
    func delegatedInvitation() async throws {
        let desk = try await Self.desk()
        let answer = try await Self.send(desk, ["sub": "ada@example.com"])
        let guests: JSONNode = ["attendees": [["email": "grace@example.com"]]]

        let invited = try await desk.call(
            .post,
            "calendars/primary/events",
            body: GoogleDesk.meeting("With guests", guests),
            token: answer.body["access_token"]?.string
        )

        #expect(invited.status == 200)
    }

    @Test("one scope outside the administrator's list fails the whole request")
    func unauthorized() async throws {
        let desk = try await Self.desk()
        let scopes = "\(Self.events) https://www.googleapis.com/auth/calendar.freebusy"

        let answer = try await Self.send(desk, ["sub": "ada@example.com", "scope": .string(scopes)])

        #expect(answer.status == 401)
        #expect(answer.body["error"] == "unauthorized_client")
    }

    @Test(
        "an assertion that breaks a rule is no grant",
        arguments: [
            (["iss": "nobody@project.iam.gserviceaccount.com"], "invalid_grant"),
            (["aud": "https://evil.example.com/token"], "invalid_grant"), (["aud": nil], "invalid_grant"),
            (["iat": 1_767_603_601], "invalid_grant"), (["exp": 1_767_607_201], "invalid_grant"),
            (["iat": 1_767_600_000, "exp": 1_767_603_600], "invalid_grant"), (["exp": nil], "invalid_grant"),
            (["scope": nil], "invalid_scope"), (["scope": "calendar"], "invalid_scope"),
            (["sub": "nobody@example.com"], "invalid_grant"),
        ] as [(JSONNode, String)]
    )
    func refused(change: JSONNode, error: String) async throws {
        let desk = try await Self.desk()

        let answer = try await Self.send(desk, change)

        #expect(answer.status == 400)
        #expect(answer.body["error"]?.string == error)
        #expect(answer.body["access_token"] == nil)
    }

    @Test("another key's signature, another algorithm and an unreadable assertion are no grant")
    func signature() async throws {
        let desk = try await Self.desk()
        let form = FormFields([
            ("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"), ("assertion", "a.b"),
        ])

        let otherKey = try await Self.send(desk, key: "stranger")
        let otherAlgorithm = try await Self.send(desk, algorithm: "none")
        let unreadable = try await desk.send(
            .post,
            "https://oauth2.googleapis.com/token",
            body: Data(form.encoded.utf8)
        )

        #expect(otherKey.body["error"] == "invalid_grant")
        #expect(otherAlgorithm.body["error"] == "invalid_grant")
        #expect(unreadable.body["error"] == "invalid_grant")
    }

    @Test("the audience may be the token endpoint of a simulator on this machine")
    func loopbackAudience() async throws {
        let desk = try await Self.desk()

        let answer = try await Self.send(desk, ["aud": "http://127.0.0.1:8080/token"])

        #expect(answer.status == 200)
    }
}
