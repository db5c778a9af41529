import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("Graph simulator: the question to an address")
struct GraphHandshakeTests {
    @Test("F-02: both addresses are asked before the answer, with an empty POST that keeps their query")
    func question() async throws {
        let host = NotificationHost()
        let desk = try await GraphDesk(host: host)

        _ = try await desk.subscribe()

        #expect(host.requests.map(\.method) == [.post, .post])
        #expect(host.requests.allSatisfy { $0.body?.isEmpty ?? true })
        #expect(host.requests.allSatisfy { $0.headers["Content-Type"] == "text/plain; charset=utf-8" })
        #expect(host.requests.map(\.timeout) == [.seconds(10), .seconds(10)])
        // The token is a sentence, with blanks and a colon (docs#21160).
        let token =
            "validationToken=Validation%3A+Testing+client+application+reachability+for+subscription+Request-Id%3A+"
        #expect(host.questions.first?.hasPrefix(GraphDesk.hook + "&" + token) == true)
        #expect(host.questions.last?.hasPrefix(GraphDesk.lifecycleHook + "?" + token) == true)
    }

    @Test("F-02: an address that serves both purposes is asked twice")
    func sameAddress() async throws {
        let host = NotificationHost()
        let desk = try await GraphDesk(host: host)

        _ = try await desk.subscribe("me/events", ["lifecycleNotificationUrl": .string(GraphDesk.hook)])

        #expect(host.questions.count == 2)
    }

    @Test(
        "F-02, Trap 19: an answer that is late, wrong, not plain or not 200 opens nothing",
        arguments: [
            (NotificationHost.Manner.quoted, "ValidationError"), (.encoded, "ValidationError"),
            (.created, "ValidationError"), (.html, "ValidationError"), (.empty, "ValidationError"),
            (.slow, "InvalidRequest"), (.silent, "InvalidRequest"),
        ]
    )
    func refused(_ manner: NotificationHost.Manner, _ code: String) async throws {
        let host = NotificationHost(manner)
        let desk = try await GraphDesk(host: host)

        let reply = try await desk.subscribe()

        #expect(reply.status == 400)
        #expect(reply.code == code)
        #expect(host.questions.count == 1)
        #expect(try await desk.call(.get, "/subscriptions").values.isEmpty)
    }

    @Test("without a way to the addresses nobody answers")
    func unreachable() async throws {
        let desk = try await GraphDesk()

        let reply = try await desk.subscribe()

        #expect(reply.code == "InvalidRequest")
        #expect(reply.json["error"]?["message"] == "Subscription validation request timed out.")
    }

    @Test("F-02, Trap 19: the service may never ask, and asks the next time")
    func unasked() async throws {
        let host = NotificationHost()
        let desk = try await GraphDesk(host: host)
        desk.graph.unsentQuestions = 1

        let first = try await desk.subscribe()
        let asked = host.questions.count
        let second = try await desk.subscribe()

        #expect(first.code == "InvalidRequest")
        #expect(asked == 0)
        #expect(second.status == 201)
    }

    @Test("F-02: a new address is asked, a renewal only where a test says so")
    func changes() async throws {
        let host = NotificationHost()
        let desk = try await GraphDesk(host: host)
        let path = "/subscriptions/" + (try await desk.subscribe()).id
        let end = desk.instant(minutes: 4000)

        let quiet = try await desk.call(.patch, path, ["expirationDateTime": end])
        let afterQuiet = host.questions.count
        let moved = try await desk.call(.patch, path, ["notificationUrl": "https://other.example.com/hook"])
        let afterMove = host.questions.count
        desk.graph.asksOnRenewal = true
        let asked = try await desk.call(.patch, path, ["expirationDateTime": end])
        let afterAsked = host.questions.count
        host.manner = .empty
        let refused = try await desk.call(.patch, path, ["expirationDateTime": end])

        #expect(quiet.status == 200 && moved.status == 200 && asked.status == 200)
        #expect(moved.json["notificationUrl"] == "https://other.example.com/hook")
        let counts: [Int] = [afterQuiet, afterMove, afterAsked]
        let expected: [Int] = [2, 3, 5]
        #expect(counts == expected)
        #expect(refused.code == "ValidationError")
    }

    @Test("R-34: a request that a fault takes away asks nobody; one whose reply is lost has opened the subscription")
    func faults() async throws {
        let host = NotificationHost()
        let desk = try await GraphDesk(host: host)
        desk.graph.add(SimulatedFault(.loseRequest, pathContains: "subscriptions"))

        await #expect(throws: CalendarError.self) { try await desk.subscribe() }
        let asked = host.questions.count
        desk.graph.add(SimulatedFault(.loseReply, pathContains: "subscriptions"))
        await #expect(throws: CalendarError.self) { try await desk.subscribe() }

        #expect(asked == 0)
        #expect(try await desk.call(.get, "/subscriptions").values.count == 1)
    }
}
