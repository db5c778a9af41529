import CalendarCore
import CalendarTesting
import Foundation
import Testing

/// A pattern, where it starts, and the dates worked out with a calendar on paper.
struct PatternCase: Sendable, CustomTestStringConvertible {
    let name: String
    let start: String
    let pattern: JSONNode
    let dates: [String]

    var testDescription: String { name }

    static let all = [
        PatternCase(
            name: "every third day",
            start: "2026-03-30",
            pattern: ["type": "daily", "interval": 3],
            dates: ["2026-03-30", "2026-04-02", "2026-04-05", "2026-04-08"]
        ),
        PatternCase(
            name: "every other week, weeks beginning on Sunday",
            start: "2026-03-01",
            pattern: [
                "type": "weekly", "interval": 2, "daysOfWeek": ["sunday", "Monday"], "firstDayOfWeek": "sunday",
            ],
            dates: ["2026-03-01", "2026-03-02", "2026-03-15", "2026-03-16"]
        ),
        PatternCase(
            name: "every other week, weeks beginning on Monday",
            start: "2026-03-01",
            pattern: [
                "type": "weekly", "interval": 2, "daysOfWeek": ["sunday", "monday"], "firstDayOfWeek": "monday",
            ],
            dates: ["2026-03-01", "2026-03-09", "2026-03-15", "2026-03-23"]
        ),
        PatternCase(
            name: "the 31st, which short months clamp",
            start: "2026-01-31",
            pattern: ["type": "absoluteMonthly", "interval": 1, "dayOfMonth": 31],
            dates: ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"]
        ),
        PatternCase(
            name: "the first weekday of a month",
            start: "2026-02-02",
            pattern: [
                "type": "relativeMonthly", "interval": 1,
                "daysOfWeek": ["monday", "tuesday", "wednesday", "thursday", "friday"],
            ],
            dates: ["2026-02-02", "2026-03-02", "2026-04-01", "2026-05-01"]
        ),
        PatternCase(
            name: "the last Friday of every other month",
            start: "2026-02-27",
            pattern: ["type": "relativeMonthly", "interval": 2, "daysOfWeek": ["friday"], "index": "last"],
            dates: ["2026-02-27", "2026-04-24", "2026-06-26", "2026-08-28"]
        ),
        PatternCase(
            name: "29 February, which common years clamp",
            start: "2024-02-29",
            pattern: ["type": "absoluteYearly", "interval": 1, "dayOfMonth": 29, "month": 2],
            dates: ["2024-02-29", "2025-02-28", "2026-02-28", "2027-02-28"]
        ),
        PatternCase(
            name: "the fourth Thursday of November",
            start: "2026-11-26",
            pattern: [
                "type": "relativeYearly", "interval": 1, "daysOfWeek": ["thursday"], "index": "fourth", "month": 11,
            ],
            dates: ["2026-11-26", "2027-11-25", "2028-11-23"]
        ),
    ]
}

@Suite("Graph simulator: series")
struct GraphSeriesTests {
    static func series(_ pattern: PatternCase, _ zone: String = "UTC") -> JSONNode {
        [
            "start": ["dateTime": .string(pattern.start + "T10:00:00"), "timeZone": .string(zone)],
            "end": ["dateTime": .string(pattern.start + "T11:00:00"), "timeZone": .string(zone)],
            "recurrence": [
                "pattern": pattern.pattern,
                "range": [
                    "type": "numbered", "startDate": .string(pattern.start),
                    "numberOfOccurrences": .int(pattern.dates.count),
                ],
            ],
        ]
    }

    @Test("a pattern falls on the dates that a calendar shows", arguments: PatternCase.all)
    func dates(_ pattern: PatternCase) async throws {
        let desk = try await GraphDesk()
        let master = try await desk.create(Self.series(pattern))

        let reply = try await desk.call(.get, desk.view("2024-01-01", "2028-12-01") + "&$top=50")

        let dates = reply.values.compactMap { $0["start"]?["dateTime"]?.string?.prefix(10) }
        #expect(master.json["type"]?.string == "seriesMaster")
        #expect(dates.map { String($0) } == pattern.dates)
    }

    @Test("a start that misses the pattern moves to the next date that fits")
    func movedStart() async throws {
        let desk = try await GraphDesk()
        let firstThursday = PatternCase(
            name: "",
            start: "2026-08-29",
            pattern: ["type": "relativeMonthly", "interval": 1, "daysOfWeek": ["thursday"], "index": "first"],
            dates: ["2026-09-03"]
        )

        let reply = try await desk.create(Self.series(firstThursday))

        #expect(reply.json["start"]?["dateTime"]?.string == "2026-09-03T10:00:00.0000000")
        #expect(reply.json["end"]?["dateTime"]?.string == "2026-09-03T11:00:00.0000000")
    }

