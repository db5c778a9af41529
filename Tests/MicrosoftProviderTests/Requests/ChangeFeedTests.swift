import CalendarCore
import CalendarTesting
import Foundation
import MicrosoftProvider
import Testing

@Suite("Microsoft: the change feed")
struct ChangeFeedTests {
    private static let next = "https://graph.microsoft.com/v1.0/me/calendars/c/calendarView/delta?$skiptoken=s1"

    /// A position that was kept, of one chain.
    private static func stored(_ link: String) -> String {
        "{\"window\":{\"start\":0,\"end\":86400000},\"at\":1767603600000,\"index\":0,"
            + "\"chains\":[{\"start\":0,\"end\":86400000,\"link\":\"\(link)\"}]}"
    }

    @Test("n pages cost n requests, and a poll without changes costs one (R-24)")
    func traffic() async throws {
        let first = ScriptedGraph.page([ScriptedGraph.event()], next: Self.next)
        let graph = ScriptedGraph(
            .expect(
                .get,
                path: "/v1.0/me/calendars/AAMk%2Fcal%2B1%3D%3D/calendarView/delta",
                .json(first)
            ),
            .expect(operation: "events.delta", .json(ScriptedGraph.page([]))),
            .expect(operation: "events.delta", .json(ScriptedGraph.page([])))
        )

        let one = try await graph.changes(.beginning(try ScriptedGraph.window))
        guard case .more(let point) = one.continuation else { throw CalendarError(.invalidResponse, "no more") }
        let two = try await graph.changes(.page(point))
        guard case .end(let cursor) = two.continuation else { throw CalendarError(.invalidResponse, "no end") }
        let three = try await graph.changes(.cursor(cursor))

        #expect(graph.transport.remaining == 0)
        #expect(one.changes.count == 1 && two.changes.isEmpty && three.changes.isEmpty)
        let requests = graph.transport.requests
        #expect(requests[1].url.absoluteString == Self.next)
        #expect(requests[2].url.absoluteString == ScriptedGraph.delta)
        let query = FormFields(parsing: requests[0].url.query(percentEncoded: true) ?? "")
        #expect(query["startDateTime"] == "2026-03-01T00:00:00Z")
        #expect(query["endDateTime"] == "2027-03-01T00:00:00Z")
        for request in requests {
            let prefer = request.headers["Prefer"] ?? ""
            #expect(prefer.contains("IdType=\"ImmutableId\""))
            #expect(prefer.contains("outlook.timezone=\"UTC\""))
            #expect(prefer.contains("odata.maxpagesize=100"))
        }
    }

