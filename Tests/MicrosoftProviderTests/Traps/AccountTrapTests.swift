import CalendarCore
import CalendarTesting
import Foundation
import MicrosoftProvider
import Synchronization
import Testing

@Suite("Microsoft: traps of accounts, identifiers and limits")
struct AccountTrapTests {
    /// A transport that counts the requests under way, each of which takes a few turns.
    private final class Crowd: HTTPTransport {
        private let next = Mutex<(any HTTPTransport)?>(nil)
        private let counts = Mutex((now: 0, most: 0))

        /// Puts it before another transport.
        func before(_ transport: any HTTPTransport) -> Crowd {
            next.withLock { $0 = transport }
            return self
        }

        var most: Int { counts.withLock { $0.most } }

        func send(_ request: HTTPRequest) async throws -> HTTPResponse {
            counts.withLock {
                $0.now += 1
                $0.most = max($0.most, $0.now)
            }
            defer { counts.withLock { $0.now -= 1 } }
            for _ in 0..<20 { await Task.yield() }
            return try await #require(next.withLock(\.self)).send(request)
        }
    }

    @Test("Trap 21: never more than four requests of a mailbox are under way, and all are answered")
    func fourAtOnce() async throws {
        let crowd = Crowd()
        let graph = try await GraphHarness { crowd.before($0) }
        let event = try await graph.create(try Sample.content())

        let titles = try await withThrowingTaskGroup(of: String?.self) { group in
            for _ in 0..<40 { group.addTask { try await graph.event(event.id).content.title } }
            return try await group.reduce(into: [String?]()) { $0.append($1) }
        }

        #expect(titles.count == 40 && titles.allSatisfy { $0 == "Review" })
        #expect(crowd.most == 4)
    }

    @Test(
        "Trap 22: the wait a throttled answer asks for is told as it is, in seconds and parts of them",
        arguments: [("1", 1.0), ("2.128", 2.128), (nil, nil)] as [(String?, Double?)]
    )
    func retryAfter(_ header: String?, _ seconds: Double?) async throws {
        let headers: HTTPHeaders = header.map { ["Retry-After": $0] } ?? [:]
        let answer = #"{"error":{"code":"ApplicationThrottled","message":"over its MailboxConcurrency limit"}}"#
        let graph = ScriptedGraph(.expect(operation: "events.get", .json(answer, status: 429, headers: headers)))

        let error = await #expect(throws: CalendarError.self) { try await graph.event() }

        #expect(error?.code == .rateLimited && error?.retryAfter == seconds)
        #expect(error?.failureClass == .retry(after: seconds))
    }

    @Test("Trap 23: an event that moved to another calendar keeps the id by which it is known")
    func move() async throws {
        let graph = try await GraphHarness()
        let other = graph.simulator.addCalendar("Other", to: GraphHarness.ada, zone: .utc)
        let event = try await graph.create(try Sample.content())

        graph.simulator.move(event.id, of: GraphHarness.ada, to: other)
        let moved = try await graph.provider.event(event.id, in: other, session: graph.session)
        let renamed = try await graph.update(moved) { $0.title = "Other" }

        #expect(renamed.id == event.id)
        #expect(graph.simulator.events(of: GraphHarness.ada, calendar: other).map(\.title) == ["Other"])
    }

    @Test(
        "Trap 24: occurrences share the identifier of their series, whether or not it tells their day",
        arguments: [
            ("040000008200E00074C5B7101A82E00800000000", "040000008200E00074C5B7101A82E00800000000"),
            ("040000008200E00074C5B7101A82E00807EA0303", "040000008200E00074C5B7101A82E00800000000"),
            ("040000008200e00074c5b7101a82e00807ea0303", "040000008200e00074c5b7101a82e00800000000"),
            ("040000008200E00074C5B7101A82E008", "040000008200E00074C5B7101A82E008"),
            ("07ea0303@google.com", "07ea0303@google.com"),
        ]
    )
    func seriesIdentifier(_ head: String, _ expected: String) async throws {
        let tail = head.contains("@") || head.count < 40 ? "" : "10C4D2B7E6A9DB01000000000000000010000000AB"

        let event = try await GraphSeries.event(ScriptedGraph.event(["iCalUId": .string(head + tail)]))

        #expect(event.iCalUID == expected + tail)
    }

    @Test(
        "Trap 30: a mailbox without licence or on premises ends the connection, however deep the code is wrapped",
        arguments: ["MailboxNotEnabledForRESTAPI", "MailboxNotHostedInExchangeOnline", "MailboxNotSupportedForRESTAPI"]
    )
    func unusableMailbox(_ code: String) async throws {
        let wrapped = #"{"error":{"code":"ExtensionError","message":"m","innerError":{"code":"\#(code)"}}}"#
        let plain = #"{"error":{"code":"\#(code)","message":"m"}}"#
        let graph = ScriptedGraph(
            .expect(operation: "events.get", .json(plain, status: 404)),
            .expect(operation: "subscriptions.create", .json(wrapped, status: 400))
        )

        let errors = [
            await #expect(throws: CalendarError.self) { try await graph.event() },
            await #expect(throws: CalendarError.self) {
                try await graph.provider.openChannel(Sample.opening(), session: graph.session)
            },
        ]

        #expect(errors.map { $0?.code } == [.reconnectRequired, .reconnectRequired])
        #expect(graph.transport.remaining == 0)
    }
}
