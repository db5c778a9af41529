import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("Google simulator: parameters of listings")
struct GoogleQuerySimulationTests {
    /// Five rows: two meetings, a series with an exception, and a working location.
    private static func desk() async throws -> GoogleDesk {
        let desk = try await GoogleDesk()
        _ = try await desk.insert(
            GoogleDesk.meeting(
                "Budget review",
                [
                    "id": "budget", "location": "Vienna", "attendees": [["email": "Kurt@example.org"]],
                    "extendedProperties": ["private": ["deal": "7"], "shared": ["room": "blue"]],
                ]
            )
        )
        desk.clock.advance(by: 60)
        _ = try await desk.insert(
            GoogleDesk.meeting("Lunch", day: 8, ["id": "lunch", "description": "The Budget Inn"])
        )
        desk.clock.advance(by: 60)
        _ = try await desk.insert(GoogleDesk.meeting("Daily", GoogleDesk.daily.merging(["id": "series"])))
        desk.clock.advance(by: 60)
        _ = try await desk.patch("series_20260109T090000Z", ["summary": "Special"])
        let day = try #require(CivilDate("2026-01-07"))
        desk.google.addWorkingLocation("Head office", on: day, to: "ada@example.com")
        return desk
    }

    @Test(
        "a search finds words in titles, texts, places, people and working locations",
        arguments: [
            ("budget", ["budget", "lunch"]), ("BUDGET vienna", ["budget"]), ("kurt@", ["budget"]),
            ("special", ["series_20260109T090000Z"]), ("nothing", []),
        ] as [(String, [String])]
    )
    func search(text: String, ids: [String]) async throws {
        let desk = try await Self.desk()

        let answer = try await desk.list([("q", text)])

        #expect(answer.ids == ids)
        #expect(answer.syncToken == nil)
    }

    @Test("a working location is found by its label and by its kind", arguments: ["head office", "working location"])
    func searchWorkingLocation(text: String) async throws {
        let desk = try await Self.desk()

        let answer = try await desk.list([("q", text)])

        #expect(answer.items.map { $0["eventType"]?.string } == ["workingLocation"])
    }

    @Test(
        "properties, UIDs and types narrow a listing",
        arguments: [
            ([("privateExtendedProperty", "deal=7")], ["budget"]),
            ([("privateExtendedProperty", "deal=7"), ("sharedExtendedProperty", "room=red")], []),
            ([("sharedExtendedProperty", "room=blue")], ["budget"]),
            ([("iCalUID", "series@google.com")], ["series", "series_20260109T090000Z"]),
            ([("iCalUID", "lunch@google.com"), ("singleEvents", "true")], ["lunch"]),
            (
                [("eventTypes", "default"), ("eventTypes", "focusTime")],
                ["budget", "lunch", "series", "series_20260109T090000Z"]
            ),
            ([("eventTypes", "birthday")], []),
        ] as [([(String, String)], [String])]
    )
    func narrowed(query: [(String, String)], ids: [String]) async throws {
        let desk = try await Self.desk()

        let answer = try await desk.list(query)

        #expect(answer.status == 200)
        #expect(answer.ids == ids)
    }

    @Test(
        "values that a parameter cannot have answer 400",
        arguments: [
            ("eventTypes", "party"), ("privateExtendedProperty", "deal"), ("timeZone", "Mars/Phobos"),
            ("maxAttendees", "0"), ("maxResults", "many"), ("orderBy", "title"),
        ]
    )
    func refused(name: String, value: String) async throws {
        let desk = try await GoogleDesk()

        let answer = try await desk.list([(name, value)])

        #expect(answer.status == 400)
    }

    @Test("the order by last change is ascending, and goes on over pages")
    func orderByUpdated() async throws {
        let desk = try await Self.desk()
        desk.clock.advance(by: 60)
        _ = try await desk.patch("budget", ["location": "Graz"])
        let query = [("orderBy", "updated"), ("eventTypes", "default"), ("maxResults", "3")]

        let first = try await desk.list(query)
        let second = try await desk.list(query + [("pageToken", first.pageToken ?? "")])

        #expect(first.ids + second.ids == ["lunch", "series", "series_20260109T090000Z", "budget"])
        #expect(second.syncToken == nil)
    }

    @Test("a listing without restrictions, or with a window or types, can be continued by a sync token")
    func syncable() async throws {
        let desk = try await Self.desk()

        for query in [[], [("timeMin", "2026-01-01T00:00:00Z")], [("eventTypes", "default")]] {
            #expect(try await desk.list(query).syncToken != nil)
        }
        for name in ["q", "iCalUID"] {
            #expect(try await desk.list([(name, "x")]).syncToken == nil)
        }
    }

    @Test("with more guests than asked for only the own entry is there, and the answer says so")
    func maxAttendees() async throws {
        let desk = try await GoogleDesk()
        let guests: JSONNode = [
            "id": "event",
            "attendees": [["email": "ada@example.com", "responseStatus": "accepted"], ["email": "x@example.org"]],
        ]
        let inserted = try await desk.insert(GoogleDesk.meeting("Kick-off", guests), [("maxAttendees", "1")])

        let listed = try await desk.list([("maxAttendees", "1")])
        let whole = try await desk.call(.get, "calendars/primary/events/event", [("maxAttendees", "2")])

        for body in [inserted.body, listed.items.first ?? .null] {
            #expect(body["attendees"]?.elements.map { $0["email"] } == ["ada@example.com"])
            #expect(body["attendeesOmitted"] == true)
        }
        #expect(whole.body["attendees"]?.elements.count == 2)
        #expect(whole.body["attendeesOmitted"] == nil)
    }

