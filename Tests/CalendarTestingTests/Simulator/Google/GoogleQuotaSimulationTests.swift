import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("Google simulator: quotas")
struct GoogleQuotaSimulationTests {
    @Test("the minute of a user slides: what was spent a minute ago no longer counts")
    func slidingMinute() async throws {
        let desk = try await GoogleDesk()
        desk.google.quota = SimulatedQuota(perUser: 2)

        let first = try await desk.list()
        desk.clock.advance(by: 30)
        let second = try await desk.list()
        let third = try await desk.list()
        desk.clock.advance(by: 30)
        let fourth = try await desk.list()
        let fifth = try await desk.list()

        let statuses: [Int] = [first.status, second.status, third.status, fourth.status, fifth.status]
        let expected: [Int] = [200, 200, 403, 200, 403]
        #expect(statuses == expected)
        #expect(third.reason == "userRateLimitExceeded")
        #expect(third.body["error"]?["errors"]?[0]["domain"] == "usageLimits")
        #expect(third.headers["Retry-After"] == nil)
    }

    @Test("the project's minute is shared by its users, a user's is not")
    func project() async throws {
        let desk = try await GoogleDesk()
        let grace = try await desk.bearer(for: "grace@example.com")
        desk.google.quota = SimulatedQuota(perUser: 1, perProject: 2)

        let ada = try await desk.list()
        let other = try await desk.call(.get, "calendars/primary/events", token: grace)
        let third = try await desk.list()

        #expect(ada.status == 200)
        #expect(other.status == 200)
        #expect(third.status == 403)
        #expect(third.reason == "rateLimitExceeded")
    }

    @Test("a patch costs three units")
    func patchCost() async throws {
        let desk = try await GoogleDesk()
        let id = try #require(try await desk.insert(GoogleDesk.meeting("Patched")).body["id"]?.string)
        desk.google.quota = SimulatedQuota(perUser: 5)

        let first = try await desk.patch(id, ["summary": "A"])
        let second = try await desk.patch(id, ["summary": "B"])
        let read = try await desk.list()

        let statuses: [Int] = [first.status, second.status, read.status]
        let expected: [Int] = [200, 403, 200]
        #expect(statuses == expected)
        #expect(desk.google.events(of: "ada@example.com").first?.title == "A")
    }

    @Test("the other spelling is 429 rateLimitExceeded, with the wait when there is one")
    func tooManyRequests() async throws {
        let desk = try await GoogleDesk()
        desk.google.quota = SimulatedQuota(perUser: 0, spelling: .tooManyRequests, retryAfter: 7)

        let answer = try await desk.list()

        #expect(answer.status == 429)
        #expect(answer.reason == "rateLimitExceeded")
        #expect(answer.headers["Retry-After"] == "7")
    }

    @Test("the day's limit has a reason of its own")
    func daily() async throws {
        let desk = try await GoogleDesk()
        desk.google.quota = SimulatedQuota(perDay: 1)

        _ = try await desk.list()
        desk.clock.advance(by: 3000)
        let second = try await desk.list()

        #expect(second.status == 403)
        #expect(second.reason == "dailyLimitExceeded")
    }

    @Test("a quotaUser is charged in place of the account")
    func quotaUser() async throws {
        let desk = try await GoogleDesk()
        desk.google.quota = SimulatedQuota(perUser: 1)

        let first = try await desk.list([("quotaUser", "u1")])
        let second = try await desk.list([("quotaUser", "u2")])
        let third = try await desk.list([("quotaUser", "u1")])

        let statuses: [Int] = [first.status, second.status, third.status]
        let expected: [Int] = [200, 200, 403]
        #expect(statuses == expected)
    }

    @Test("an account over the limits against abuse reads and asks, and does not write, until that is lifted")
    func usageLimit() async throws {
        let desk = try await GoogleDesk()
        let grace = try await desk.bearer(for: "grace@example.com")
        desk.google.limitUsage(of: "ada@example.com")
        let question: JSONNode = ["timeMin": "2026-01-07T00:00:00Z", "timeMax": "2026-01-08T00:00:00Z"]

        let refused = try await desk.insert(GoogleDesk.meeting("No"))
        let read = try await desk.list()
        let asked = try await desk.call(.post, "freeBusy", body: question)
        let other = try await desk.call(
            .post,
            "calendars/primary/events",
            body: GoogleDesk.meeting("Yes"),
            token: grace
        )
        desk.google.limitUsage(of: "ada@example.com", false)
        let lifted = try await desk.insert(GoogleDesk.meeting("Yes"))

        #expect(refused.status == 403)
        #expect(refused.reason == "quotaExceeded")
        #expect(refused.body["error"]?["message"] == "Calendar usage limits exceeded.")
        let statuses: [Int] = [read.status, asked.status, other.status, lifted.status]
        let expected: [Int] = [200, 200, 200, 200]
        #expect(statuses == expected)
    }

    @Test("after so many invitations an account's writes are refused for a day")
    func invitations() async throws {
        var desk = try await GoogleDesk()
        desk.google.quota = SimulatedQuota(invitations: 2)
        let guests: JSONNode = ["attendees": [["email": "grace@example.com"], ["email": "x@example.org"]]]

        let first = try await desk.insert(GoogleDesk.meeting("Two guests", guests), [("sendUpdates", "all")])
        let second = try await desk.insert(GoogleDesk.meeting("None", day: 8))
        desk.clock.advance(by: 86_399)
        desk.token = try await desk.bearer(for: "ada@example.com")
        let third = try await desk.insert(GoogleDesk.meeting("None", day: 8))
        desk.clock.advance(by: 1)
        let fourth = try await desk.insert(GoogleDesk.meeting("None", day: 8))

        let statuses: [Int] = [first.status, second.status, third.status, fourth.status]
        let expected: [Int] = [200, 403, 403, 200]
        #expect(statuses == expected)
        #expect(second.reason == "quotaExceeded")
    }

    @Test("nothing is limited at first, and Google's own limits are 600 and 10,000 a minute")
    func defaults() async throws {
        let desk = try await GoogleDesk()

        #expect(desk.google.quota == .unlimited)
        #expect(SimulatedQuota.google == SimulatedQuota(perUser: 600, perProject: 10_000))
    }
}
