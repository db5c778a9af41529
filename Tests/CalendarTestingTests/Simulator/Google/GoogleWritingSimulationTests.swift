import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("Google simulator: writing events")
struct GoogleWritingSimulationTests {
    @Test("an inserted event answers with the service's fields in its order and without defaults")
    func inserted() async throws {
        let desk = try await GoogleDesk()

        let answer = try await desk.insert(
            GoogleDesk.meeting(
                "Kick-off",
                ["id": "event", "transparency": "opaque", "visibility": "default", "nonsense": 1, "location": ""]
            )
        )

        #expect(answer.status == 200)
        #expect(
            answer.body.object?.keys == [
                "kind", "etag", "id", "status", "htmlLink", "created", "updated", "summary", "creator", "organizer",
                "start", "end", "iCalUID", "sequence", "reminders", "eventType",
            ]
        )
        #expect(answer.body["iCalUID"] == "event@google.com")
        #expect(answer.body["created"] == "2026-01-05T09:00:00.000Z")
        #expect(answer.body["organizer"] == ["email": "ada@example.com", "self": true])
        #expect(answer.body["reminders"] == ["useDefault": true])
        #expect(answer.headers["ETag"] == answer.etag)
    }

    @Test("an event without an id gets 26 letters of base32hex")
    func generatedID() async throws {
        let desk = try await GoogleDesk()

        let answer = try await desk.insert(GoogleDesk.meeting("Kick-off"))

        let id = try #require(answer.body["id"]?.string)
        #expect(id.count == 26)
        #expect(id.allSatisfy { "0123456789abcdefghijklmnopqrstuv".contains($0) })
    }

    @Test("etags are twice the time in microseconds and grow although the clock stands still")
    func etagsGrow() async throws {
        let desk = try await GoogleDesk()
        desk.clock.advance(by: 60)

        let first = try await desk.insert(GoogleDesk.meeting("A", ["id": "event"]))
        let second = try await desk.patch("event", ["summary": "B"])

        #expect(first.etag == "\"\((1_767_603_600 + 60) * 2_000_000)\"")
        #expect(second.etag == "\"\((1_767_603_600 + 60) * 2_000_000 + 2)\"")
    }

    @Test(
        "an id outside base32hex or shorter than five characters is refused",
        arguments: ["wxyz0", "ABCDE", "abc-d", "abc_d", "abcd"]
    )
    func invalidID(id: String) async throws {
        let desk = try await GoogleDesk()

        let answer = try await desk.insert(GoogleDesk.meeting("Kick-off", ["id": .string(id)]))

        #expect(answer.status == 400)
        #expect(answer.body["error"]?["message"] == "Invalid resource id value.")
    }

    @Test("a taken id answers 409 and changes nothing, and stays taken after the deletion")
    func duplicateID() async throws {
        let desk = try await GoogleDesk()
        _ = try await desk.insert(GoogleDesk.meeting("First", ["id": "event"]))

        let duplicate = try await desk.insert(GoogleDesk.meeting("Second", ["id": "event"]))
        let kept = try await desk.call(.get, "calendars/primary/events/event")
        _ = try await desk.call(.delete, "calendars/primary/events/event")
        let afterwards = try await desk.insert(GoogleDesk.meeting("Third", ["id": "event"]))

        #expect(duplicate.status == 409)
        #expect(duplicate.reason == "duplicate")
        #expect(kept.body["summary"] == "First")
        #expect(afterwards.status == 409)
    }

    @Test("a deleted event reads as cancelled, deletes with 410 and cannot be changed")
    func deletedEvent() async throws {
        let desk = try await GoogleDesk()
        _ = try await desk.insert(GoogleDesk.meeting("Kick-off", ["id": "event"]))

        let first = try await desk.call(.delete, "calendars/primary/events/event")
        let second = try await desk.call(.delete, "calendars/primary/events/event")
        let read = try await desk.call(.get, "calendars/primary/events/event")
        let patched = try await desk.patch("event", ["summary": "Back"])

        #expect(first.status == 204)
        #expect(second.status == 410)
        #expect(second.reason == "deleted")
        #expect(read.status == 200)
        #expect(read.body["status"] == "cancelled")
        #expect(patched.status == 403)
    }

    @Test("an event that never was answers 404", arguments: [HTTPMethod.get, .delete, .patch])
    func unknownEvent(method: HTTPMethod) async throws {
        let desk = try await GoogleDesk()

        let answer = try await desk.call(method, "calendars/primary/events/nothing")

        #expect(answer.status == 404)
        #expect(answer.reason == "notFound")
    }

    @Test(
        "times that do not fit are refused",
        arguments: [
            (["end": nil], "required"),
            (["end": ["dateTime": nil, "date": "2026-01-08", "timeZone": nil]], "invalid"),
            (["end": ["date": "2026-01-08"]], "invalid"),
            (["end": ["dateTime": "2026-01-07T10:00:00+01:00"]], "timeRangeEmpty"),
            (["start": ["timeZone": "W. Europe Standard Time"]], "invalid"),
            (["start": ["timeZone": nil], "recurrence": ["RRULE:FREQ=DAILY"]], "required"),
            (["recurrence": ["RRULE:FREQ=DAILY;UNTIL=20260201T100000"]], "invalid"),
            (["recurrence": ["FREQ=DAILY"]], "invalid"),
        ] as [(JSONNode, String)]
    )
    func refusedTimes(change: JSONNode, reason: String) async throws {
        let desk = try await GoogleDesk()

        let answer = try await desk.insert(GoogleDesk.meeting("Kick-off", change))

        #expect(answer.status == 400)
        #expect(answer.reason == reason)
    }

    @Test("a patch merges objects, replaces arrays and removes what is null")
    func patchMerges() async throws {
        let desk = try await GoogleDesk()
        _ = try await desk.insert(
            GoogleDesk.meeting(
                "Kick-off",
                [
                    "id": "event", "location": "Room 1",
                    "extendedProperties": ["private": ["a": "1", "b": "2"]],
                    "attendees": [["email": "x@example.org"], ["email": "y@example.org"]],
                ]
            )
        )

        let answer = try await desk.patch(
            "event",
            [
                "location": nil, "extendedProperties": ["private": ["a": nil, "c": "3"]],
                "attendees": [["email": "z@example.org"]],
            ]
        )

        #expect(answer.body["summary"] == "Kick-off")
        #expect(answer.body["location"] == nil)
        #expect(answer.body["extendedProperties"] == ["private": ["b": "2", "c": "3"]])
        #expect(answer.body["attendees"] == [["email": "z@example.org", "responseStatus": "needsAction"]])
    }

    @Test("an update clears what it leaves out")
    func updateReplaces() async throws {
        let desk = try await GoogleDesk()
        _ = try await desk.insert(GoogleDesk.meeting("Kick-off", ["id": "event", "location": "Room 1"]))

        let answer = try await desk.call(
            .put,
            "calendars/primary/events/event",
            body: GoogleDesk.meeting("Renamed")
        )

        #expect(answer.body["summary"] == "Renamed")
        #expect(answer.body["location"] == nil)
    }

    @Test("turning a timed event into an all-day one needs null for the other key")
    func allDaySwitch() async throws {
        let desk = try await GoogleDesk()
        _ = try await desk.insert(GoogleDesk.meeting("Kick-off", ["id": "event"]))

        let refused = try await desk.patch(
            "event",
            ["start": ["date": "2026-01-07"], "end": ["date": "2026-01-08"]]
        )
        let accepted = try await desk.patch(
            "event",
            [
                "start": ["date": "2026-01-07", "dateTime": nil, "timeZone": nil],
                "end": ["date": "2026-01-08", "dateTime": nil, "timeZone": nil],
            ]
        )

        #expect(refused.status == 400)
        #expect(accepted.status == 200)
        #expect(accepted.body["start"] == ["date": "2026-01-07"])
    }

    @Test("a stale version answers 412 and changes nothing, the current one and * go through")
    func preconditions() async throws {
        let desk = try await GoogleDesk()
        let first = try await desk.insert(GoogleDesk.meeting("A", ["id": "event"]))
        let second = try await desk.patch("event", ["summary": "B"], headers: ["If-Match": first.etag ?? ""])

        let stale = try await desk.patch("event", ["summary": "C"], headers: ["If-Match": first.etag ?? ""])
        let staleDelete = try await desk.call(
            .delete,
            "calendars/primary/events/event",
            headers: ["If-Match": first.etag ?? ""]
        )
        let unchanged = try await desk.call(
            .get,
            "calendars/primary/events/event",
            headers: ["If-None-Match": second.etag ?? ""]
        )
        let forced = try await desk.patch("event", ["summary": "D"], headers: ["If-Match": "*"])

        #expect(second.status == 200)
        #expect(stale.status == 412)
        #expect(stale.reason == "conditionNotMet")
        #expect(staleDelete.status == 412)
        #expect(unchanged.status == 304)
        #expect(forced.body["summary"] == "D")
    }

    @Test("the version of an exception goes stale when its sibling changes")
    func siblingVersion() async throws {
        let desk = try await GoogleDesk()
        _ = try await desk.insert(GoogleDesk.meeting("Daily", GoogleDesk.daily.merging(["id": "series"])))
        let exception = try await desk.patch("series_20260108T090000Z", ["summary": "First"])
        _ = try await desk.patch("series_20260109T090000Z", ["summary": "Second"])

        let answer = try await desk.patch(
            "series_20260108T090000Z",
            ["summary": "Again"],
            headers: ["If-Match": exception.etag ?? ""]
        )

        #expect(answer.status == 412)
    }

    @Test("an exception keeps its own fields and follows its master in the others")
    func exceptionInherits() async throws {
        let desk = try await GoogleDesk()
        _ = try await desk.insert(GoogleDesk.meeting("Daily", GoogleDesk.daily.merging(["id": "series"])))
        _ = try await desk.patch("series_20260108T090000Z", ["summary": "Special"])

        _ = try await desk.patch("series", ["summary": "Renamed", "location": "Room 1"])
        let exception = try await desk.call(.get, "calendars/primary/events/series_20260108T090000Z")

        #expect(exception.body["summary"] == "Special")
        #expect(exception.body["location"] == "Room 1")
        #expect(exception.body["originalStartTime"]?["dateTime"] == "2026-01-08T10:00:00+01:00")
    }

    @Test("exceptions at places the series no longer has come back as stubs without their series")
    func orphans() async throws {
        let desk = try await GoogleDesk()
        _ = try await desk.insert(GoogleDesk.meeting("Daily", GoogleDesk.daily.merging(["id": "series"])))
        _ = try await desk.call(.delete, "calendars/primary/events/series_20260110T090000Z")
        let full = try await desk.list()

        _ = try await desk.patch("series", ["recurrence": ["RRULE:FREQ=DAILY;COUNT=2"]])
        let increment = try await desk.list([("syncToken", full.syncToken ?? "")])

        #expect(increment.ids == ["series", "series_20260110T090000Z"])
        #expect(increment.items.last?["status"] == "cancelled")
        #expect(increment.items.last?["recurringEventId"] == nil)
    }

    @Test("an occurrence that the rule does not give answers 404")
    func noSuchOccurrence() async throws {
        let desk = try await GoogleDesk()
        _ = try await desk.insert(GoogleDesk.meeting("Daily", GoogleDesk.daily.merging(["id": "series"])))

        let answer = try await desk.call(.get, "calendars/primary/events/series_20260301T090000Z")

        #expect(answer.status == 404)
    }

    @Test("a change of times raises the sequence, and a lower one is refused")
    func sequence() async throws {
        let desk = try await GoogleDesk()
        _ = try await desk.insert(GoogleDesk.meeting("Kick-off", ["id": "event"]))

        let renamed = try await desk.patch("event", ["summary": "Renamed"])
        let moved = try await desk.patch("event", ["end": ["dateTime": "2026-01-07T12:00:00+01:00"]])
        let stale = try await desk.patch("event", ["sequence": 0])

        #expect(renamed.body["sequence"] == 0)
        #expect(moved.body["sequence"] == 1)
        #expect(stale.status == 400)
        #expect(stale.reason == "invalid")
    }

    @Test("a change of reminders moves the version and leaves the date of the last change")
    func reminders() async throws {
        let desk = try await GoogleDesk()
        let before = try await desk.insert(GoogleDesk.meeting("Kick-off", ["id": "event"]))
        desk.clock.advance(by: 60)

        let after = try await desk.patch("event", ["reminders": ["useDefault": false]])

        #expect(after.etag != before.etag)
        #expect(after.body["updated"] == before.body["updated"])
    }

    @Test("conference data is ignored without its version and makes a link with it")
    func conference() async throws {
        let desk = try await GoogleDesk()
        let wish: JSONNode = ["conferenceData": ["createRequest": ["requestId": "r-1"]]]

        let ignored = try await desk.insert(GoogleDesk.meeting("A", wish))
        let made = try await desk.insert(GoogleDesk.meeting("B", wish), [("conferenceDataVersion", "1")])

        #expect(ignored.status == 200)
        #expect(ignored.body["conferenceData"] == nil)
        #expect(made.body["hangoutLink"]?.string?.hasPrefix("https://meet.google.com/") == true)
        #expect(made.body["conferenceData"]?["createRequest"]?["status"]?["statusCode"] == "success")
    }

    @Test("a calendar that is only readable refuses writes")
    func readOnly() async throws {
        let desk = try await GoogleDesk()
        let calendar = desk.google.addCalendar("Team", to: "ada@example.com", zone: .utc, access: .read)

        let answer = try await desk.call(
            .post,
            "calendars/\(PercentEncoding.encode(calendar.rawValue))/events",
            body: GoogleDesk.meeting("Kick-off")
        )

        #expect(answer.status == 403)
        #expect(answer.reason == "requiredAccessLevel")
    }

    @Test("a token for reading cannot write")
    func readScope() async throws {
        let desk = try await GoogleDesk(scopes: "https://www.googleapis.com/auth/calendar.readonly")

        let answer = try await desk.insert(GoogleDesk.meeting("Kick-off"))

        #expect(answer.status == 403)
        #expect(answer.reason == "insufficientPermissions")
        #expect(answer.body["error"]?["details"]?[0]["reason"] == "ACCESS_TOKEN_SCOPE_INSUFFICIENT")
    }

    @Test("a body that is not JSON answers 400 parseError")
    func notJSON() async throws {
        let desk = try await GoogleDesk()

        let answer = try await desk.send(
            .post,
            "https://www.googleapis.com/calendar/v3/calendars/primary/events",
            body: Data("{".utf8),
            headers: ["Authorization": "Bearer \(desk.token)"]
        )

        #expect(answer.status == 400)
        #expect(answer.reason == "parseError")
    }

    @Test("R-34 a lost reply leaves the event behind, a lost request does not, and both look alike")
    func lostReplies() async throws {
        let desk = try await GoogleDesk()

        desk.google.add(SimulatedFault(.loseReply, method: .post))
        let first = await #expect(throws: CalendarError.self) {
            try await desk.insert(GoogleDesk.meeting("Landed", ["id": "landed"]))
        }
        desk.google.add(SimulatedFault(.loseRequest, method: .post))
        let second = await #expect(throws: CalendarError.self) {
            try await desk.insert(GoogleDesk.meeting("Lost", ["id": "lost0"]))
        }

        #expect(first == second)
        #expect(first?.code == .connectionFailed)
        #expect(first?.isOutcomeUnknown == true)
        #expect(desk.google.events(of: "ada@example.com").map(\.title) == ["Landed"])
    }

    @Test("a scripted answer takes the place of the service's and is logged")
    func scriptedAnswer() async throws {
        let desk = try await GoogleDesk()
        desk.google.clearRequests()
        desk.google.add(SimulatedFault(.answer(HTTPResponse(status: 503)), pathContains: "/events"))

        let first = try await desk.list()
        let second = try await desk.list()

        #expect(first.status == 503)
        #expect(second.status == 200)
        #expect(desk.google.requests.map(\.status) == [503, 200])
    }
}
