import CalendarCore
import CalendarToolKit
import Foundation
import Testing

@Suite("Control requests of calendar simulate")
struct ControlRequestTests {
    private static func read(_ path: String, _ body: String, method: String = "POST") throws -> ControlRequest {
        try ControlRequest(method: method, path: path, body: Data(body.utf8))
    }

    @Test(
        "requests without fields need no body",
        arguments: [
            ("POST", "reset", ControlRequest.reset),
            ("POST", "expireSyncTokens", .expireSyncTokens(nil)),
            ("POST", "expireAccessTokens", .expireAccessTokens(nil)),
            ("GET", "clock", .readClock),
            ("GET", "mail", .mail),
            ("GET", "requests", .requests),
        ]
    )
    func empty(_ method: String, _ path: String, expected: ControlRequest) throws {
        #expect(try Self.read(path, "", method: method) == expected)
    }

    @Test("tokens of one service expire alone")
    func oneService() throws {
        #expect(try Self.read("expireSyncTokens", #"{"provider":"microsoft"}"#) == .expireSyncTokens(.microsoft))
        #expect(try Self.read("expireAccessTokens", #"{"provider":"google"}"#) == .expireAccessTokens(.google))
    }

    @Test("an account is Google's, called by its address and in UTC, unless it says otherwise")
    func account() throws {
        guard case .addAccount(let plain) = try Self.read("accounts", #"{"email":"ada@example.com"}"#),
            case .addAccount(let full) = try Self.read(
                "accounts",
                """
                {"provider":"microsoft","email":"g@example.org","name":"Grace","timeZone":"Asia/Tokyo","scopes":["a"]}
                """
            )
        else {
            Issue.record("another request was read")
            return
        }

        #expect(plain.provider == .google)
        #expect(plain.name == "ada")
        #expect(plain.zone == EventZone.utc)
        #expect(plain.scopes == nil)
        #expect(full.provider == .microsoft)
        #expect(full.name == "Grace")
        #expect(full.zone == EventZone("Asia/Tokyo"))
        #expect(full.scopes == ["a"])
    }

    @Test("a fault strikes once and everywhere, unless it says otherwise")
    func fault() throws {
        guard case .addFault(let plain) = try Self.read("faults", #"{"fault":"dropReply"}"#),
            case .addFault(let full) = try Self.read(
                "faults",
                #"{"match":{"method":"post","pathContains":"/events"},"fault":"status:429:retryAfter=2","times":3}"#
            )
        else {
            Issue.record("another request was read")
            return
        }

        #expect(plain.times == 1)
        #expect(plain.method == nil)
        #expect(plain.pathContains == nil)
        #expect(full.times == 3)
        #expect(try full.simulated.method == .post)
        #expect(try full.simulated.pathContains == "/events")
    }

    @Test("the page a consent is for decides whose it is")
    func consent() throws {
        guard
            case .consent(let google) = try Self.read(
                "consent",
                #"{"url":"http://127.0.0.1:8080/o/oauth2/v2/auth?x=1","email":"ada@example.com","scopes":["openid"]}"#
            ),
            case .consent(let microsoft) = try Self.read(
                "consent",
                #"{"url":"https://login.example.com/common/oauth2/v2.0/authorize","email":"g@example.org"}"#
            )
        else {
            Issue.record("another request was read")
            return
        }

        #expect(google.service == .google)
        #expect(google.scopes == ["openid"])
        #expect(microsoft.service == .microsoft)
        #expect(microsoft.scopes == nil)
    }

    @Test(
        "what cannot be used is refused by its field",
        arguments: [
            ("accounts", #"{"timeZone":"UTC"}"#, "email", "is missing"),
            ("accounts", #"{"email":7}"#, "email", "is of the wrong kind"),
            ("accounts", #"{"email":"ada"}"#, "email", "is no mail address"),
            ("accounts", #"{"email":"a b@example.com"}"#, "email", "is no mail address"),
            ("accounts", #"{"email":"a@example.com","timeZone":"Mars/Olympus_Mons"}"#, "timeZone", "names no zone"),
            ("accounts", #"{"email":"a@example.com","provider":"apple"}"#, "provider", "is of the wrong kind"),
            ("accounts", #"{"email":"a@example.com","scopes":[]}"#, "scopes", "is empty"),
            ("clock", "{}", "advanceSeconds", "is missing"),
            ("clock", #"{"advanceSeconds":-1}"#, "advanceSeconds", "is not between zero and a century"),
            ("faults", "{}", "fault", "is missing"),
            ("faults", #"{"fault":"dropReply","times":0}"#, "times", "is not between 1 and a million"),
            ("faults", #"{"fault":"dropReply","match":{"method":7}}"#, "match.method", "is of the wrong kind"),
            ("faults", #"{"fault":"dropReply","match":[]}"#, "match", "is of the wrong kind"),
            ("consent", #"{"url":"nowhere","email":"a@example.com"}"#, "url", "is no address"),
            ("expireSyncTokens", #"{"provider":"apple"}"#, "provider", "is of the wrong kind"),
        ]
    )
    func fields(_ path: String, _ body: String, _ field: String, _ message: String) {
        #expect(throws: ControlRefusal(field, message)) { try Self.read(path, body) }
    }

    @Test("a fault whose match is null strikes any request")
    func nullMatch() throws {
        guard case .addFault(let order) = try Self.read("faults", #"{"fault":"dropReply","match":null}"#) else {
            Issue.record("another request was read")
            return
        }

        #expect(order.method == nil)
        #expect(order.pathContains == nil)
    }

    @Test("no fault goes by these words", arguments: ["explode", "status", "status:99", "status:503:retry=1", "", ":"])
    func faultWords(_ words: String) throws {
        let refusal = #expect(throws: ControlRefusal.self) { try Self.read("faults", #"{"fault":"\#(words)"}"#) }

        #expect(refusal?.field == "fault")
        #expect(refusal?.status == 400)
    }

    @Test(
        "a request as a whole is refused",
        arguments: [
            ("POST", "reset/all", "", 404), ("POST", "nonsense", "", 404), ("GET", "reset", "", 405),
            ("DELETE", "mail", "", 405), ("POST", "accounts", "{", 400), ("POST", "accounts", "[]", 400),
        ]
    )
    func whole(_ method: String, _ path: String, _ body: String, status: Int) {
        let refusal = #expect(throws: ControlRefusal.self) { try Self.read(path, body, method: method) }

        #expect(refusal?.status == status)
        #expect(refusal?.field == nil)
    }
}
