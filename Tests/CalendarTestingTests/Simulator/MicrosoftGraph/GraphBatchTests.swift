import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("Graph simulator: batches")
struct GraphBatchTests {
    /// One request of a batch.
    private static func step(
        _ id: String,
        _ method: String,
        _ url: String,
        after dependency: String? = nil,
        body: JSONNode? = nil,
        headers: JSONNode = ["Content-Type": "application/json"]
    ) -> JSONNode {
        var node: JSONNode = ["id": .string(id), "method": .string(method), "url": .string(url)]
        if body != nil { node["headers"] = headers }
        node["body"] = body
        node["dependsOn"] = dependency.map { [.string($0)] }
        return node
    }

    private static func creation(_ id: String, after dependency: String? = nil) -> JSONNode {
        let time: (String) -> JSONNode = { ["dateTime": .string("2026-03-03T\($0):00"), "timeZone": "UTC"] }
        let body: JSONNode = ["subject": .string(id), "start": time("09:00"), "end": time("10:00")]
        return step(id, "POST", "/me/events", after: dependency, body: body)
    }

    /// Sends a batch, and gives its answers by id.
    private static func send(_ desk: GraphDesk, _ steps: [JSONNode]) async throws -> [String: JSONNode] {
        let reply = try await desk.call(.post, "/$batch", ["requests": .array(steps)])
        try #require(reply.status == 200)
        let responses = reply.json["responses"]?.elements ?? []
        let pairs = responses.map { ($0["id"]?.string ?? "", $0) }
        try #require(pairs.count == steps.count)
        return Dictionary(uniqueKeysWithValues: pairs)
    }

    private static func statuses(_ answers: [String: JSONNode]) -> [String: Int] {
        answers.compactMapValues { $0["status"]?.int }
    }

    @Test("F-02: every request of a batch is answered under its id, with headers and body of its own")
    func answers() async throws {
        let desk = try await GraphDesk()
        let event = try await desk.create()

        let answers = try await Self.send(
            desk,
            [
                Self.creation("a"), Self.step("b", "GET", "me/calendars?$top=1"),
                Self.step("c", "DELETE", desk.path(event.id)), Self.step("d", "GET", "/me/events/nothing"),
            ]
        )

        #expect(Self.statuses(answers) == ["a": 201, "b": 200, "c": 204, "d": 400])
        #expect(answers["a"]?["body"]?["subject"] == "a")
        #expect(answers["a"]?["headers"]?["Content-Type"]?.string?.hasPrefix("application/json") == true)
        #expect(answers["b"]?["body"]?["value"]?.elements.count == 1)
        #expect(answers["c"]?["body"] == .null)
        #expect(answers["d"]?["body"]?["error"]?["code"] == "ErrorInvalidIdMalformed")
        #expect(desk.graph.events(of: GraphDesk.nora).map(\.title) == ["a"])
    }

    @Test("F-02: answers come in an order that is not the requests'")
    func order() async throws {
        let desk = try await GraphDesk()
        let steps = (1...4).map { Self.step("\($0)", "GET", "/me") }

        var orders: Set<[String]> = []
        for _ in 1...4 {
            let reply = try await desk.call(.post, "/$batch", ["requests": .array(steps)])
            orders.insert((reply.json["responses"]?.elements ?? []).compactMap { $0["id"]?.string })
        }

        #expect(orders.count > 1)
        #expect(orders.allSatisfy { $0.sorted() == ["1", "2", "3", "4"] })
    }

    @Test(
        "F-02, Trap 21: of requests to one mailbox that do not wait for each other four run, the others are told to wait"
    )
    func concurrency() async throws {
        let desk = try await GraphDesk()

        let answers = try await Self.send(desk, (1...6).map { Self.creation("\($0)") })
        desk.graph.throttle = .unlimited
        let unlimited = try await Self.send(desk, (7...20).map { Self.creation("\($0)") })

        #expect(Self.statuses(answers) == ["1": 201, "2": 201, "3": 201, "4": 201, "5": 429, "6": 429])
        let fifth = try #require(answers["5"])
        #expect(fifth["headers"]?["Retry-After"] == "10")
        #expect(fifth["body"]?["error"]?["code"] == "ApplicationThrottled")
        #expect(fifth["body"]?["error"]?["message"]?.string?.contains("MailboxConcurrency") == true)
        #expect(Self.statuses(unlimited).values.allSatisfy { $0 == 201 })
        #expect(desk.graph.events(of: GraphDesk.nora).count == 18)
    }

    @Test("F-02: a chain runs in its order and is no matter of concurrency; after a failure nothing more runs")
    func chain() async throws {
        let desk = try await GraphDesk()
        let ids = (1...20).map { "\($0)" }
        let chain = ids.enumerated().map { Self.creation($1, after: $0 == 0 ? nil : ids[$0 - 1]) }

        let answers = try await Self.send(desk, chain)
        desk.graph.add(SimulatedFault(.status(503), method: .post, pathContains: "/events", skipping: 1))
        let broken = try await Self.send(desk, Array(chain.prefix(4)))

        #expect(Self.statuses(answers).values.allSatisfy { $0 == 201 })
        #expect(desk.graph.events(of: GraphDesk.nora).prefix(20).map(\.title) == ids)
        #expect(Self.statuses(broken) == ["1": 201, "2": 503, "3": 424, "4": 424])
        #expect(desk.graph.events(of: GraphDesk.nora).count == 21)
    }