    @Test("a window of 1,825 days is refused before any call")
    func longWindow() async throws {
        let graph = ScriptedGraph()
        let start = Date(timeIntervalSince1970: 0)
        let window = try SyncWindow(start: start, end: start.addingTimeInterval(1825 * 86_400))

        await #expect { try await graph.changes(.beginning(window)) } throws: {
            ($0 as? CalendarError)?.code == .invalidArgument
        }
        #expect(graph.transport.requests.isEmpty)
    }

    @Test(
        "a link that leads to another host is refused, so that no token follows it",
        arguments: [
            "https://evil.example/v1.0/x", "http://graph.microsoft.com/v1.0/x", "https://graph.microsoft.com:444/x",
            "https://graph.microsoft.com@evil.example/x", "//evil.example/x", "https://user@graph.microsoft.com/x",
        ]
    )
    func foreignLink(link: String) async throws {
        let graph = ScriptedGraph(
            .expect(operation: "events.delta", .json(ScriptedGraph.page([], next: link))),
            .expect(operation: "calendars.list", .json("{\"value\":[],\"@odata.nextLink\":\"\(link)\"}"))
        )

        await #expect { try await graph.changes(.beginning(try ScriptedGraph.window)) } throws: {
            ($0 as? CalendarError)?.code == .invalidResponse
        }
        await #expect { try await graph.provider.calendars(session: graph.session) } throws: {
            ($0 as? CalendarError)?.code == .invalidResponse
        }
        let stored = Self.stored(link)
        await #expect { try await graph.changes(.cursor(SyncCursor(stored))) } throws: {
            ($0 as? CalendarError)?.code == .invalidResponse
        }
        #expect(graph.transport.requests.count == 2)
    }

    @Test(
        "a page that is not what Graph documents is an invalid response",
        arguments: ["", "<html>", "[]", "{}", "{\"value\":{}}", "{\"value\":[]}", "{\"value\":["]
    )
    func badPage(text: String) async throws {
        let graph = ScriptedGraph(.expect(operation: "events.delta", .json(text)))

        await #expect { try await graph.changes(.beginning(try ScriptedGraph.window)) } throws: {
            ($0 as? CalendarError)?.code == .invalidResponse
        }
    }

    @Test(
        "an expired feed is told in all its spellings, also in the middle of a round",
        arguments: [
            (410, "SyncStateNotFound"), (410, "syncStateNotFound"), (410, "resyncRequired"), (410, "Gone"), (410, ""),
            (404, "SYNCSTATENOTFOUND"), (400, "SyncStateInvalid"), (400, "resyncChangesApplyDifferences"),
        ]
    )
    func expired(status: Int, code: String) async throws {
        let body = "{\"error\":{\"code\":\"\(code)\",\"message\":\"x\"}}"
        let graph = ScriptedGraph(
            .expect(operation: "events.delta", .json(body, status: status)),
            .expect(operation: "events.delta", .json(body, status: status))
        )
        let stored = Self.stored(Self.next)

        for position in [ChangePosition.page(ResumePoint(stored)), .cursor(SyncCursor(stored))] {
            await #expect { try await graph.changes(position) } throws: {
                ($0 as? CalendarError)?.code == .cursorExpired
            }
        }
        #expect(graph.transport.remaining == 0)
    }

    @Test(
        "a position that is not one of ours asks for a full round",
        arguments: [
            "abc", "{}", #"{"window":{"start":0,"end":9},"at":0,"index":0,"chains":[]}"#,
            #"{"window":{"start":0,"end":9},"at":0,"index":1,"chains":[{"start":0,"end":9}]}"#,
            #"{"window":{"start":0,"end":9},"at":0,"index":0,"chains":[{"start":9,"end":0}]}"#,
        ]
    )
    func foreignCursor(text: String) async throws {
        let graph = ScriptedGraph()

        await #expect { try await graph.changes(.cursor(SyncCursor(text))) } throws: {
            ($0 as? CalendarError)?.code == .cursorExpired
        }
    }

    @Test("R-26 a series that comes twice on a page is as it came last")
    func repeatedSeries() async throws {
        let master = FeedItems.master()
        let items = [
            master, FeedItems.occurrence("o1", day: "03"), FeedItems.occurrence("o2", day: "04"), master,
            FeedItems.occurrence("o2", day: "04"),
        ]
        let graph = ScriptedGraph(.expect(operation: "events.delta", .json(ScriptedGraph.page(items))))

        let page = try await graph.changes(.beginning(try ScriptedGraph.window))

        let sets = page.changes.compactMap { if case .occurrences(let set) = $0 { set } else { nil } }
        let left = try #require(Date(rfc3339: "2026-03-04T09:00:00Z"))
        #expect(sets.map(\.originalStarts) == [[left]])
    }

    @Test("one bad event becomes an issue and its neighbours arrive (R-28)")
    func poison() async throws {
        let items = [
            ScriptedGraph.event(["id": "a"]), ScriptedGraph.event(["id": "b", "start": nil]),
            ScriptedGraph.event(["id": "c", "type": "exception", "seriesMasterId": "m"]), "7",
            ScriptedGraph.event(["id": "d"]),
        ]
        let graph = ScriptedGraph(.expect(operation: "events.delta", .json(ScriptedGraph.page(items))))

        let page = try await graph.changes(.beginning(try ScriptedGraph.window))

        let upserted = page.changes.compactMap { if case .upserted(let event) = $0 { event.id } else { nil } }
        let issues = page.changes.compactMap { if case .unreadable(let issue) = $0 { issue } else { nil } }
        #expect(upserted == ["a", "d"])
        #expect(issues.map(\.event) == ["b", "c", nil])
        #expect(issues.map(\.field) == ["start", "originalStart", "id"])
        #expect(issues[0].etag == "W/\"v1\"")
    }

    @Test("a removal is not certain, because the event may only have left the window (M-35)")
    func removal() async throws {
        let item = "{\"id\":\"x\",\"@removed\":{\"reason\":\"deleted\"}}"
        let graph = ScriptedGraph(.expect(operation: "events.delta", .json(ScriptedGraph.page([item]))))

        let page = try await graph.changes(.beginning(try ScriptedGraph.window))

        let window = try SyncWindow(start: try ScriptedGraph.window.start, end: Date(rfc3339: "2027-03-01T00:00:00Z"))
        let none = SeriesOccurrences(series: "x", window: window, originalStarts: [])
        #expect(page.changes == [.removed("x", isCertain: false), .occurrences(none)])
    }

    @Test("the set of a series with an unreadable exception is not told, so that nothing is taken for deleted")
    func partialSeries() async throws {
        let sparse = ScriptedGraph.event(["id": "o1", "type": "occurrence", "seriesMasterId": "m"])
        let bad = ScriptedGraph.event(["id": "o2", "type": "exception", "seriesMasterId": "m"])
        let graph = ScriptedGraph(.expect(operation: "events.delta", .json(ScriptedGraph.page([sparse, bad]))))

        let page = try await graph.changes(.beginning(try ScriptedGraph.window))

        let hasSet = page.changes.contains { if case .occurrences = $0 { true } else { false } }
        #expect(!hasSet && page.changes.count == 1)
    }

    @Test("a cancelled meeting arrives as cancelled")
    func cancelled() async throws {
        let graph = ScriptedGraph(.expect(operation: "events.get", .json(ScriptedGraph.event(["isCancelled": true]))))

        #expect(try await graph.event().content.status == .cancelled)
    }
}
