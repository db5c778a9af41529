import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("Google simulator: listings and increments")
struct GoogleListingSimulationTests {
    @Test("calendars are listed with roles, and primary names the account's own")
    func calendarList() async throws {
        let desk = try await GoogleDesk()
        let shared = desk.google.addCalendar("Team", to: "ada@example.com", zone: .utc, access: .read)

        let all = try await desk.call(.get, "users/me/calendarList")
        let primary = try await desk.call(.get, "users/me/calendarList/primary")

        #expect(all.ids == ["ada@example.com", shared.rawValue])
        #expect(all.items.map { $0["accessRole"]?.string } == ["owner", "reader"])
        #expect(all.items.map { $0["primary"] } == [true, nil])
        #expect(primary.body["id"] == "ada@example.com")
        #expect(primary.body["timeZone"] == "Europe/Vienna")
    }

    @Test("a calendar without access answers 404, whether it exists or not", arguments: ["grace@example.com", "x@y.z"])
    func foreignCalendar(id: String) async throws {
        let desk = try await GoogleDesk()

        let answer = try await desk.call(.get, "calendars/\(PercentEncoding.encode(id))/events")

        #expect(answer.status == 404)
        #expect(answer.reason == "notFound")
    }

    @Test("pages go on until there is no page token, and only the last page has the sync token")
    func pages() async throws {
        let desk = try await GoogleDesk()
        for day in 1...5 { _ = try await desk.insert(GoogleDesk.meeting("\(day)", day: day)) }

        let first = try await desk.list([("maxResults", "2")])
        let second = try await desk.list([("maxResults", "2"), ("pageToken", first.pageToken ?? "")])
        let third = try await desk.list([("maxResults", "2"), ("pageToken", second.pageToken ?? "")])

        #expect([first, second, third].map(\.items.count) == [2, 2, 1])
        #expect([first, second, third].map { $0.syncToken == nil } == [true, true, false])
        #expect(third.pageToken == nil)
        #expect(Set(first.ids + second.ids + third.ids).count == 5)
    }

    @Test("a page token belongs to its query")
    func boundPageToken() async throws {
        let desk = try await GoogleDesk()
        for day in 1...3 { _ = try await desk.insert(GoogleDesk.meeting("\(day)", day: day)) }
        let first = try await desk.list([("maxResults", "2")])

        let answer = try await desk.list([
            ("maxResults", "2"), ("showDeleted", "true"), ("pageToken", first.pageToken ?? ""),
        ])

        #expect(answer.status == 400)
    }

    @Test("an empty page with a token is not the end")
    func emptyPages() async throws {
        let desk = try await GoogleDesk()
        _ = try await desk.insert(GoogleDesk.meeting("Kick-off"))
        desk.google.emptyPageEvery = 1

        let first = try await desk.list()
        let second = try await desk.list([("pageToken", first.pageToken ?? "")])

        #expect(first.items.isEmpty)
        #expect(first.syncToken == nil)
        #expect(second.items.count == 1)
        #expect(second.syncToken != nil)
    }

    @Test("a page size counts deleted rows, so a listing without them has short pages")
    func shortPages() async throws {
        let desk = try await GoogleDesk()
        desk.google.pageSize = 2
        for day in 1...4 {
            _ = try await desk.insert(GoogleDesk.meeting("\(day)", day: day, ["id": .string("event\(day)")]))
        }
        _ = try await desk.call(.delete, "calendars/primary/events/event1")
        _ = try await desk.call(.delete, "calendars/primary/events/event2")

        let first = try await desk.list()

        #expect(first.items.isEmpty)
        #expect(first.pageToken != nil)
    }

    @Test("deletions in the middle of a listing hide no other row")
    func stablePages() async throws {
        let desk = try await GoogleDesk()
        let series = try await desk.insert(GoogleDesk.meeting("Daily", GoogleDesk.daily.merging(["id": "series"])))
        _ = try await desk.patch("series_20260108T090000Z", ["summary": "Moved"])
        _ = try await desk.insert(GoogleDesk.meeting("Last", ["id": "event"]))
        let first = try await desk.list([("maxResults", "2")])

        _ = try await desk.call(.delete, "calendars/primary/events/series")
        let second = try await desk.list([("maxResults", "2"), ("pageToken", first.pageToken ?? "")])

        #expect(series.status == 200)
        #expect(first.ids == ["series", "series_20260108T090000Z"])
        #expect(second.ids == ["event"])
    }

