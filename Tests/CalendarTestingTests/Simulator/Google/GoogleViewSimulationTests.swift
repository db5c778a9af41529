import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("Google simulator: bounded views and determinism")
struct GoogleViewSimulationTests {
    @Test("a bounded view lists occurrences and single events in the order of their starts")
    func orderedView() async throws {
        let desk = try await GoogleDesk()
        _ = try await desk.insert(GoogleDesk.meeting("Late", day: 9, ["id": "single"]))
        _ = try await desk.insert(GoogleDesk.meeting("Daily", GoogleDesk.daily.merging(["id": "series"])))
        _ = try await desk.patch(
            "series_20260108T090000Z",
            [
                "start": ["dateTime": "2026-01-08T15:00:00+01:00"],
                "end": ["dateTime": "2026-01-08T16:00:00+01:00"],
            ]
        )

        let view = try await desk.list([
            ("singleEvents", "true"), ("orderBy", "startTime"), ("timeMin", "2026-01-08T00:00:00Z"),
            ("timeMax", "2026-01-10T00:00:00Z"), ("timeZone", "UTC"),
        ])

        #expect(view.ids == ["series_20260108T090000Z", "series_20260109T090000Z", "single"])
        #expect(view.items.first?["start"] == ["dateTime": "2026-01-08T14:00:00Z", "timeZone": "Europe/Vienna"])
    }

    @Test("pages of a bounded view hold every occurrence once")
    func pagedView() async throws {
        let desk = try await GoogleDesk()
        _ = try await desk.insert(GoogleDesk.meeting("Daily", GoogleDesk.daily.merging(["id": "series"])))
        _ = try await desk.patch("series_20260108T090000Z", ["summary": "Special"])
        let query = [("singleEvents", "true"), ("maxResults", "2")]

        let first = try await desk.list(query)
        let second = try await desk.list(query + [("pageToken", first.pageToken ?? "")])
        let third = try await desk.list(query + [("pageToken", second.pageToken ?? "")])

        let stamps = ["07", "08", "09", "10", "11"].map { "series_202601\($0)T090000Z" }
        #expect(first.ids + second.ids + third.ids == stamps)
        #expect(third.pageToken == nil)
    }

    @Test("an endless series is expanded 730 times")
    func endlessSeries() async throws {
        let desk = try await GoogleDesk()
        _ = try await desk.insert(GoogleDesk.meeting("Daily", ["recurrence": ["RRULE:FREQ=DAILY"]]))

        let view = try await desk.list([("singleEvents", "true"), ("maxResults", "2500")])

        #expect(view.items.count == 730)
    }

    @Test("somebody who may only see when a calendar is busy gets times without details")
    func freeBusyReader() async throws {
        let desk = try await GoogleDesk()
        let calendar = desk.google.addCalendar("Team", to: "ada@example.com", zone: .utc, access: .freeBusy)
        let start = try #require(CivilDateTime("2026-01-07T10:00:00"))
        desk.google.add(
            EventContent(title: "Hidden", start: .zoned(start, .utc), end: .zoned(start.adding(seconds: 60), .utc)),
            to: "ada@example.com",
            calendar: calendar
        )

        let view = try await desk.call(.get, "calendars/\(PercentEncoding.encode(calendar.rawValue))/events")

        #expect(view.body["accessRole"] == "freeBusyReader")
        #expect(view.items.map { $0["start"]?["dateTime"] } == ["2026-01-07T10:00:00Z"])
        #expect(view.items.map { $0["summary"] } == [nil])
    }

    @Test("a single occurrence is found by its original start")
    func originalStart() async throws {
        let desk = try await GoogleDesk()
        _ = try await desk.insert(GoogleDesk.meeting("Daily", GoogleDesk.daily.merging(["id": "series"])))

        let answer = try await desk.call(
            .get,
            "calendars/primary/events/series/instances",
            [("originalStart", "2026-01-09T09:00:00Z")]
        )

        #expect(answer.ids == ["series_20260109T090000Z"])
    }

    @Test("a series that becomes a single event loses its exceptions, in the guests' copies too")
    func endOfSeries() async throws {
        let desk = try await GoogleDesk()
        let guest: JSONNode = ["id": "series", "attendees": [["email": "grace@example.com"]]]
        _ = try await desk.insert(GoogleDesk.meeting("Daily", GoogleDesk.daily.merging(guest)))
        _ = try await desk.patch("series_20260108T090000Z", ["summary": "Special"])
        let before = desk.google.events(of: "grace@example.com").map(\.title)

        _ = try await desk.patch("series", ["recurrence": nil])

        #expect(before == ["Daily", "Special"])
        #expect(desk.google.events(of: "ada@example.com").map(\.id) == ["series"])
        #expect(desk.google.events(of: "grace@example.com").map(\.id) == ["series"])
    }

    @Test("equal seeds and requests give equal answers")
    func determinism() async throws {
        let first = try await GoogleDesk()
        let second = try await GoogleDesk()

        let left = try await first.insert(GoogleDesk.meeting("Kick-off"))
        let right = try await second.insert(GoogleDesk.meeting("Kick-off"))

        #expect(first.token == second.token)
        #expect(left.body == right.body)
    }
}
