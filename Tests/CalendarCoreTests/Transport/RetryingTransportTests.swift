import CalendarCore
import Foundation
import Synchronization
import Testing

@Suite("Retrying transport")
struct RetryingTransportTests {
    /// Answers in order, and counts what was asked.
    private final class Answers: HTTPTransport {
        private let left: Mutex<[Result<HTTPResponse, any Error>]>
        private let asked = Mutex(0)

        init(_ answers: [Result<HTTPResponse, any Error>]) {
            left = Mutex(answers)
        }

        var count: Int { asked.withLock { $0 } }

        func send(_ request: HTTPRequest) async throws -> HTTPResponse {
            asked.withLock { $0 += 1 }
            return try left.withLock { try $0.removeFirst().get() }
        }
    }

    /// A clock that jumps to the end of every sleep and remembers how long it was.
    private final class JumpingClock: WallClock {
        private let slept = Mutex<[Double]>([])
        private let start = Date(timeIntervalSince1970: 1_700_000_000)

        var waits: [Double] { slept.withLock { $0 } }

        var now: Date { start.addingTimeInterval(waits.reduce(0, +)) }

        func sleep(until deadline: Date) async throws {
            try Task.checkCancellation()
            let wait = deadline.timeIntervalSince(now)
            slept.withLock { $0.append(wait) }
        }
    }

    private static let half = RandomSource { 1 << 63 }
    private static let lost = CalendarError(.connectionFailed, "Lost.", isOutcomeUnknown: true)
    private static let refused = CalendarError(.connectionFailed, "Refused.")

    private let clock = JumpingClock()

    private func send(_ method: HTTPMethod, over answers: Answers) async throws -> HTTPResponse {
        let url = try #require(URL(string: "https://service.invalid/"))
        return try await RetryingTransport(answers, clock: clock, random: Self.half).send(.probe(url, method))
    }

    @Test("a success is returned at once")
    func success() async throws {
        let answers = Answers([.success(HTTPResponse(status: 200))])

        #expect(try await send(.get, over: answers).status == 200)
        #expect(clock.waits.isEmpty)
    }

    @Test("a throttled request waits as long as asked plus jitter, on the injected clock")
    func throttled() async throws {
        let answers = Answers([
            .success(HTTPResponse(status: 429, headers: ["Retry-After": "2.5"])), .success(HTTPResponse(status: 200)),
        ])

        #expect(try await send(.post, over: answers).status == 200)
        #expect(clock.waits == [3])
    }

    @Test("the last answer is returned unchanged when the attempts are used up")
    func usedUp() async throws {
        let answers = Answers((500...503).map { .success(HTTPResponse(status: $0 == 501 ? 500 : $0)) })

        #expect(try await send(.get, over: answers).status == 503)
        #expect(answers.count == 4)
        #expect(clock.waits == [0.5, 1, 2])
    }

    @Test("R-34: a write whose reply is lost is sent once")
    func lostWrite() async throws {
        let answers = Answers([.failure(Self.lost)])

        await #expect(throws: Self.lost) { try await send(.post, over: answers) }
        #expect(answers.count == 1)
    }

    @Test("a write that never arrived is sent again")
    func refusedWrite() async throws {
        let answers = Answers([.failure(Self.refused), .success(HTTPResponse(status: 201))])

        #expect(try await send(.post, over: answers).status == 201)
        #expect(answers.count == 2)
    }

    @Test("a read is repeated after a lost reply")
    func lostRead() async throws {
        let answers = Answers([.failure(Self.lost), .failure(Self.lost), .success(HTTPResponse(status: 200))])

        #expect(try await send(.get, over: answers).status == 200)
        #expect(answers.count == 3)
    }

    @Test("a body over the limit is not asked for again")
    func tooLarge() async throws {
        let error = CalendarError(.responseTooLarge, "Too large.", isOutcomeUnknown: true)
        let answers = Answers([.failure(error)])

        await #expect(throws: error) { try await send(.get, over: answers) }
        #expect(answers.count == 1)
    }

    @Test("a cancellation is passed on and ends the attempts")
    func cancellation() async throws {
        let answers = Answers([.failure(CancellationError())])

        await #expect(throws: CancellationError.self) { try await send(.get, over: answers) }
        #expect(answers.count == 1)
    }
}