    @Test("F-02: requests may all depend on the same one")
    func same() async throws {
        let desk = try await GraphDesk()
        let rest = ["2", "3"].map { Self.creation($0, after: "1") }

        let good = try await Self.send(desk, rest + [Self.creation("1")])
        let bad = try await Self.send(desk, rest + [Self.step("1", "GET", "/me/events/nothing")])

        #expect(Self.statuses(good) == ["1": 201, "2": 201, "3": 201])
        #expect(desk.graph.events(of: GraphDesk.nora).map(\.title) == ["1", "2", "3"])
        #expect(Self.statuses(bad) == ["1": 400, "2": 424, "3": 424])
    }

    @Test("F-02: a batch with other dependencies, too many requests or a faulty one is refused as a whole")
    func refused() async throws {
        let desk = try await GraphDesk()
        let get: (String, String?) -> JSONNode = { Self.step($0, "GET", "/me", after: $1) }
        let batches: [[JSONNode]] = [
            [], [get("1", nil), get("1", nil)], (1...21).map { get("\($0)", nil) }, [get("1", "none")],
            [get("1", "2"), get("2", "1")], [get("1", nil), get("2", "1"), get("3", "1"), get("4", "2")],
            [["id": "1", "url": "/me"]], [["method": "GET", "url": "/me"]], [["id": "1", "method": "GET"]],
            [Self.step("1", "POST", "/me/events", body: ["subject": "x"], headers: [:])],
        ]

        for batch in batches {
            #expect(try await desk.call(.post, "/$batch", ["requests": .array(batch)]).status == 400)
        }
        #expect(try await desk.call(.get, "/$batch").status == 405)
        #expect(desk.graph.events(of: GraphDesk.nora).isEmpty)
    }

    @Test(
        "an address that is no relative one is refused alone",
        arguments: ["https://example.com/me", "$batch", "/v1.0/me"]
    )
    func addresses(_ url: String) async throws {
        let desk = try await GraphDesk()

        let answers = try await Self.send(desk, [Self.step("1", "GET", url), Self.step("2", "GET", "/me")])

        #expect(Self.statuses(answers) == ["1": 400, "2": 200])
    }

    @Test("F-02: a token that is dead refuses the batch, a request's own headers count for it alone")
    func headers() async throws {
        let desk = try await GraphDesk()
        let event = try await desk.create()
        let omar = try await GraphDesk(desk, as: GraphDesk.omar)
        let own: JSONNode = ["Content-Type": "application/json", "If-Match": "W/\"old\""]

        var foreign = Self.step("2", "GET", "/me")
        foreign["headers"] = ["Authorization": .string("Bearer " + omar.token)]
        let stale = Self.step("1", "PATCH", desk.path(event.id), body: ["subject": "x"], headers: own)
        let answers = try await Self.send(desk, [stale, foreign])
        desk.graph.expireAccessTokens()
        let dead = try await desk.call(.post, "/$batch", ["requests": [stale]])

        #expect(Self.statuses(answers) == ["1": 412, "2": 200])
        #expect(answers["2"]?["body"]?["mail"]?.string == GraphDesk.omar)
        #expect(dead.status == 401)
    }

    @Test("faults strike single requests, the log has each and the batch, and links lead back to the service")
    func faultsAndLog() async throws {
        let desk = try await GraphDesk()
        for _ in 1...2 { _ = try await desk.create() }
        desk.graph.clearRequests()
        desk.graph.add(SimulatedFault(.loseReply, method: .post, pathContains: "/events"))

        let answers = try await Self.send(desk, [Self.creation("1"), Self.step("2", "GET", "/me/events?$top=1")])

        #expect(Self.statuses(answers) == ["1": 504, "2": 200])
        #expect(desk.graph.events(of: GraphDesk.nora).count == 3)
        let paths = desk.graph.requests.map(\.path)
        #expect(paths == ["/v1.0/me/events", "/v1.0/me/events", "/v1.0/$batch"])
        #expect(desk.graph.requests.filter(\.isWrite).count == 1)
        let link = try #require(answers["2"]?["body"]?["@odata.nextLink"]?.string)
        #expect(try await desk.call(.get, link).values.count == 1)
    }

    @Test("a subscription can be opened in a batch, and its address is asked first")
    func subscriptions() async throws {
        let host = NotificationHost()
        let desk = try await GraphDesk(host: host)
        let body: JSONNode = [
            "changeType": "created", "notificationUrl": .string(GraphDesk.hook), "resource": "me/events",
            "expirationDateTime": desk.instant(minutes: 100),
        ]

        let answers = try await Self.send(desk, [Self.step("1", "POST", "/subscriptions", body: body)])

        #expect(Self.statuses(answers) == ["1": 201])
        #expect(host.questions.count == 1)
    }
}
