import CalendarCore
import CalendarTesting
import Foundation
import MicrosoftProvider
import Testing

@Suite("Microsoft: the window of the change feed")
struct FeedWindowTests {
    /// A fortnight from the clock's first Monday on.
    private static func window(days: Double = 14) throws -> SyncWindow {
        let start = try #require(Date(rfc3339: "2026-01-05T00:00:00Z"))
        return try SyncWindow(start: start, end: start.addingTimeInterval(days * 86_400))
    }

    private static func timeout(_ status: Int = 504, _ code: String = "UnknownError") -> ScriptedTransport.Reply {
        .json("{\"error\":{\"code\":\"\(code)\",\"message\":\"\"}}", status: status)
    }

    private static func link(_ token: String) -> String {
        "https://graph.microsoft.com/v1.0/me/calendars/c/calendarView/delta?\(token)"
    }

    private static func page(_ ids: [String], next: String) -> ScriptedTransport.Reply {
        .json(ScriptedGraph.page(ids.map { ScriptedGraph.event(["id": .string($0)]) }, next: link(next)))
    }

    private static func last(_ ids: [String], delta: String) -> ScriptedTransport.Reply {
        let items = ids.map { ScriptedGraph.event(["id": .string($0)]) }.joined(separator: ",")
        return .json("{\"@odata.deltaLink\":\"\(link(delta))\",\"value\":[\(items)]}")
    }

    /// A whole round; every page costs one step of the script.
    private func round(_ graph: ScriptedGraph, from position: ChangePosition) async throws -> (
        ids: [RemoteEventID], cursor: SyncCursor
    ) {
        var position = position
        var ids: [RemoteEventID] = []
        while true {
            let page = try await graph.changes(position)
            ids += page.changes.compactMap { if case .upserted(let event) = $0 { event.id } else { nil } }
            switch page.continuation {
            case .more(let point): position = .page(point)
            case .end(let cursor): return (ids, cursor)
            }
        }
    }

    /// The windows that were asked for, in days of January; nil for requests that follow a link.
    private func windows(_ graph: ScriptedGraph) -> [String?] {
        graph.transport.requests.map { request in
            let query = FormFields(parsing: request.url.query(percentEncoded: true) ?? "")
            guard let start = query["startDateTime"], let end = query["endDateTime"] else { return nil }
            return "\(start.prefix(10).suffix(2))-\(end.prefix(10).suffix(2))"
        }
    }

