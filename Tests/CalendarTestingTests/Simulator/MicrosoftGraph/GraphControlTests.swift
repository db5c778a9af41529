import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("Graph simulator: control")
struct GraphControlTests {
    @Test(
        "what the client calls its request comes back, inside an error as well",
        arguments: [("calendar", 200), ("x", 400)]
    )
    func clientRequestID(_ path: String, _ status: Int) async throws {
        let desk = try await GraphDesk()
        let url = try #require(URL(string: "https://graph.microsoft.com/v1.0/me/\(path)"))
        let headers: HTTPHeaders = ["Authorization": "Bearer \(desk.token)", "client-request-id": "mine"]

        let reply = GraphReply(try await desk.graph.send(HTTPRequest(.get, url, operation: "test", headers: headers)))

        #expect(reply.status == status)
        #expect(reply.headers["client-request-id"] == "mine")
        #expect(reply.headers["request-id"] != "mine")
        if status == 400 {
            #expect(reply.json["error"]?["innerError"]?["client-request-id"]?.string == "mine")
        }
    }

    @Test(
        "R-34: a lost reply leaves the event behind, a lost request does not",
        arguments: [
            (SimulatedFault.Effect.loseReply, 1), (.loseRequest, 0),
        ]
    )
    func lost(_ effect: SimulatedFault.Effect, _ count: Int) async throws {
        let desk = try await GraphDesk()
        desk.graph.add(SimulatedFault(effect, method: .post, pathContains: "events"))

        let failure = await #expect(throws: CalendarError.self) { try await desk.create() }

        #expect(failure?.isOutcomeUnknown == true)
        #expect(desk.graph.events(of: GraphDesk.nora).count == count)
        #expect(desk.graph.requests.last?.status == nil)
        #expect(try await desk.create().status == 201)
    }

    @Test("an answer made up by a test takes the place of the service's")
    func madeUp() async throws {
        let desk = try await GraphDesk()
        desk.graph.add(SimulatedFault(.answer(HTTPResponse(status: 503)), method: .get))

        #expect(try await desk.call(.get, "/me").status == 503)
        #expect(try await desk.call(.get, "/me").json["mail"]?.string == GraphDesk.nora)
    }

    @Test("the log holds method, decoded path and status, and can be cleared")
    func log() async throws {
        let desk = try await GraphDesk()
        desk.graph.clearRequests()

        _ = try await desk.create()

        let path = "/v1.0/me/events"
        #expect(desk.graph.requests == [SimulatedRequest(method: .post, path: path, status: 201)])
    }

    @Test("equal seeds give equal identifiers")
    func seeds() async throws {
        let first = try await GraphDesk().create()
        let second = try await GraphDesk().create()

        #expect(first.id == second.id)
        #expect(first.json["iCalUId"] == second.json["iCalUId"])
    }

    static func content(_ rule: String?) throws -> EventContent {
        let zone = EventZone("Europe/Berlin")
        let start = try #require(CivilDateTime("2026-03-03T09:00:00"))
        var content = EventContent(
            title: "Round",
            start: .zoned(start, zone),
            end: .zoned(start.adding(seconds: 1800), zone)
        )
        if let rule { content.recurrence = Recurrence(lines: ["RRULE:" + rule]) }
        return content
    }

    @Test(
        "a rule becomes the pattern that says the same",
        arguments: [
            ("FREQ=DAILY;INTERVAL=2", "daily"), ("FREQ=WEEKLY;BYDAY=TU,TH;COUNT=4", "weekly"),
            ("FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR", "weekly"), ("FREQ=MONTHLY;BYMONTHDAY=3", "absoluteMonthly"),
            ("FREQ=MONTHLY;BYMONTHDAY=-1", "relativeMonthly"), ("FREQ=MONTHLY;BYDAY=1TU", "relativeMonthly"),
            ("FREQ=YEARLY;UNTIL=20300303T080000Z", "absoluteYearly"),
        ]
    )
    func rules(_ rule: String, _ type: String) async throws {
        let desk = try await GraphDesk()

        desk.graph.add(try Self.content(rule), to: GraphDesk.nora)

        let reply = try await desk.call(.get, "/me/events")
        #expect(reply.values[0]["recurrence"]?["pattern"]?["type"]?.string == type)
    }

    @Test("a last day that ends before the start of the event is not in the series")
    func until() async throws {
        let desk = try await GraphDesk()

        desk.graph.add(try Self.content("FREQ=DAILY;UNTIL=20260305T075959Z"), to: GraphDesk.nora)

        #expect(try await desk.call(.get, desk.view()).values.count == 2)
    }

    @Test("people change, cancel and remove what they made")
    func people() async throws {
        let desk = try await GraphDesk()
        let series = desk.graph.add(try Self.content("FREQ=WEEKLY;COUNT=3"), to: GraphDesk.nora)
        let single = desk.graph.add(try Self.content(nil), to: GraphDesk.nora)
        let second = try #require(CivilDateTime("2026-03-10T09:00:00"))
        let third = try #require(CivilDateTime("2026-03-17T09:00:00"))
        let zone = EventZone("Europe/Berlin")

        desk.graph.change(series, of: GraphDesk.nora) { $0.title = "Weekly round" }
        desk.graph.cancelOccurrence(of: series, startingAt: .zoned(second, zone), of: GraphDesk.nora)
        desk.graph.changeOccurrence(of: series, startingAt: .zoned(third, zone), of: GraphDesk.nora) {
            $0.location = "Room 3"
        }
        desk.graph.remove(single, of: GraphDesk.nora)

        let view = try await desk.call(.get, desk.view())
        #expect(view.values.map { $0["subject"]?.string } == ["Weekly round", "Weekly round"])
        #expect(view.values.map { $0["type"]?.string } == ["occurrence", "exception"])
        #expect(desk.graph.events(of: GraphDesk.nora).map(\.isException) == [false, true])
    }
}
