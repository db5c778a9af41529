import CalendarCore
import CalendarTesting
import Foundation
import Testing

/// The same edits as in increments recorded from the service have to give the same increments here.
@Suite("Google simulator: recorded increments", .enabled(if: GoogleDiscovery.isPresent, "shared data is absent"))
struct GoogleRecordingSimulationTests {
    /// A recorded increment and a simulator that holds its series as it was when it was made.
    private struct Replay {
        let google: GoogleCalendarSimulator
        let recorded: JSONNode
        let address: String
        let series: RemoteEventID
        let token: String
        let desk: GoogleDesk

        /// Takes the series from the first row of the recording.
        init(_ name: String, title: String? = nil, endless: Bool = true) async throws {
            recorded = try GoogleDiscovery.read("events/cp-\(name).json")
            var desk = try await GoogleDesk()
            google = desk.google
            address = try #require(recorded["summary"]?.string)
            google.addAccount(address, name: "Person", zone: EventZone("America/Chicago"))
            desk.token = try await desk.bearer(for: address)
            token = try await desk.list().syncToken ?? ""
            var master = try #require(recorded["items"]?[0])
            for key in ["description", "etag", "created", "updated"] { master[key] = nil }
            if let title { master["summary"] = .string(title) }
            if endless { master["recurrence"] = ["RRULE:FREQ=DAILY"] }
            series = RemoteEventID(try #require(master["id"]?.string))
            let inserted = try await desk.insert(master)
            #expect(inserted.status == 200)
            self.desk = desk
        }

        func time(_ text: String) throws -> EventTime {
            .zoned(try #require(CivilDateTime(text)), EventZone("America/Chicago"))
        }

        /// Compares the increment with the recording in all but versions, dates of change, tokens and links.
        func expectSameIncrement(_ location: SourceLocation = #_sourceLocation) async throws {
            let increment = try await desk.list([("syncToken", token)])
            #expect(Self.comparable(increment.body) == Self.comparable(recorded), sourceLocation: location)
            let etags = Set(increment.items.compactMap { $0["etag"]?.string })
            #expect(etags.count == 1, sourceLocation: location)
        }

        private static func comparable(_ answer: JSONNode) -> JSONNode {
            var result = answer
            for key in ["etag", "updated", "nextSyncToken"] { result[key] = nil }
            let items = (answer["items"]?.elements ?? []).map { item in
                var item = item
                for key in ["etag", "created", "updated", "htmlLink"] { item[key] = nil }
                return item
            }
            result["items"] = .array(items)
            return result
        }
    }

    @Test("creating a series")
    func create() async throws {
        let replay = try await Replay("create-create")

        try await replay.expectSameIncrement()
    }

    @Test("deleting one occurrence")
    func deleteOne() async throws {
        let replay = try await Replay("delete-single-delete-single-2")

        let start = try replay.time("2025-03-28T10:00:00")
        replay.google.cancelOccurrence(of: replay.series, startingAt: start, of: replay.address)

        try await replay.expectSameIncrement()
    }

    @Test("deleting this and following, after one occurrence was deleted")
    func deleteFollowing() async throws {
        let replay = try await Replay("delete-this-and-following-delete-this-and-following")
        let (google, series, address) = (replay.google, replay.series, replay.address)

        google.cancelOccurrence(of: series, startingAt: try replay.time("2025-03-25T08:00:00"), of: address)
        google.removeFollowing(of: series, startingAt: try replay.time("2025-03-27T08:00:00"), of: address)

        try await replay.expectSameIncrement()
    }

    @Test("moving and renaming one occurrence")
    func moveOne() async throws {
        let replay = try await Replay("edit-single-single-instance-2")
        let start = try replay.time("2025-03-26T20:45:00")
        let end = try replay.time("2025-03-26T21:30:00")

        replay.google.changeOccurrence(
            of: replay.series,
            startingAt: try replay.time("2025-03-26T07:30:00"),
            of: replay.address
        ) { content in
            content.title = "🌙 Dishes-Edited One"
            content.body = EventBody("changed time from morning to night", isHTML: false)
            content.start = start
            content.end = end
        }

        try await replay.expectSameIncrement()
    }

    @Test("changing this and following without their times, also in a series that was moved before")
    func splits() async throws {
        let first = try await Replay("edit-this-and-following-this-and-following-1")
        let text = """
            Originally was: 🍽️
            Then clicked the fourth instances, renamed to 🧽, and applied to THIS AND FOLLOWING
            """
        first.google.changeFollowing(
            of: first.series,
            startingAt: try first.time("2025-03-27T07:30:00"),
            of: first.address
        ) { content in
            content.title = "🧽 Dishes"
            content.body = EventBody(text, isHTML: false)
        }
        try await first.expectSameIncrement()

        let third = try await Replay("edit-this-and-following-this-and-following-3")
        third.google.changeFollowing(
            of: third.series,
            startingAt: try third.time("2025-03-26T09:15:00"),
            of: third.address
        ) { $0.title = "🍳 Breakfast - This And Following" }
        try await third.expectSameIncrement()
    }

    @Test("changing all after an exception and a split")
    func changeAll() async throws {
        let replay = try await Replay("edit-all-all-1", title: "🍽️ Dishes")
        let (google, series, address) = (replay.google, replay.series, replay.address)

        google.changeOccurrence(of: series, startingAt: try replay.time("2025-03-24T07:30:00"), of: address) {
            content in
            content.title = "🍽️ Dishes: Edited Just This One"
            content.body = EventBody("Only the title and description were changed", isHTML: false)
        }
        google.changeFollowing(of: series, startingAt: try replay.time("2025-03-26T07:30:00"), of: address) { content in
            content.title = "🍽️ Dishes 🔮"
            content.body = EventBody("Selected to change this and future events", isHTML: false)
        }
        google.changeSeries(series, of: address) { content in
            content.title = "🧽 Dishes"
            content.body = EventBody("Changed all occurrences", isHTML: false)
        }

        try await replay.expectSameIncrement()
    }
}