    @Test("a listing since a time has what was deleted since, and one too far back is refused when told so")
    func updatedMin() async throws {
        let desk = try await Self.desk()
        _ = try await desk.call(.delete, "calendars/primary/events/lunch")
        let since = [("updatedMin", "2026-01-05T09:02:30Z")]

        let answer = try await desk.list(since)
        desk.google.updatedMinReach = 30
        desk.clock.advance(by: 40 * 86_400)
        let token = try await desk.bearer(for: "ada@example.com")
        let late = try await desk.call(.get, "calendars/primary/events", since, token: token)

        #expect(answer.ids.contains("lunch"))
        #expect(!answer.ids.contains("budget"))
        #expect(late.status == 410)
        #expect(late.reason == "updatedMinTooLongAgo")
    }

    @Test("a page never has more than 2500 rows, whatever is asked for")
    func clamp() async throws {
        let desk = try await GoogleDesk()
        for number in 1...4 {
            let rule: JSONNode = ["recurrence": ["RRULE:FREQ=DAILY"], "id": .string("series\(number)")]
            _ = try await desk.insert(GoogleDesk.meeting("Daily", rule))
        }

        let answer = try await desk.list([("singleEvents", "True"), ("maxResults", "9999")])

        #expect(answer.items.count == 2500)
        #expect(answer.pageToken != nil)
    }

    @Test("times are printed in the zone asked for, and the envelope names it")
    func zone() async throws {
        let desk = try await Self.desk()

        let answer = try await desk.list([("timeZone", "Asia/Tokyo")])

        #expect(answer.body["timeZone"] == "Asia/Tokyo")
        #expect(answer.items.first?["start"] == ["dateTime": "2026-01-07T18:00:00+09:00", "timeZone": "Europe/Vienna"])
    }

    @Test("somebody who only reads sees when a private event is, and not what")
    func privateDetails() async throws {
        let desk = try await GoogleDesk()
        let calendar = desk.google.addCalendar("Team", to: "ada@example.com", zone: .utc, access: .read)
        let start = try #require(CivilDateTime("2026-01-07T10:00:00"))
        var content = EventContent(
            title: "Hidden",
            start: .zoned(start, .utc),
            end: .zoned(start.adding(seconds: 60), .utc)
        )
        content.visibility = .private
        let id = desk.google.add(content, to: "ada@example.com", calendar: calendar)
        content.visibility = .standard
        content.title = "Open"
        desk.google.add(content, to: "ada@example.com", calendar: calendar)
        let path = "calendars/\(PercentEncoding.encode(calendar.rawValue))/events"

        let listed = try await desk.call(.get, path)
        let read = try await desk.call(.get, "\(path)/\(id)")

        #expect(listed.items.map { $0["summary"] } == [nil, "Open"])
        #expect(read.body["start"]?["dateTime"] == "2026-01-07T10:00:00Z")
        #expect(read.body["summary"] == nil)
    }

    @Test("a token for free and busy times alone sees no details and single events only")
    func freeBusyToken() async throws {
        let desk = try await Self.desk()
        let scope = "https://www.googleapis.com/auth/calendar.events.freebusy"
        let token = try await desk.bearer(for: "ada@example.com", scopes: scope)

        let answer = try await desk.call(.get, "calendars/primary/events", token: token)

        #expect(answer.body["accessRole"] == "freeBusyReader")
        #expect(!answer.ids.contains("series"))
        #expect(answer.ids.contains("series_20260107T090000Z"))
        #expect(answer.items.allSatisfy { $0["summary"] == nil && $0["attendees"] == nil })
    }

    @Test("an increment of single events tells of a deleted series by its cancelled occurrences")
    func deletedSeriesExpanded() async throws {
        let desk = try await Self.desk()
        let single = [("singleEvents", "true")]
        let full = try await desk.list(single)
        _ = try await desk.call(.delete, "calendars/primary/events/series")

        let increment = try await desk.list(single + [("syncToken", full.syncToken ?? "")])

        #expect(increment.ids == ["07", "08", "09", "10", "11"].map { "series_202601\($0)T090000Z" })
        #expect(increment.items.allSatisfy { $0["status"] == "cancelled" })
    }

    @Test("a listing may lag behind a write; the single event does not, and the next increment has it")
    func lag() async throws {
        let desk = try await Self.desk()
        let full = try await desk.list()
        desk.google.listingsLag = true
        _ = try await desk.patch("lunch", ["summary": "Dinner"])

        let early = try await desk.list([("syncToken", full.syncToken ?? "")])
        let read = try await desk.call(.get, "calendars/primary/events/lunch")
        desk.google.listingsLag = false
        let late = try await desk.list([("syncToken", early.syncToken ?? "")])

        #expect(early.items.isEmpty)
        #expect(read.body["summary"] == "Dinner")
        #expect(late.ids == ["lunch"])
    }

    @Test("a row that no client can read comes exactly as it is")
    func unreadableRow() async throws {
        let desk = try await GoogleDesk()
        desk.google.addRow(
            #"{"kind":"calendar#event","id":"year0","status":"confirmed","start":{"date":"0000-12-01"}}"#,
            to: "ada@example.com"
        )

        let answer = try await desk.list([("timeMin", "2026-02-01T00:00:00Z")])
        let deleted = try await desk.call(.delete, "calendars/primary/events/year0")
        let increment = try await desk.list([("syncToken", answer.syncToken ?? "")])

        #expect(answer.items.map { $0["start"] } == [["date": "0000-12-01"]])
        #expect(deleted.status == 204)
        #expect(increment.items.map { $0["status"] } == ["cancelled"])
    }
}
