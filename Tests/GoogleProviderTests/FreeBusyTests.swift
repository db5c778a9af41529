import CalendarCore
import Foundation
import GoogleProvider
import Testing

@Suite("Google: free/busy")
struct FreeBusyTests {
    private let provider = GoogleCalendarProvider()
    private let start = Date(timeIntervalSince1970: 1_772_323_200)  // 2026-03-01T00:00:00Z

    private func ask(_ subjects: [String], days: Double, _ google: ScriptedGoogle) async throws -> [String: BusyTime] {
        let query = try FreeBusyQuery(subjects: subjects, start: start, end: start.addingTimeInterval(days * 86_400))
        return try await provider.freeBusy(query, session: google.session)
    }

    private func at(_ hours: Double) -> Date { start.addingTimeInterval(hours * 3600) }

    @Test("intervals are cut to the question, ascending and merged, and empty ones are dropped")
    func merged() async throws {
        let google = ScriptedGoogle(
            json: #"{"calendars":{"a@x":{"busy":["#
                + #"{"start":"2026-03-01T12:00:00Z","end":"2026-03-01T13:00:00Z"},"#
                + #"{"start":"2026-02-28T22:00:00Z","end":"2026-03-01T01:00:00Z"},"#
                + #"{"start":"2026-03-01T11:00:00+01:00","end":"2026-03-01T12:00:00Z"},"#
                + #"{"start":"2026-03-01T05:00:00Z","end":"2026-03-01T05:00:00Z"},"#
                + #"{"start":"2026-03-01T23:00:00Z","end":"2026-03-02T09:00:00Z"}]}}}"#
        )

        let busy = try await ask(["a@x"], days: 1, google)

        #expect(
            busy == [
                "a@x": .known([
                    BusyInterval(start: at(0), end: at(1)), BusyInterval(start: at(10), end: at(13)),
                    BusyInterval(start: at(23), end: at(24)),
                ])
            ]
        )
    }

    @Test(
        "a calendar that failed, is missing or cannot be read is unknown, never free (R-37)",
        arguments: [
            (#"{"busy":[],"errors":[{"domain":"global","reason":"notFound"}]}"#, "notFound"),
            (#"{"busy":[],"errors":[{"domain":"global"}]}"#, "error"),
            (#"{"busy":[],"errors":[{"reason":"no access for a@x"}]}"#, "error"),
            (#"{}"#, "missing"), (#"null"#, "missing"),
            (#"{"busy":[{"start":"soon","end":"2026-03-01T13:00:00Z"}]}"#, "unreadable"),
        ]
    )
    func unknown(_ answer: String, _ reason: String) async throws {
        let google = ScriptedGoogle(json: #"{"calendars":{"a@x":\#(answer),"c":{"busy":[]}}}"#)

        let busy = try await ask(["a@x", "gone", "c"], days: 1, google)

        #expect(busy == ["a@x": .unknown(reason: reason), "gone": .unknown(reason: "missing"), "c": .known([])])
    }

    @Test("a group is busy when one of its members is, and unknown when one of them or the group itself is (R-37)")
    func groups() async throws {
        let google = ScriptedGoogle(
            json: #"{"groups":{"team@x":{"calendars":["a@x","b@x"]},"half@x":{"calendars":["a@x","c@x"]},"#
                + #""big@x":{"errors":[{"domain":"global","reason":"groupTooBig"}]}},"calendars":{"#
                + #""a@x":{"busy":[{"start":"2026-03-01T10:00:00Z","end":"2026-03-01T11:00:00Z"}]},"#
                + #""b@x":{"busy":[{"start":"2026-03-01T10:30:00Z","end":"2026-03-01T12:00:00Z"}]},"#
                + #""c@x":{"busy":[],"errors":[{"domain":"global","reason":"notFound"}]}}}"#
        )

        let busy = try await ask(["team@x", "half@x", "big@x"], days: 1, google)

        #expect(
            busy == [
                "team@x": .known([BusyInterval(start: at(10), end: at(12))]),
                "half@x": .unknown(reason: "notFound"), "big@x": .unknown(reason: "groupTooBig"),
            ]
        )
    }

    @Test("a span that is too long for the service is asked in halves, down to a day")
    func halves() async throws {
        let free = HTTPResponse.json(#"{"calendars":{"a@x":{"busy":[]}}}"#)
        let busy = HTTPResponse.json(
            #"{"calendars":{"a@x":{"busy":[{"start":"2026-03-02T10:00:00Z","end":"2026-03-02T11:00:00Z"}]}}}"#
        )
        let tooLong = HTTPResponse.googleError(400, "timeRangeTooLong")
        let google = ScriptedGoogle([tooLong, tooLong, free, busy, free])
        let stubborn = ScriptedGoogle { _, _ in tooLong }

        let found = try await ask(["a@x"], days: 4, google)
        let error = await calendarError { try await ask(["a@x"], days: 4, stubborn) }

        #expect(found == ["a@x": .known([BusyInterval(start: at(34), end: at(35))])])
        #expect(
            google.sent.map { $0.json?["timeMin"]?.string?.prefix(10) } == [
                "2026-03-01", "2026-03-01", "2026-03-01", "2026-03-02", "2026-03-03",
            ]
        )
        #expect(error?.reason == "timeRangeTooLong")
        #expect(stubborn.sent.count == 3)
    }

    @Test("a long question is asked in spans of 31 days and groups of 50, each subject once")
    func chunks() async throws {
        let subjects = (0..<51).map { "c\($0)" }
        let google = ScriptedGoogle { request, _ in
            var calendars = JSONNode.object(JSONObject())
            for item in request.json?["items"]?.elements ?? [] {
                calendars[item["id"]?.string ?? ""] = ["busy": []]
            }
            return HTTPResponse(status: 200, body: JSONNode.object(JSONObject([("calendars", calendars)])).data)
        }

        let busy = try await ask(subjects + ["c0"], days: 40, google)

        #expect(busy.count == 51)
        #expect(busy.values.allSatisfy { $0 == .known([]) })
        #expect(google.sent.map { $0.json?["items"]?.elements.count } == [50, 1, 50, 1])
        #expect(
            google.sent.map { $0.json?["timeMin"]?.string } == [
                "2026-03-01T00:00:00Z", "2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z", "2026-04-01T00:00:00Z",
            ]
        )
        #expect(google.sent.last?.json?["timeMax"] == "2026-04-10T00:00:00Z")
        #expect(google.sent.allSatisfy { $0.repeatSafety == .safe && $0.method == .post })
    }

    @Test("a calendar unknown in one span is unknown in all, and a meeting across the border is one interval")
    func acrossSpans() async throws {
        let google = ScriptedGoogle(
            json: #"{"calendars":{"a":{"busy":[{"start":"2026-03-31T23:00:00Z","end":"2026-04-01T00:00:00Z"}]},"#
                + #""b":{"busy":[]}}}"#,
            #"{"calendars":{"a":{"busy":[{"start":"2026-04-01T00:00:00Z","end":"2026-04-01T01:00:00Z"}]}}}"#
        )

        let busy = try await ask(["a", "b"], days: 40, google)

        let border = 31.0 * 24
        #expect(busy["a"] == .known([BusyInterval(start: at(border - 1), end: at(border + 1))]))
        #expect(busy["b"] == .unknown(reason: "missing"))
    }

    @Test("a question that the service refuses as a whole is an error")
    func refused() async throws {
        let google = ScriptedGoogle([.googleError(403, "insufficientPermissions")])

        let error = await calendarError { try await ask(["a"], days: 1, google) }

        #expect(error?.code == .scopeMissing)
    }
}
