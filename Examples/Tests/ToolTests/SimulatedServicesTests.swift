import CalendarCore
import CalendarTesting
import CalendarToolKit
import Foundation
import Synchronization
import Testing

@Suite("The services of calendar simulate")
struct SimulatedServicesTests {
    // Monday, 23 March 2026, 07:00 UTC.
    private let services = SimulatedServices(
        root: "http://127.0.0.1:8080",
        clock: SimulationClock(following: ManualClock(now: Date(timeIntervalSince1970: 1_774_249_200))),
        crypto: TransparentCryptoSuite()
    )

    private struct Keys: Decodable {
        let accessToken: String
        let refreshToken: String?
        let tokenUri: String
    }

    private func send(
        _ method: String,
        _ target: String,
        _ body: String = "",
        token: String? = nil
    ) async throws -> HTTPResponse? {
        var headers: HTTPHeaders = [:]
        headers["Authorization"] = token.map { "Bearer " + $0 }
        let answer = try await services.answer(method: method, target: target, headers: headers, body: Data(body.utf8))
        if case .reply(let response) = answer { return response }
        return nil
    }

    private func account(_ body: String) async throws -> Keys {
        let response = try #require(try await send("POST", "/_control/accounts", body))
        return try JSONDecoder().decode(Keys.self, from: response.body)
    }