    @Test("a series keeps its wall time over a change of the clocks, so its instants shift")
    func daylightSaving() async throws {
        let desk = try await GraphDesk()
        _ = try await desk.create(["recurrence": GraphDesk.weekly(count: 5)])

        let reply = try await desk.call(.get, desk.view())

        #expect(
            reply.values.map { $0["start"]?["dateTime"]?.string } == [
                "2026-03-03T08:00:00.0000000", "2026-03-10T08:00:00.0000000", "2026-03-17T08:00:00.0000000",
                "2026-03-24T08:00:00.0000000", "2026-03-31T07:00:00.0000000",
            ]
        )
    }

    @Test("a list of events holds the master and no occurrence, a view the reverse")
    func listAndView() async throws {
        let desk = try await GraphDesk()
        _ = try await desk.create(["recurrence": GraphDesk.weekly(count: 2)])

        let list = try await desk.call(.get, "/me/events")
        let view = try await desk.call(.get, desk.view())

        #expect(list.values.map { $0["type"]?.string } == ["seriesMaster"])
        #expect(view.values.map { $0["type"]?.string } == ["occurrence", "occurrence"])
    }

    @Test("changes of an occurrence survive a new title of the series, which shows where they say nothing")
    func inheritance() async throws {
        let desk = try await GraphDesk()
        let master = try await desk.create(["recurrence": GraphDesk.weekly(count: 3)])
        let id = try #require(try await desk.call(.get, desk.view()).values[1]["id"]?.string)
        _ = try await desk.call(.patch, desk.path(id), ["location": ["displayName": "Room 2"]])

        _ = try await desk.call(.patch, desk.path(master.id), ["subject": "Renamed"])
        let occurrence = try await desk.call(.get, desk.path(id))

        #expect(occurrence.json["type"]?.string == "exception")
        #expect(occurrence.json["subject"]?.string == "Renamed")
        #expect(occurrence.json["location"]?["displayName"]?.string == "Room 2")
    }

    @Test("a new time of the series forgets changed and deleted occurrences")
    func reset() async throws {
        let desk = try await GraphDesk()
        let master = try await desk.create(["recurrence": GraphDesk.weekly(count: 3)])
        let ids = try await desk.call(.get, desk.view()).values.compactMap { $0["id"]?.string }
        _ = try await desk.call(.patch, desk.path(ids[1]), ["subject": "Changed"])
        _ = try await desk.call(.delete, desk.path(ids[2]))

        _ = try await desk.call(
            .patch,
            desk.path(master.id),
            [
                "start": ["dateTime": "2026-03-03T10:00:00", "timeZone": "W. Europe Standard Time"],
                "end": ["dateTime": "2026-03-03T11:00:00", "timeZone": "W. Europe Standard Time"],
            ]
        )

        let view = try await desk.call(.get, desk.view())
        #expect(view.values.map { $0["type"]?.string } == ["occurrence", "occurrence", "occurrence"])
    }

    @Test("an earlier end of the series keeps the exceptions before it")
    func truncation() async throws {
        let desk = try await GraphDesk()
        let master = try await desk.create(["recurrence": GraphDesk.weekly(count: 4)])
        let id = try #require(try await desk.call(.get, desk.view()).values[1]["id"]?.string)
        _ = try await desk.call(.patch, desk.path(id), ["subject": "Changed"])
        var recurrence = try #require(master.json["recurrence"])
        recurrence["range"] = ["type": "endDate", "startDate": "2026-03-03", "endDate": "2026-03-10"]

        let reply = try await desk.call(.patch, desk.path(master.id), ["recurrence": recurrence])

        let view = try await desk.call(.get, desk.view())
        #expect(reply.status == 200)
        #expect(view.values.map { $0["type"]?.string } == ["occurrence", "exception"])
    }

    @Test("an occurrence cannot be moved to the day of its neighbour")
    func crossing() async throws {
        let desk = try await GraphDesk()
        _ = try await desk.create(["recurrence": GraphDesk.weekly(count: 3)])
        let id = try #require(try await desk.call(.get, desk.view()).values[1]["id"]?.string)
        func move(to date: String) async throws -> GraphReply {
            try await desk.call(
                .patch,
                desk.path(id),
                [
                    "start": ["dateTime": .string(date + "T12:00:00"), "timeZone": "UTC"],
                    "end": ["dateTime": .string(date + "T13:00:00"), "timeZone": "UTC"],
                ]
            )
        }

        #expect(try await move(to: "2026-03-17").code == "ErrorOccurrenceCrossingBoundary")
        #expect(try await move(to: "2026-03-16").status == 200)
    }

    @Test("cancelled and changed occurrences are answered with the master only where asked for")
    func wholeSeries() async throws {
        let desk = try await GraphDesk()
        let master = try await desk.create(["recurrence": GraphDesk.weekly(count: 3)])
        let ids = try await desk.call(.get, desk.view()).values.compactMap { $0["id"]?.string }
        _ = try await desk.call(.patch, desk.path(ids[0]), ["subject": "Changed"])
        _ = try await desk.call(.delete, desk.path(ids[1]))

        let plain = try await desk.call(.get, desk.path(master.id))
        let query = "?$select=subject,cancelledOccurrences&$expand=exceptionOccurrences"
        let asked = try await desk.call(.get, desk.path(master.id) + query)

        #expect(plain.json["cancelledOccurrences"] == nil)
        #expect(asked.json["cancelledOccurrences"] == [.string("OID.\(master.id).2026-03-10")])
        #expect(asked.json["exceptionOccurrences"]?.elements.map { $0["subject"]?.string } == ["Changed"])
        #expect(try await desk.call(.get, desk.path(ids[1])).status == 404)
    }

    @Test(
        "a recurrence that is none is refused",
        arguments: [
            ["type": "hourly", "interval": 1], ["type": "weekly", "interval": 1], ["type": "daily", "interval": 0],
            ["type": "absoluteMonthly", "interval": 1],
        ] as [JSONNode]
    )
    func invalid(_ pattern: JSONNode) async throws {
        let desk = try await GraphDesk()

        let reply = try await desk.create(["recurrence": ["pattern": pattern, "range": ["type": "noEnd"]]])

        #expect(reply.code == "ErrorCalendarInvalidRecurrence")
    }
}
