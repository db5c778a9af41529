import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("Google simulator: free/busy")
struct GoogleFreeBusySimulationTests {
    private static func ask(
        _ desk: GoogleDesk,
        _ ids: [String],
        from lower: String = "2026-01-07T00:00:00Z",
        to upper: String = "2026-01-10T00:00:00Z"
    ) async throws -> GoogleDesk.Answer {
        let items = ids.map { JSONNode.object(JSONObject([(key: "id", value: JSONNode.string($0))])) }
        return try await desk.call(
            .post,
            "freeBusy",
            body: ["timeMin": .string(lower), "timeMax": .string(upper), "items": .array(items)]
        )
    }

    @Test("touching times are merged, series expanded, and the window cuts what reaches over it")
    func busy() async throws {
        let desk = try await GoogleDesk()
        _ = try await desk.insert(GoogleDesk.meeting("Daily", GoogleDesk.daily.merging(["id": "series"])))
        _ = try await desk.insert(GoogleDesk.meeting("More", ["end": ["dateTime": "2026-01-07T12:00:00+01:00"]]))
        _ = try await desk.call(.delete, "calendars/primary/events/series_20260108T090000Z")

        let answer = try await Self.ask(desk, ["primary"], to: "2026-01-09T09:30:00Z")

        #expect(
            answer.body["calendars"]?["primary"] == [
                "busy": [
                    ["start": "2026-01-07T09:00:00Z", "end": "2026-01-07T11:00:00Z"],
                    ["start": "2026-01-09T09:00:00Z", "end": "2026-01-09T09:30:00Z"],
                ]
            ]
        )
        #expect(answer.body["timeMin"] == "2026-01-07T00:00:00.000Z")
    }

    @Test(
        "what is transparent, declined or cancelled takes no time",
        arguments: [
            ["transparency": "transparent"] as JSONNode,
            ["attendees": [["email": "ada@example.com", "responseStatus": "declined"]]],
            ["status": "cancelled"],
        ]
    )
    func free(change: JSONNode) async throws {
        let desk = try await GoogleDesk()
        _ = try await desk.insert(GoogleDesk.meeting("Kick-off", ["id": "event"]))
        let before = try await Self.ask(desk, ["primary"])

        _ = try await desk.patch("event", change)
        let after = try await Self.ask(desk, ["primary"])

        #expect(before.body["calendars"]?["primary"]?["busy"]?.elements.count == 1)
        #expect(after.body["calendars"]?["primary"] == ["busy": []])
    }

    @Test("an all-day event takes the day of the calendar's zone")
    func allDay() async throws {
        let desk = try await GoogleDesk()
        _ = try await desk.insert(["start": ["date": "2026-01-08"], "end": ["date": "2026-01-09"]])

        let answer = try await Self.ask(desk, ["ada@example.com"])

        #expect(
            answer.body["calendars"]?["ada@example.com"]?["busy"]
                == [["start": "2026-01-07T23:00:00Z", "end": "2026-01-08T23:00:00Z"]]
        )
    }

    @Test("each calendar is answered under the key asked, unknown ones with an error in a 200")
    func keys() async throws {
        let desk = try await GoogleDesk()

        let answer = try await Self.ask(desk, ["primary", "GRACE@example.com", "nobody@example.org"])

        #expect(answer.status == 200)
        let calendars = try #require(answer.body["calendars"])
        #expect(calendars.object?.keys == ["primary", "GRACE@example.com", "nobody@example.org"])
        #expect(calendars["GRACE@example.com"] == ["busy": []])
        #expect(calendars["nobody@example.org"]?["errors"]?[0]["reason"] == "notFound")
    }

    @Test("more than fifty calendars are not answered")
    func tooMany() async throws {
        let desk = try await GoogleDesk()

        let answer = try await Self.ask(desk, (1...51).map { "nobody\($0)@example.org" })

        let calendars = try #require(answer.body["calendars"])
        #expect(calendars["nobody50@example.org"]?["errors"]?[0]["reason"] == "notFound")
        #expect(calendars["nobody51@example.org"]?["errors"]?[0]["reason"] == "tooManyCalendarsRequested")
    }

    @Test(
        "an unusable window is refused",
        arguments: [
            ("2026-01-08T00:00:00Z", "2026-01-07T00:00:00Z", "timeRangeEmpty"),
            ("2026-01-01T00:00:00Z", "2026-06-01T00:00:00Z", "timeRangeTooLong"),
            ("2026-01-01", "2026-01-07T00:00:00Z", "badRequest"),
        ]
    )
    func window(lower: String, upper: String, reason: String) async throws {
        let desk = try await GoogleDesk()

        let answer = try await Self.ask(desk, ["primary"], from: lower, to: upper)

        #expect(answer.status == 400)
        #expect(answer.reason == reason)
    }

    @Test("a missing bound is named in the refusal")
    func missingBound() async throws {
        let desk = try await GoogleDesk()

        let answer = try await desk.call(.post, "freeBusy", body: ["timeMax": "2026-01-07T00:00:00Z"])

        #expect(answer.status == 400)
        #expect(
            answer.body["error"] == [
                "errors": [["domain": "global", "reason": "required", "message": "Missing timeMin parameter."]],
                "code": 400,
                "message": "Missing timeMin parameter.",
            ]
        )
    }

    @Test("times are printed with the offset of the zone asked for")
    func zone() async throws {
        let desk = try await GoogleDesk()
        _ = try await desk.insert(GoogleDesk.meeting("Kick-off"))

        let answer = try await desk.call(
            .post,
            "freeBusy",
            body: [
                "timeMin": "2026-01-07T00:00:00+01:00", "timeMax": "2026-01-08T00:00:00+01:00",
                "timeZone": "America/New_York", "items": [["id": "primary"]],
            ]
        )

        #expect(
            answer.body["calendars"]?["primary"]?["busy"]
                == [["start": "2026-01-07T04:00:00-05:00", "end": "2026-01-07T05:00:00-05:00"]]
        )
        #expect(answer.body["timeMin"] == "2026-01-06T23:00:00.000Z")
    }

    @Test("a group is answered with its members, one with too many of them with an error")
    func groups() async throws {
        let desk = try await GoogleDesk()
        desk.google.addGroup("team@example.com", members: ["ada@example.com", "nobody@example.org"])
        desk.google.addGroup("all@example.com", members: (1...101).map { "nobody\($0)@example.org" })

        let answer = try await Self.ask(desk, ["team@example.com", "all@example.com"])

        #expect(answer.body["groups"]?["team@example.com"] == ["calendars": ["ada@example.com", "nobody@example.org"]])
        #expect(answer.body["groups"]?["all@example.com"]?["errors"]?[0]["reason"] == "groupTooBig")
        #expect(answer.body["calendars"]?.object?.keys == ["ada@example.com", "nobody@example.org"])
        #expect(answer.body["calendars"]?["nobody@example.org"]?["errors"]?[0]["reason"] == "notFound")
    }

    @Test("a calendar that the service leaves out is missing in the answer, whatever it was asked as")
    func missingCalendars() async throws {
        let desk = try await GoogleDesk()
        desk.google.missingFromFreeBusy = ["Ada@example.com"]

        let answer = try await Self.ask(desk, ["primary", "ada@example.com", "grace@example.com"])

        #expect(answer.body["calendars"]?.object?.keys == ["grace@example.com"])
    }

    @Test("the longest window can be set")
    func longestWindow() async throws {
        let desk = try await GoogleDesk()
        desk.google.longestFreeBusyWindow = 2

        let answer = try await Self.ask(desk, ["primary"])

        #expect(answer.status == 400)
        #expect(answer.reason == "timeRangeTooLong")
    }

    @Test("calendarExpansionMax lowers the number of calendars that are answered")
    func expansionMax() async throws {
        let desk = try await GoogleDesk()

        let answer = try await desk.call(
            .post,
            "freeBusy",
            body: [
                "timeMin": "2026-01-07T00:00:00Z", "timeMax": "2026-01-08T00:00:00Z", "calendarExpansionMax": 1,
                "items": [["id": "primary"], ["id": "grace@example.com"]],
            ]
        )

        #expect(answer.body["calendars"]?["primary"] == ["busy": []])
        #expect(
            answer.body["calendars"]?["grace@example.com"]?["errors"]?[0]["reason"] == "tooManyCalendarsRequested"
        )
    }

    @Test("a calendar of another organisation is not found until it is shared")
    func foreign() async throws {
        let desk = try await GoogleDesk()
        desk.google.addAccount("zoe@example.org", name: "Zoe", zone: .utc)
        let zoe = try await desk.bearer(for: "zoe@example.org")

        let before = try await Self.ask(desk, ["zoe@example.org"])
        _ = try await desk.call(
            .post,
            "calendars/primary/acl",
            body: ["role": "freeBusyReader", "scope": ["type": "user", "value": "ada@example.com"]],
            token: zoe
        )
        let after = try await Self.ask(desk, ["zoe@example.org"])

        #expect(before.body["calendars"]?["zoe@example.org"]?["errors"]?[0]["reason"] == "notFound")
        #expect(after.body["calendars"]?["zoe@example.org"] == ["busy": []])
    }
}
