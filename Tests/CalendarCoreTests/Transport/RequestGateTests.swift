import CalendarCore
import CalendarTesting
import Foundation
import Synchronization
import Testing

@Suite("Request gate")
struct RequestGateTests {
    private let gate = RequestGate(limit: 2)
    private let clock = ManualClock()
    private let begun = Begun()

    /// The numbers of the requests that began, in order.
    private final class Begun: Sendable {
        private let numbers = Mutex<[Int]>([])

        var all: [Int] { numbers.withLock { $0 } }

        func append(_ number: Int) {
            numbers.withLock { $0.append(number) }
        }
    }

    /// How many requests are under way, and were at most.
    private final class Crowd: Sendable {
        private let counts = Mutex((now: 0, most: 0))

        var most: Int { counts.withLock { $0.most } }

        func enter() {
            counts.withLock {
                $0.now += 1
                $0.most = max($0.most, $0.now)
            }
        }

        func leave() {
            counts.withLock { $0.now -= 1 }
        }
    }

    /// A request that lasts until the clock has moved by so many tens of seconds, started and on its way or waiting.
    private func start(_ number: Int, account: String = "ada", lasting tens: Int, waiting: Int = 0) async throws
        -> Task<Void, any Error>
    {
        let end = clock.now.addingTimeInterval(Double(tens) * 10)
        let (gate, clock, begun) = (gate, clock, begun)
        let sleepers = clock.sleeperCount
        let task = Task {
            try await gate.pass(account) {
                begun.append(number)
                try await clock.sleep(until: end)
            }
        }
        if waiting == 0 {
            try await clock.waitForSleepers(sleepers + 1)
        } else {
            while gate.waiting(account) < waiting { await Task.yield() }
        }
        return task
    }

    @Test("so many of one account run at once, the others follow in the order in which they came")
    func order() async throws {
        let tasks = [
            try await start(0, lasting: 1), try await start(1, lasting: 2), try await start(2, lasting: 3, waiting: 1),
            try await start(3, lasting: 4, waiting: 2), try await start(4, lasting: 5, waiting: 3),
        ]
        #expect(begun.all == [0, 1] as [Int])

        for expected in [[0, 1, 2], [0, 1, 2, 3], [0, 1, 2, 3, 4]] as [[Int]] {
            clock.advance(by: 10)
            try await clock.waitForSleepers(2)
            #expect(begun.all == expected)
        }

        clock.advance(by: 100)
        for task in tasks { try await task.value }
        #expect(gate.waiting("ada") == 0)
    }

    @Test("accounts do not wait for each other")
    func accounts() async throws {
        let first = [try await start(0, lasting: 1), try await start(1, lasting: 1)]
        let other = try await start(2, account: "grace", lasting: 1)

        #expect(begun.all == [0, 1, 2] as [Int])
        clock.advance(by: 10)
        for task in first + [other] { try await task.value }
    }

    @Test("who is cancelled while waiting leaves at once, and the next one takes the place")
    func cancellation() async throws {
        let running = [try await start(0, lasting: 1), try await start(1, lasting: 9)]
        let cancelled = try await start(2, lasting: 9, waiting: 1)
        let next = try await start(3, lasting: 9, waiting: 2)

        cancelled.cancel()

        await #expect(throws: CancellationError.self) { try await cancelled.value }
        #expect(gate.waiting("ada") == 1)
        clock.advance(by: 10)
        try await clock.waitForSleepers(2)
        #expect(begun.all == [0, 1, 3] as [Int])
        clock.advance(by: 100)
        for task in running + [next] { try await task.value }
    }

    @Test("a failure gives the place back")
    func failure() async throws {
        for _ in 0..<5 {
            await #expect(throws: CalendarError.self) {
                try await gate.pass("ada") { throw CalendarError(.unavailable, "Down.") }
            }
        }

        #expect(try await gate.pass("ada") { 1 } == 1)
    }

    @Test("a storm of requests and cancellations never exceeds the limit and loses no place")
    func storm() async throws {
        let (gate, crowd) = (gate, Crowd())
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<120 {
                group.addTask {
                    let attempt = Task {
                        try await gate.pass("ada") {
                            crowd.enter()
                            defer { crowd.leave() }
                            for _ in 0..<(number % 5) { await Task.yield() }
                        }
                    }
                    for _ in 0..<(number % 7) { await Task.yield() }
                    if number.isMultiple(of: 3) { attempt.cancel() }
                    _ = await attempt.result
                }
            }
        }

        #expect(crowd.most == 2)
        #expect(gate.waiting("ada") == 0)
        let last = [try await start(0, lasting: 1), try await start(1, lasting: 1)]
        clock.advance(by: 10)
        for task in last { try await task.value }
    }
}