    @Test(
        "an account's token opens its service",
        arguments: [
            (#"{"email":"a@example.com"}"#, "/calendar/v3/users/me/calendarList", "http://127.0.0.1:8080/token"),
            (
                #"{"email":"a@example.com","provider":"microsoft"}"#, "/v1.0/me/calendars",
                "http://127.0.0.1:8080/common/oauth2/v2.0/token"
            ),
        ]
    )
    func tokens(_ order: String, _ list: String, tokenAddress: String) async throws {
        let keys = try await account(order)

        #expect(keys.refreshToken != nil)
        #expect(keys.tokenUri == tokenAddress)
        #expect(try await send("GET", list, token: keys.accessToken)?.status == 200)
        #expect(try await send("GET", list, token: "another")?.status == 401)
    }

    @Test("an account that exists gets further tokens", arguments: ["google", "microsoft"])
    func again(_ provider: String) async throws {
        let order = #"{"email":"a@example.com","provider":"\#(provider)"}"#
        let first = try await account(order)
        let second = try await account(order)

        #expect(first.accessToken != second.accessToken)
        #expect(second.refreshToken != nil)
    }

    @Test("tokens end by the clock that the control API advances")
    func clock() async throws {
        let keys = try await account(#"{"email":"a@example.com"}"#)
        let reading = try await send("POST", "/_control/clock", #"{"advanceSeconds":7200}"#)

        #expect(reading.map { String(decoding: $0.body, as: UTF8.self) } == #"{"now":"2026-03-23T09:00:00Z"}"#)
        #expect(try await send("GET", "/calendar/v3/users/me/calendarList", token: keys.accessToken)?.status == 401)
    }

    @Test("a client that knows an address and tokens refreshes them, and asks for calendars at the root")
    func stranger() async throws {
        let keys = try await account(#"{"email":"a@example.com"}"#)
        let token = try #require(keys.refreshToken).replacing("/", with: "%2F")
        let form = "grant_type=refresh_token&client_id=client&client_secret=secret&refresh_token=\(token)"

        #expect(try await send("POST", "/_control/expireAccessTokens")?.status == 200)
        let refreshed = try #require(try await send("POST", "/token", form))
        let access = try JSONDecoder().decode(Refreshed.self, from: refreshed.body).access_token

        #expect(try await send("GET", "/users/me/calendarList", token: access)?.status == 200)
        #expect(try await send("GET", "/users/me/calendarList", token: keys.accessToken)?.status == 401)
    }

    private struct Refreshed: Decodable {
        let access_token: String
    }

    @Test("an id keeps its slash and its number sign on the way to the service")
    func rawTarget() async throws {
        let keys = try await account(#"{"email":"a@example.com"}"#)
        _ = try await send("GET", "/calendar/v3/calendars/a%2Fb%23c/events", token: keys.accessToken)
        let log = try #require(try await send("GET", "/_control/requests"))

        #expect(String(decoding: log.body, as: UTF8.self).contains(#""path":"/calendar/v3/calendars/a/b#c/events""#))
    }

    @Test(
        "signs that a client should have encoded do not spoil those that it did encode",
        arguments: ["'{a}%20%25'", "'%7Ba%7D%20%25'", "'{a}%20%'"]
    )
    func carelessTarget(_ title: String) async throws {
        let keys = try await account(#"{"email":"a@example.com","provider":"microsoft"}"#)
        let times = #""start":{"dateTime":"2026-03-24T09:00"},"end":{"dateTime":"2026-03-24T10:00"}"#
        let event = #"{"subject":"{a} %",\#(times)}"#
        #expect(try await send("POST", "/v1.0/me/events", event, token: keys.accessToken)?.status == 201)

        let list = try await send("GET", "/v1.0/me/events?$filter=subject%20eq%20\(title)", token: keys.accessToken)
        #expect(String(decoding: try #require(list).body, as: UTF8.self).contains(#""subject":"{a} %""#))
    }

    @Test("a dropped reply is silence, after the effect")
    func dropReply() async throws {
        let keys = try await account(#"{"email":"a@example.com"}"#)
        let event = """
            {"id":"abcde","start":{"dateTime":"2026-04-01T10:00:00Z"},"end":{"dateTime":"2026-04-01T11:00:00Z"}}
            """
        _ = try await send("POST", "/_control/faults", #"{"fault":"dropReply","match":{"method":"POST"}}"#)

        #expect(try await send("POST", "/calendar/v3/calendars/primary/events", event, token: keys.accessToken) == nil)
        let address = "/calendar/v3/calendars/primary/events/abcde"
        #expect(try await send("GET", address, token: keys.accessToken)?.status == 200)
    }

    private final class Receiver: HTTPTransport {
        private let received = Mutex<[HTTPRequest]>([])

        var requests: [HTTPRequest] { received.withLock { $0 } }

        func send(_ request: HTTPRequest) async throws -> HTTPResponse {
            received.withLock { $0.append(request) }
            return HTTPResponse(status: 204)
        }
    }

    @Test("the receiver of a channel is told that something changed, with links to the simulator")
    func deliveries() async throws {
        let keys = try await account(#"{"email":"a@example.com"}"#)
        let receiver = Receiver()
        let events = "/calendar/v3/calendars/primary/events"
        let channel = #"{"id":"channel-1","type":"web_hook","address":"http://127.0.0.1:9/hook"}"#
        let day = #"{"start":{"date":"2026-04-01"},"end":{"date":"2026-04-02"}}"#

        #expect(try await send("POST", events + "/watch", channel, token: keys.accessToken)?.status == 200)
        try await services.deliver(through: receiver)
        #expect(try await send("POST", events, day, token: keys.accessToken)?.status == 200)
        try await services.deliver(through: receiver)

        #expect(receiver.requests.map { $0.headers["X-Goog-Resource-State"] } == ["sync", "exists"])
        #expect(receiver.requests.map(\.url.absoluteString) == ["http://127.0.0.1:9/hook", "http://127.0.0.1:9/hook"])
        let address = receiver.requests.last?.headers["X-Goog-Resource-URI"]
        #expect(address == "http://127.0.0.1:8080/calendar/v3/calendars/a%40example.com/events?alt=json")
    }

    /// Answers the question of a subscription, and keeps what else arrives.
    private final class Subscriber: HTTPTransport {
        private let received = Mutex<[HTTPRequest]>([])

        var deliveries: [HTTPRequest] { received.withLock { $0 } }

        func send(_ request: HTTPRequest) async throws -> HTTPResponse {
            let query = URLComponents(url: request.url, resolvingAgainstBaseURL: false)?.percentEncodedQuery ?? ""
            guard query.hasPrefix("validationToken=") else {
                received.withLock { $0.append(request) }
                return HTTPResponse(status: 202)
            }
            let token = query.dropFirst(16).replacing("+", with: " ").removingPercentEncoding ?? ""
            return HTTPResponse(status: 200, headers: ["Content-Type": "text/plain"], body: Data(token.utf8))
        }
    }

    @Test("a subscription of Microsoft asks its address first, and reports a change made in a batch")
    func subscription() async throws {
        let subscriber = Subscriber()
        let services = SimulatedServices(
            root: "http://127.0.0.1:8080",
            clock: SimulationClock(following: ManualClock(now: Date(timeIntervalSince1970: 1_774_249_200))),
            crypto: TransparentCryptoSuite(),
            receivers: subscriber
        )
        func post(_ target: String, _ body: String, token: String? = nil) async throws -> HTTPResponse {
            var headers: HTTPHeaders = [:]
            headers["Authorization"] = token.map { "Bearer " + $0 }
            let body = Data(body.utf8)
            let answer = try await services.answer(method: "POST", target: target, headers: headers, body: body)
            guard case .reply(let response) = answer else { throw CalendarError(.connectionFailed, "no reply") }
            return response
        }
        let account = try await post("/_control/accounts", #"{"email":"a@example.com","provider":"microsoft"}"#)
        let token = try JSONDecoder().decode(Keys.self, from: account.body).accessToken
        let subscription = """
            {"changeType":"created","resource":"me/events","notificationUrl":"http://127.0.0.1:9/hook",\
            "expirationDateTime":"2026-03-24T07:00:00Z","clientState":"s3cret"}
            """
        let batch = """
            {"requests":[{"id":"1","method":"POST","url":"/me/events","headers":{"Content-Type":"application/json"},\
            "body":{"subject":"x","start":{"dateTime":"2026-04-01T10:00:00","timeZone":"UTC"},\
            "end":{"dateTime":"2026-04-01T11:00:00","timeZone":"UTC"}}}]}
            """

        #expect(try await post("/v1.0/subscriptions", subscription, token: token).status == 201)
        #expect(try await post("/v1.0/$batch", batch, token: token).status == 200)
        try await services.deliver(through: subscriber)

        let bodies = subscriber.deliveries.map { String(decoding: $0.body ?? Data(), as: UTF8.self) }
        #expect(bodies.count == 1)
        #expect(bodies.first?.contains(#""clientState":"s3cret""#) == true)
    }

    @Test("after a reset nothing is left")
    func reset() async throws {
        let keys = try await account(#"{"email":"a@example.com"}"#)
        #expect(try await send("POST", "/_control/reset")?.status == 200)

        #expect(try await send("GET", "/calendar/v3/users/me/calendarList", token: keys.accessToken)?.status == 401)
    }

    @Test("a refused control request says which field it is")
    func refusal() async throws {
        let response = try #require(try await send("POST", "/_control/clock", #"{"advanceSeconds":"60"}"#))

        #expect(response.status == 400)
        #expect(
            String(decoding: response.body, as: UTF8.self)
                == #"{"error":"advanceSeconds: is of the wrong kind","field":"advanceSeconds"}"#
        )
    }

    @Test("the consent page of Microsoft sends whoever the hint names back at once")
    func microsoftConsent() async throws {
        _ = try await account(#"{"email":"a@example.com","provider":"microsoft"}"#)
        let client = MicrosoftGraphSimulator(clock: ManualClock(), crypto: TransparentCryptoSuite()).client
        let challenge = String(repeating: "c", count: 43)
        let target =
            "/common/oauth2/v2.0/authorize?client_id=\(client.id)&redirect_uri=\(client.redirectURI)&response_type=code"
            + "&scope=User.Read&state=s1&code_challenge_method=S256&code_challenge=\(challenge)"

        let known = try #require(try await send("GET", target + "&login_hint=a@example.com"))
        let unknown = try #require(try await send("GET", target + "&login_hint=b@example.com"))
        let nobody = try #require(try await send("GET", target))

        #expect(known.status == 302)
        #expect(known.headers["Location"]?.hasPrefix(client.redirectURI + "?code=") == true)
        // Whoever signs in for the first time gets an account, which the control API finds there afterwards.
        #expect(unknown.status == 302)
        #expect(nobody.status == 400)
        _ = try await account(#"{"email":"b@example.com","provider":"microsoft"}"#)
    }
}