    @Test("an increment brings what changed since, and nothing when nothing did")
    func increment() async throws {
        let desk = try await GoogleDesk()
        _ = try await desk.insert(GoogleDesk.meeting("Old", ["id": "older"]))
        let full = try await desk.list()
        _ = try await desk.insert(GoogleDesk.meeting("New", ["id": "later"]))

        let increment = try await desk.list([("syncToken", full.syncToken ?? "")])
        let quiet = try await desk.list([("syncToken", increment.syncToken ?? "")])

        #expect(increment.ids == ["later"])
        #expect(quiet.items.isEmpty)
        #expect(quiet.syncToken != nil)
    }

    @Test("what changes while a listing is under way comes with the next increment")
    func changeDuringListing() async throws {
        let desk = try await GoogleDesk()
        for day in 1...3 {
            _ = try await desk.insert(GoogleDesk.meeting("\(day)", day: day, ["id": .string("event\(day)")]))
        }
        let first = try await desk.list([("maxResults", "2")])

        _ = try await desk.patch("event1", ["summary": "Changed"])
        let last = try await desk.list([("maxResults", "2"), ("pageToken", first.pageToken ?? "")])
        let increment = try await desk.list([("syncToken", last.syncToken ?? "")])

        #expect(increment.ids == ["event1"])
    }

    @Test("a deleted event comes back as a stub that has its id and status only")
    func stub() async throws {
        let desk = try await GoogleDesk()
        _ = try await desk.insert(GoogleDesk.meeting("Kick-off", ["id": "event"]))
        let full = try await desk.list()
        _ = try await desk.call(.delete, "calendars/primary/events/event")

        let increment = try await desk.list([("syncToken", full.syncToken ?? "")])

        #expect(increment.items.map { $0.object?.keys } == [["kind", "etag", "id", "status"]])
        #expect(increment.items.first?["status"] == "cancelled")
    }

    @Test("touching one occurrence brings the master and all exceptions, under one new version")
    func seriesComesWhole() async throws {
        let desk = try await GoogleDesk()
        let master = try await desk.insert(GoogleDesk.meeting("Daily", GoogleDesk.daily.merging(["id": "series"])))
        _ = try await desk.patch("series_20260108T090000Z", ["summary": "First"])
        let full = try await desk.list()
        _ = try await desk.patch("series_20260109T090000Z", ["summary": "Second"])

        let increment = try await desk.list([("syncToken", full.syncToken ?? "")])

        #expect(increment.ids == ["series", "series_20260108T090000Z", "series_20260109T090000Z"])
        let etags = Set(increment.items.compactMap { $0["etag"]?.string })
        #expect(etags.count == 1)
        #expect(!etags.contains(master.etag ?? ""))
    }

    @Test("deleting a series brings one stub and none for its exceptions")
    func deletedSeries() async throws {
        let desk = try await GoogleDesk()
        _ = try await desk.insert(GoogleDesk.meeting("Daily", GoogleDesk.daily.merging(["id": "series"])))
        _ = try await desk.patch("series_20260108T090000Z", ["summary": "Moved"])
        let full = try await desk.list()
        _ = try await desk.call(.delete, "calendars/primary/events/series")

        let increment = try await desk.list([("syncToken", full.syncToken ?? "")])

        #expect(increment.ids == ["series"])
        #expect(increment.items.first?["status"] == "cancelled")
    }

