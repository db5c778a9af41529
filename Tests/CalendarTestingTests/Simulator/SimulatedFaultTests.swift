import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("Simulated faults")
struct SimulatedFaultTests {
    @Test("a lost reply and a lost request differ in whether the write took effect", arguments: [false, true])
    func lost(isReply: Bool) async throws {
        let desk = try await GoogleDesk()
        desk.google.add(try SimulatedFault(parsing: isReply ? "dropReply" : "loseRequest", method: .post))

        let error = await #expect(throws: CalendarError.self) {
            _ = try await desk.insert(GoogleDesk.meeting("Lost"))
        }

        #expect(error?.code == .connectionFailed)
        #expect(error?.isOutcomeUnknown == true)
        #expect(desk.google.events(of: "ada@example.com").count == (isReply ? 1 : 0))
    }

    @Test("status:429 with a wait refuses as the service does, so many times and only where it matches")
    func status() async throws {
        let desk = try await GoogleDesk()
        desk.google.add(
            try SimulatedFault(parsing: "status:429:retryAfter=2", method: .get, pathContains: "/events", times: 2)
        )

        let first = try await desk.list()
        let other = try await desk.call(.get, "users/me/calendarList")
        let second = try await desk.list()
        let third = try await desk.list()

        #expect(first.status == 429)
        #expect(first.reason == "rateLimitExceeded")
        #expect(first.headers["Retry-After"] == "2")
        #expect(other.status == 200)
        #expect(second.status == 429)
        #expect(third.status == 200)
    }

    @Test("a front end's 503 has an HTML body, and a named reason is answered as JSON")
    func bodies() async throws {
        let desk = try await GoogleDesk()
        desk.google.add(try SimulatedFault(parsing: "status:503"))
        desk.google.add(try SimulatedFault(parsing: "status:403:reason=quotaExceeded"))

        let url = try #require(URL(string: "https://www.googleapis.com/calendar/v3/users/me/calendarList"))
        let html = try await desk.google.send(HTTPRequest(.get, url, operation: "test"))
        let json = try await desk.list()

        #expect(html.status == 503)
        #expect(html.headers["Content-Type"]?.hasPrefix("text/html") == true)
        #expect(String(decoding: html.body, as: UTF8.self).hasPrefix("<!DOCTYPE html>"))
        #expect(json.status == 403)
        #expect(json.reason == "quotaExceeded")
        #expect(json.body["error"]?["errors"]?[0]["domain"] == "usageLimits")
    }

    @Test("an error after the commit leaves the event there")
    func statusAfterEffect() async throws {
        let desk = try await GoogleDesk()
        desk.google.add(try SimulatedFault(parsing: "statusAfter:500", method: .post))

        let answer = try await desk.insert(GoogleDesk.meeting("Made all the same"))

        #expect(answer.status == 500)
        #expect(answer.reason == "backendError")
        #expect(desk.google.events(of: "ada@example.com").map(\.title) == ["Made all the same"])
    }

    @Test("sync tokens expire just before the request that matches is answered")
    func expiredSyncTokens() async throws {
        let desk = try await GoogleDesk()
        let token = try #require(try await desk.list().syncToken)
        desk.google.add(try SimulatedFault(parsing: "expireSyncTokens"))

        let answer = try await desk.list([("syncToken", token)])

        #expect(answer.status == 410)
        #expect(answer.reason == "fullSyncRequired")
    }

    @Test("access tokens expire just before the request that matches is answered")
    func expiredAccessToken() async throws {
        let desk = try await GoogleDesk()
        desk.google.add(try SimulatedFault(parsing: "expireAccessToken"))

        let answer = try await desk.list()

        #expect(answer.status == 401)
        #expect(answer.reason == "authError")
    }

    @Test("a malformed body is no JSON, and the write took effect")
    func malformed() async throws {
        let desk = try await GoogleDesk()
        desk.google.add(try SimulatedFault(parsing: "malformedBody"))

        await #expect(throws: JSONError.self) { _ = try await desk.insert(GoogleDesk.meeting("Broken off")) }

        #expect(desk.google.events(of: "ada@example.com").count == 1)
    }

    @Test("unknown members and values appear in the answer and in its items")
    func unknown() async throws {
        let desk = try await GoogleDesk()
        _ = try await desk.insert(GoogleDesk.meeting("Kept"))
        desk.google.add(try SimulatedFault(parsing: "unknownField"))
        desk.google.add(try SimulatedFault(parsing: "unknownValue:status"))

        let field = try await desk.list()
        let value = try await desk.list()

        #expect(field.body["addedLater"] != nil)
        #expect(field.items.first?["addedLater"] != nil)
        #expect(field.items.first?["summary"] == "Kept")
        #expect(value.items.first?["status"] == "addedLater")
        #expect(value.items.first?["summary"] == "Kept")
    }

    @Test(
        "a text that is no fault is refused and names the field",
        arguments: [
            "", "dropReply:1", "status", "status:", "status:200", "status:600", "status:abc", "status:429:retryAfter",
            "status:429:retryAfter=x", "status:429:retryAfter=-1", "status:429:after=1", "statusAfter:404", "DROPREPLY",
            "unknownValue", "unknownValue:",
        ]
    )
    func unreadable(text: String) {
        let error = #expect(throws: CalendarError.self) { try SimulatedFault(parsing: text) }

        #expect(error?.code == .invalidArgument)
        #expect(error?.field == "fault")
    }

    @Test("the simulated Microsoft service refuses in its own words, with the wait")
    func microsoftStatus() async throws {
        let desk = try await GraphDesk()
        desk.graph.add(try SimulatedFault(parsing: "status:429:retryAfter=2"))

        let refused = try await desk.call(.get, "/me/events")
        let answered = try await desk.call(.get, "/me/events")

        #expect(refused.status == 429)
        #expect(refused.json["error"]?["code"] == "TooManyRequests")
        #expect(refused.headers["Retry-After"] == "2")
        #expect(answered.status == 200)
    }

    @Test("the simulated Microsoft service ends access tokens, and answers an error after the commit")
    func microsoftEffects() async throws {
        let desk = try await GraphDesk()
        desk.graph.add(try SimulatedFault(parsing: "statusAfter:503"))
        desk.graph.add(try SimulatedFault(parsing: "expireAccessToken"))

        let late = try await desk.call(.get, "/me/events")
        let expired = try await desk.call(.get, "/me/events")

        #expect(late.status == 503)
        #expect(expired.status == 401)
        #expect(expired.json["error"]?["code"] == "InvalidAuthenticationToken")
    }
}