    @Test("R-27 a window that times out is halved, each part is a chain of its own, and an increment walks all of them")
    func halves() async throws {
        let graph = ScriptedGraph(
            .expect(operation: "events.delta", Self.timeout()),
            .expect(operation: "events.delta", Self.timeout(503)),
            .expect(operation: "events.delta", Self.page(["a"], next: "$skiptoken=s%2B1")),
            .expect(operation: "events.delta", Self.last(["b"], delta: "$deltatoken=d1")),
            .expect(operation: "events.delta", Self.last(["c"], delta: "$deltatoken=d2")),
            .expect(operation: "events.delta", Self.last(["d", "b"], delta: "$deltatoken=d3")),
            .expect(operation: "events.delta", Self.last([], delta: "$deltatoken=e1")),
            .expect(operation: "events.delta", Self.last(["e"], delta: "$deltatoken=e2")),
            .expect(operation: "events.delta", Self.last([], delta: "$deltatoken=e3"))
        )

        let full = try await round(graph, from: .beginning(try Self.window()))
        let increment = try await round(graph, from: .cursor(full.cursor))

        #expect(full.ids == ["a", "b", "c", "d", "b"])
        #expect(increment.ids == ["e"])
        #expect(windows(graph) == ["05-19", "05-12", "05-08", nil, "08-12", "12-19", nil, nil, nil])
        // Byte for byte as they came, one chain after the other.
        let followed = [3, 6, 7, 8].map { graph.transport.requests[$0].url.absoluteString }
        #expect(
            followed == [
                Self.link("$skiptoken=s%2B1"), Self.link("$deltatoken=d1"), Self.link("$deltatoken=d2"),
                Self.link("$deltatoken=d3"),
            ]
        )
    }

    @Test(
        "R-27 every spelling of a timeout halves the window, and the page is empty",
        arguments: [
            (504, "UnknownError"), (504, ""), (503, "serviceNotAvailable"), (502, "UnknownError"),
            (500, "UnknownError"), (500, "ErrorTimeoutExpired"), (400, "errortimeoutexpired"),
        ]
    )
    func spellings(status: Int, code: String) async throws {
        let graph = ScriptedGraph(.expect(operation: "events.delta", Self.timeout(status, code)))

        let page = try await graph.changes(.beginning(try Self.window()))

        guard case .more = page.continuation else { throw CalendarError(.invalidResponse, "no more") }
        #expect(page.changes.isEmpty)
    }

    @Test(
        "R-27 other failures do not halve anything",
        arguments: [
            (500, "ErrorInternalServerError", CalendarError.Code.unavailable), (400, "ErrorInvalidRequest", .rejected),
            (429, "TooManyRequests", .rateLimited), (403, "ErrorAccessDenied", .forbidden),
        ]
    )
    func otherFailures(status: Int, code: String, expected: CalendarError.Code) async throws {
        let graph = ScriptedGraph(.expect(operation: "events.delta", Self.timeout(status, code)))

        await #expect { try await graph.changes(.beginning(try Self.window())) } throws: {
            ($0 as? CalendarError)?.code == expected
        }
    }

    @Test("an overload that names a time to come back is waited for, not halved")
    func overload() async throws {
        let reply = ScriptedTransport.Reply.json("{}", status: 503, headers: ["Retry-After": "60"])
        let graph = ScriptedGraph(.expect(operation: "events.delta", reply))

        await #expect { try await graph.changes(.beginning(try Self.window())) } throws: {
            ($0 as? CalendarError)?.failureClass == .retry(after: 60)
        }
    }

    @Test("R-27 halving ends at a day with the failure that it is, and the place can be asked again")
    func bounded() async throws {
        let graph = ScriptedGraph(
            .expect(operation: "events.delta", Self.timeout()),
            .expect(operation: "events.delta", Self.timeout()),
            .expect(operation: "events.delta", Self.timeout()),
            .expect(operation: "events.delta", Self.last(["a"], delta: "$deltatoken=d1"))
        )
        var position = ChangePosition.beginning(try Self.window(days: 4))
        for _ in 0..<2 {
            let page = try await graph.changes(position)
            guard case .more(let point) = page.continuation else { throw CalendarError(.invalidResponse, "no more") }
            position = .page(point)
        }

        await #expect { try await graph.changes(position) } throws: {
            ($0 as? CalendarError)?.failureClass == .retry(after: nil)
        }
        let page = try await graph.changes(position)

        #expect(windows(graph) == ["05-09", "05-07", "05-06", "05-06"])
        #expect(page.changes.count == 1)
    }

    @Test("a link that times out is not divided: its window is frozen")
    func frozen() async throws {
        let graph = ScriptedGraph(
            .expect(operation: "events.delta", Self.page(["a"], next: "$skiptoken=s1")),
            .expect(operation: "events.delta", Self.timeout()),
            .expect(operation: "events.delta", Self.last(["b"], delta: "$deltatoken=d1"))
        )
        let first = try await graph.changes(.beginning(try Self.window()))
        guard case .more(let point) = first.continuation else { throw CalendarError(.invalidResponse, "no more") }

        await #expect { try await graph.changes(.page(point)) } throws: {
            ($0 as? CalendarError)?.code == .unavailable
        }
        let rest = try await round(graph, from: .page(point))

        #expect(rest.ids == ["b"])
        #expect(windows(graph) == ["05-19", nil, nil])
    }

    @Test("R-27 what is kept between pages is links and instants, and nothing of the events")
    func opaque() async throws {
        let title = "Cafe with grace@example.com"
        let item = ScriptedGraph.event(["id": "secret-id", "subject": .string(title)])
        let page = ScriptedGraph.page([item], next: Self.link("$skiptoken=s1"))
        let graph = ScriptedGraph(.expect(operation: "events.delta", .json(page)))

        let first = try await graph.changes(.beginning(try Self.window()))

        guard case .more(let point) = first.continuation else { throw CalendarError(.invalidResponse, "no more") }
        #expect(point.rawValue.contains("$skiptoken=s1"))
        #expect(!point.rawValue.contains("secret-id") && !point.rawValue.contains("grace"))
        #expect(point.rawValue.utf8.count < 400)
        let stored = try JSONEncoder().encode(point)
        #expect(try JSONDecoder().decode(ResumePoint.self, from: stored) == point)
    }

    @Test("when time went by, a round begins a new chain, ends with a last look at the old one, and keeps the new one")
    func moving() async throws {
        let graph = ScriptedGraph(
            .expect(operation: "events.delta", Self.last(["a"], delta: "$deltatoken=old")),
            .expect(operation: "events.delta", Self.last(["b"], delta: "$deltatoken=old2")),
            .expect(operation: "events.delta", Self.page(["a"], next: "$skiptoken=new1")),
            .expect(operation: "events.delta", Self.last(["b"], delta: "$deltatoken=new")),
            .expect(operation: "events.delta", Self.last(["c"], delta: "$deltatoken=old3")),
            .expect(operation: "events.delta", Self.last([], delta: "$deltatoken=new2"))
        )
        let full = try await round(graph, from: .beginning(try Self.window()))
        graph.clock.advance(by: 3 * 86_400)
        let early = try await round(graph, from: .cursor(full.cursor))
        graph.clock.advance(by: 86_400)

        let moved = try await round(graph, from: .cursor(early.cursor))
        let next = try await round(graph, from: .cursor(moved.cursor))

        #expect(moved.ids == ["a", "b", "c"])
        #expect(next.ids.isEmpty)
        #expect(windows(graph) == ["05-19", nil, "09-23", nil, nil, nil])
        let followed = [1, 4, 5].map { graph.transport.requests[$0].url.absoluteString }
        #expect(followed == ["$deltatoken=old", "$deltatoken=old2", "$deltatoken=new"].map(Self.link))
    }
}
