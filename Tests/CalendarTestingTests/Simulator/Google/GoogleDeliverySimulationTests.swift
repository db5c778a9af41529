import CalendarCore
import CalendarTesting
import Foundation
import Synchronization
import Testing

@Suite("Google simulator: deliveries of notifications")
struct GoogleDeliverySimulationTests {
    /// Answers notifications with fixed statuses, the last one for ever, and keeps their message numbers.
    private final class Receiver: HTTPTransport {
        private let statuses: Mutex<[Int]>
        private let numbers = Mutex<[String]>([])

        init(_ statuses: [Int]) {
            self.statuses = Mutex(statuses)
        }

        var received: [String] { numbers.withLock { $0 } }

        func send(_ request: HTTPRequest) async throws -> HTTPResponse {
            numbers.withLock { $0.append(request.headers["X-Goog-Message-Number"] ?? "") }
            let status = statuses.withLock { $0.count > 1 ? $0.removeFirst() : $0[0] }
            guard status > 0 else { throw CalendarError(.connectionFailed, "Nobody listens.") }
            return HTTPResponse(status: status)
        }
    }

    private static func watch(_ google: GoogleDesk, id: String = "channel-1") async throws {
        let body: JSONNode = ["id": .string(id), "type": "web_hook", "address": "https://host.example.com/hook"]
        let answer = try await google.call(.post, "calendars/primary/events/watch", body: body)
        try #require(answer.status == 200)
    }

    @Test("an answer of 5xx, or none, is tried again later with growing waits", arguments: [500, 502, 503, 504, 0])
    func retried(status: Int) async throws {
        let desk = try await GoogleDesk()
        let receiver = Receiver([status, status, 200])
        try await Self.watch(desk)

        let first = try await desk.google.deliver(through: receiver)
        let tooEarly = try await desk.google.deliver(through: receiver)
        desk.clock.advance(by: 2)
        let second = try await desk.google.deliver(through: receiver)
        desk.clock.advance(by: 2)
        let stillTooEarly = try await desk.google.deliver(through: receiver)
        desk.clock.advance(by: 2)
        let third = try await desk.google.deliver(through: receiver)

        let counts: [Int] = [first, tooEarly, second, stillTooEarly, third]
        let expected: [Int] = [1, 0, 1, 0, 1]
        #expect(counts == expected)
        #expect(receiver.received == ["1", "1", "1"])
        #expect(desk.google.pendingDeliveryCount == 0)
    }

    @Test("any other answer is final", arguments: [200, 201, 202, 204, 301, 400, 404, 501])
    func final(status: Int) async throws {
        let desk = try await GoogleDesk()
        try await Self.watch(desk)

        try await desk.google.deliver(through: Receiver([status]))

        #expect(desk.google.pendingDeliveryCount == 0)
    }

    @Test("every second notification is lost when a test says so")
    func lost() async throws {
        let desk = try await GoogleDesk()
        desk.google.loseDeliveryEvery = 2
        try await Self.watch(desk)
        for day in 5...7 { _ = try await desk.insert(GoogleDesk.meeting("Meeting", day: day)) }

        let states: [String?] = desk.google.takeDeliveries().map { $0.headers["X-Goog-Resource-State"] }

        #expect(states == ["sync", "exists"])
    }

    @Test("every second notification comes twice when a test says so")
    func doubled() async throws {
        let desk = try await GoogleDesk()
        desk.google.doubleDeliveryEvery = 2
        try await Self.watch(desk)
        _ = try await desk.insert(GoogleDesk.meeting("Meeting"))

        let deliveries = desk.google.takeDeliveries()

        let numbers: [String?] = deliveries.map { $0.headers["X-Goog-Message-Number"] }
        #expect(numbers.count == 3)
        #expect(numbers.dropFirst().first == numbers.last)
    }

    @Test("notifications that are held arrive when they are released")
    func held() async throws {
        let desk = try await GoogleDesk()
        desk.google.holdsDeliveries = true
        try await Self.watch(desk)

        let held = desk.google.takeDeliveries()
        desk.google.holdsDeliveries = false
        let released = desk.google.takeDeliveries()

        #expect(held.isEmpty)
        #expect(released.count == 1)
    }

    @Test("sync can arrive before the answer to the watch request")
    func early() async throws {
        let receiver = Receiver([200])
        let google = GoogleCalendarSimulator(
            clock: ManualClock(),
            crypto: TransparentCryptoSuite(),
            receivers: receiver
        )
        google.addAccount("ada@example.com", name: "Ada", zone: GoogleDesk.vienna)
        google.sendsSyncEarly = true
        let token = try google.issueTokens(for: "ada@example.com").accessToken.reveal()
        let url = try #require(URL(string: "https://www.googleapis.com/calendar/v3/calendars/primary/events/watch"))
        let body: JSONNode = ["id": "channel-1", "type": "web_hook", "address": "https://host.example.com/hook"]

        let answer = try await google.send(
            HTTPRequest(.post, url, operation: "watch", headers: ["Authorization": "Bearer \(token)"], body: body.data)
        )

        #expect(answer.status == 200)
        #expect(receiver.received == ["1"])
        #expect(google.takeDeliveries().isEmpty)
    }

    @Test("a delivery's descriptions show neither its address nor its headers")
    func descriptions() throws {
        let url = try #require(URL(string: "https://host.example.com/hook/s3cret"))
        let delivery = WebhookDelivery(id: 7, url: url, headers: ["X-Goog-Channel-Token": "s3cret"])
        var dumped = ""
        dump(delivery, to: &dumped)

        #expect(!"\(delivery) \(String(reflecting: delivery)) \(dumped)".contains("s3cret"))
    }
}
