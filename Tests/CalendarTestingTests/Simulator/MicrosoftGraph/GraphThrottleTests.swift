import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("Graph simulator: throttling and overload")
struct GraphThrottleTests {
    @Test("F-02: a mailbox takes so many requests in ten minutes, and those that are refused count as well")
    func window() async throws {
        let desk = try await GraphDesk()
        let omar = try await GraphDesk(desk, as: GraphDesk.omar)
        desk.graph.throttle = GraphThrottle(requests: 2)

        let first = try await desk.call(.get, "/me")
        desk.clock.advance(by: 60)
        let second = try await desk.call(.get, "/me")
        let third = try await desk.call(.get, "/me")
        let others = try await omar.call(.get, "/me")
        // Ten minutes after the first only: the refused one keeps its place in the window.
        desk.clock.advance(by: 540)
        let fourth = try await desk.call(.get, "/me")
        desk.clock.advance(by: 600)
        let fifth = try await desk.call(.get, "/me")

        let statuses: [Int] = [first, second, third, others, fourth, fifth].map(\.status)
        let expected: [Int] = [200, 200, 429, 200, 429, 200]
        #expect(statuses == expected)
        #expect(third.code == "TooManyRequests")
        #expect(third.json["error"]?["innerError"]?["code"] == "429")
        #expect(third.headers["Retry-After"] == "600")
        #expect(fourth.headers["Retry-After"] == "60")
    }

    @Test("F-02: who waits as long as the answer says is let in")
    func waiting() async throws {
        let desk = try await GraphDesk()
        desk.graph.throttle = GraphThrottle(requests: 3)
        for _ in 1...3 {
            _ = try await desk.call(.get, "/me")
            desk.clock.advance(by: 100)
        }

        let refused = try await desk.call(.get, "/me")
        let wait = try #require(refused.headers["Retry-After"].flatMap { Double($0) })
        desk.clock.advance(by: wait)

        #expect(refused.status == 429)
        #expect(try await desk.call(.get, "/me").status == 200)
    }

    @Test(
        "F-02, Trap 22: the wait is whole, has a fraction, is always one or is not said",
        arguments: [(GraphThrottle.Wait.whole, "600"), (.fraction, "600.128"), (.one, "1"), (.missing, nil)]
            as [(GraphThrottle.Wait, String?)]
    )
    func waits(_ wait: GraphThrottle.Wait, _ text: String?) async throws {
        let desk = try await GraphDesk()
        desk.graph.throttle = GraphThrottle(requests: 1, wait: wait)
        _ = try await desk.call(.get, "/me")

        #expect(try await desk.call(.get, "/me").headers["Retry-After"] == text)
    }

    @Test(
        "F-02: too much is spelled in three ways",
        arguments: [
            (GraphThrottle.Spelling.tooManyRequests, "TooManyRequests"),
            (.applicationThrottled, "ApplicationThrottled"), (.unknownError, "UnknownError"),
        ]
    )
    func spellings(_ spelling: GraphThrottle.Spelling, _ code: String) async throws {
        let desk = try await GraphDesk()
        desk.graph.throttle = GraphThrottle(requests: 0, spelling: spelling)

        let reply = try await desk.call(.get, "/me")

        #expect(reply.status == 429)
        #expect(reply.code == code)
        #expect((reply.json["error"]?["message"] == "") == (spelling == .unknownError))
    }

    @Test("the documented limits are ten thousand in ten minutes and four at the same time")
    func documented() {
        #expect(GraphThrottle.documented == GraphThrottle(requests: 10_000, concurrentRequests: 4))
    }

    @Test("F-02: while four requests to a mailbox are under way a fifth is refused, and afterwards there is room again")
    func concurrency() async throws {
        let desk = try await GraphDesk()
        let omar = try await GraphDesk(desk, as: GraphDesk.omar)
        desk.graph.responseTime = 2

        let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 1...4 { group.addTask { try await desk.call(.get, "/me").status } }
            try await desk.clock.waitForSleepers(4)
            let fifth = try await desk.call(.get, "/me")
            group.addTask { try await omar.call(.get, "/me").status }
            try await desk.clock.waitForSleepers(5)
            desk.clock.advance(by: 2)
            var statuses = [fifth.status]
            for try await status in group { statuses.append(status) }
            #expect(fifth.code == "ApplicationThrottled")
            #expect(fifth.headers["Retry-After"] == "10")
            return statuses
        }
        desk.graph.responseTime = 0

        let expected: [Int] = [429, 200, 200, 200, 200, 200]
        #expect(statuses == expected)
        #expect(try await desk.call(.get, "/me").status == 200)
    }

    @Test("F-02: a request takes its time, and its place is free afterwards")
    func responseTime() async throws {
        let desk = try await GraphDesk(clock: ManualClock(advancesWhenSleeping: true))
        desk.graph.throttle = GraphThrottle(concurrentRequests: 1)
        desk.graph.responseTime = 2
        let start = desk.clock.now

        let first = try await desk.call(.get, "/me")
        let second = try await desk.call(.get, "/me")

        #expect(first.status == 200 && second.status == 200)
        #expect(desk.clock.now == start.addingTimeInterval(4))
    }

    @Test("a request that is cancelled while it waits takes no effect")
    func cancelled() async throws {
        let desk = try await GraphDesk()
        desk.graph.throttle = GraphThrottle(concurrentRequests: 1)
        desk.graph.responseTime = 2

        let isCancelled = await withTaskGroup(of: Bool.self) { group in
            group.addTask {
                do {
                    _ = try await desk.create()
                    return false
                } catch {
                    return error is CancellationError
                }
            }
            try? await desk.clock.waitForSleepers()
            group.cancelAll()
            return await group.next()
        }
        desk.graph.responseTime = 0

        #expect(isCancelled == true)
        #expect(desk.graph.events(of: GraphDesk.nora).isEmpty)
    }

    @Test(
        "F-02, Trap 7: views and feeds over windows that are too long fail without a word, shorter ones do not",
        arguments: [503, 504]
    )
    func windows(_ status: Int) async throws {
        let desk = try await GraphDesk()
        let long = desk.view("2026-01-01", "2026-12-31", delta: true)
        let link = try await desk.round(long).next
        desk.graph.failWindows(longerThan: 100, status: status)

        let view = try await desk.call(.get, desk.view("2026-01-01", "2026-12-31"))
        let feed = try await desk.call(.get, long)
        let next = try await desk.call(.get, link)
        let short = try await desk.call(.get, desk.view("2026-01-01", "2026-04-11", delta: true))

        let statuses: [Int] = [view.status, feed.status, next.status, short.status]
        let expected: [Int] = [status, status, status, 200]
        #expect(statuses == expected)
        #expect(feed.code == "UnknownError")
        #expect(feed.json["error"]?["message"] == "")
    }

    @Test(
        "F-02: a fault of the front end is an UnknownError without a word, unless a code is named",
        arguments: [
            ("status:503", "UnknownError"), ("status:504", "UnknownError"),
            ("status:503:reason=serviceNotAvailable", "serviceNotAvailable"), ("status:429", "TooManyRequests"),
        ]
    )
    func faults(_ text: String, _ code: String) async throws {
        let desk = try await GraphDesk()
        desk.graph.add(try SimulatedFault(parsing: text + (text.contains("429") ? ":retryAfter=3" : "")))

        let reply = try await desk.call(.get, "/me")

        #expect(reply.code == code)
        #expect((reply.json["error"]?["message"] == "") == (code == "UnknownError"))
        #expect(reply.headers["Retry-After"] == (text.contains("429") ? "3" : nil))
    }
}