    @Test("a full listing keeps cancelled occurrences of live series and leaves deleted events out")
    func showDeletedMatrix() async throws {
        let desk = try await GoogleDesk()
        _ = try await desk.insert(GoogleDesk.meeting("Daily", GoogleDesk.daily.merging(["id": "series"])))
        _ = try await desk.insert(GoogleDesk.meeting("Gone", ["id": "gone0"]))
        _ = try await desk.call(.delete, "calendars/primary/events/series_20260108T090000Z")
        _ = try await desk.call(.delete, "calendars/primary/events/gone0")

        let plain = try await desk.list()
        let deleted = try await desk.list([("showDeleted", "true")])
        let expanded = try await desk.list([("singleEvents", "true")])

        #expect(plain.ids == ["series", "series_20260108T090000Z"])
        #expect(plain.items.last?["recurringEventId"] == "series")
        #expect(plain.items.last?["originalStartTime"]?["dateTime"] == "2026-01-08T10:00:00+01:00")
        #expect(deleted.ids == ["series", "gone0", "series_20260108T090000Z"])
        #expect(
            expanded.ids == [
                "series_20260107T090000Z", "series_20260109T090000Z", "series_20260110T090000Z",
                "series_20260111T090000Z",
            ]
        )
    }

    @Test("an expired sync token answers 410, also in the middle of a round")
    func expiredToken() async throws {
        let desk = try await GoogleDesk()
        let full = try await desk.list()
        for day in 1...3 { _ = try await desk.insert(GoogleDesk.meeting("\(day)", day: day)) }
        let token = full.syncToken ?? ""
        let first = try await desk.list([("syncToken", token), ("maxResults", "2")])

        desk.google.expireSyncTokens()
        let second = try await desk.list([
            ("syncToken", token), ("maxResults", "2"), ("pageToken", first.pageToken ?? ""),
        ])

        #expect(first.status == 200)
        #expect(second.status == 410)
        #expect(second.reason == "fullSyncRequired")
    }

    @Test(
        "a sync token goes with no restriction of the listing",
        arguments: [
            ("timeMin", "2026-01-01T00:00:00Z"), ("timeMax", "2026-01-01T00:00:00Z"), ("q", "x"), ("iCalUID", "x"),
            ("updatedMin", "2026-01-01T00:00:00Z"), ("orderBy", "updated"), ("showDeleted", "false"),
            ("privateExtendedProperty", "a=b"), ("sharedExtendedProperty", "a=b"),
        ]
    )
    func forbiddenWithSyncToken(name: String, value: String) async throws {
        let desk = try await GoogleDesk()
        let full = try await desk.list()

        let answer = try await desk.list([("syncToken", full.syncToken ?? ""), (name, value)])

        #expect(answer.status == 400)
    }

    @Test(
        "faulty parameters answer 400",
        arguments: [
            ("syncToken", "nonsense"), ("pageToken", "nonsense"), ("timeMin", "2026-01-01T00:00:00"),
            ("orderBy", "startTime"), ("maxResults", "0"),
        ]
    )
    func faultyParameter(name: String, value: String) async throws {
        let desk = try await GoogleDesk()

        let answer = try await desk.list([(name, value)])

        #expect(answer.status == 400)
    }

    @Test(
        "the bounds of a window are exclusive",
        arguments: [
            ("timeMin", "2026-01-07T11:00:00+01:00", 0), ("timeMin", "2026-01-07T10:59:59+01:00", 1),
            ("timeMax", "2026-01-07T10:00:00+01:00", 0), ("timeMax", "2026-01-07T10:00:01+01:00", 1),
        ]
    )
    func exclusiveBounds(name: String, value: String, count: Int) async throws {
        let desk = try await GoogleDesk()
        _ = try await desk.insert(GoogleDesk.meeting("Kick-off"))

        let answer = try await desk.list([(name, value)])

        #expect(answer.items.count == count)
    }

    @Test("a window that ends before it begins is refused with timeRangeEmpty")
    func reversedWindow() async throws {
        let desk = try await GoogleDesk()

        let answer = try await desk.list([("timeMin", "2026-01-08T00:00:00Z"), ("timeMax", "2026-01-07T00:00:00Z")])

        #expect(answer.status == 400)
        #expect(answer.reason == "timeRangeEmpty")
        #expect(answer.body["error"]?["errors"]?[0]["location"] == "timeMax")
    }

    @Test("instances keep their wall-clock time across a change of the offset")
    func instancesAcrossOffsets() async throws {
        let desk = try await GoogleDesk()
        _ = try await desk.insert([
            "id": "repeat", "recurrence": ["RRULE:FREQ=WEEKLY;COUNT=2"],
            "start": ["dateTime": "2026-03-27T09:00:00", "timeZone": "Europe/Vienna"],
            "end": ["dateTime": "2026-03-27T09:30:00", "timeZone": "Europe/Vienna"],
        ])

        let answer = try await desk.call(.get, "calendars/primary/events/repeat/instances")

        #expect(answer.ids == ["repeat_20260327T080000Z", "repeat_20260403T070000Z"])
        #expect(
            answer.items.map { $0["start"]?["dateTime"]?.string }
                == ["2026-03-27T09:00:00+01:00", "2026-04-03T09:00:00+02:00"]
        )
        #expect(answer.items.allSatisfy { $0["recurrence"] == nil && $0["recurringEventId"] == "repeat" })
    }
}
