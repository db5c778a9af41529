import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("Graph simulator: change feed, the ways it can be set")
struct GraphFeedSettingTests {
    @Test("a change shows in the feed only after the delay, and in reads at once")
    func delay() async throws {
        let desk = try await GraphDesk()
        let first = try await desk.round(desk.view(delta: true))
        desk.graph.feedDelay = 60
        let event = try await desk.create()

        let early = try await desk.round(first.next)
        desk.clock.advance(by: 61)
        let late = try await desk.round(early.next)

        #expect(try await desk.call(.get, desk.path(event.id)).status == 200)
        #expect(early.items.isEmpty)
        #expect(late.items.map { $0["id"]?.string } == [event.id])
    }

    @Test("a deletion is delayed like any change, and nothing that came before it is lost")
    func delayedDeletion() async throws {
        let desk = try await GraphDesk()
        let old = try await desk.create()
        let first = try await desk.round(desk.view(delta: true))
        desk.graph.feedDelay = 60
        _ = try await desk.call(.patch, desk.path(old.id), ["subject": "New"])
        desk.clock.advance(by: 61)
        let other = try await desk.create()
        _ = try await desk.call(.delete, desk.path(other.id))

        let early = try await desk.round(first.next)
        desk.clock.advance(by: 61)
        let late = try await desk.round(early.next)

        #expect(early.items.map { $0["subject"]?.string } == ["New"])
        #expect(late.items.map { $0["id"]?.string } == [other.id])
        #expect(late.items.allSatisfy { $0["@removed"] != nil })
    }

    @Test("a round can tell everything twice")
    func repeats() async throws {
        let desk = try await GraphDesk()
        desk.graph.repeatsChanges = true
        let event = try await desk.create()

        let round = try await desk.round(desk.view(delta: true))

        #expect(round.items.map { $0["id"]?.string } == [event.id, event.id])
    }

    @Test("a window beyond the longest one answers 504 without a reason, and its links are not concerned (R-27)")
    func longestWindow() async throws {
        let desk = try await GraphDesk()
        let event = try await desk.create()
        desk.graph.longestWindow = 31
        let short = try await desk.round(desk.view("2026-03-01", "2026-04-01", delta: true))

        let long = try await desk.call(.get, desk.view("2026-03-01", "2026-04-02", delta: true))
        desk.graph.longestWindow = 1
        let next = try await desk.round(short.next)

        #expect(long.status == 504)
        #expect(long.code == "UnknownError")
        #expect(short.items.map { $0["id"]?.string } == [event.id])
        #expect(next.items.isEmpty)
    }

    @Test("occurrences can come without their series (R-25)")
    func withoutMaster() async throws {
        let desk = try await GraphDesk()
        let series = try await desk.create(["recurrence": GraphDesk.weekly(count: 2)])
        desk.graph.omitsMasters = true

        let round = try await desk.round(desk.view(delta: true))

        #expect(round.items.map { $0["type"]?.string } == ["occurrence", "occurrence"])
        #expect(round.items.allSatisfy { $0["seriesMasterId"]?.string == series.id })
    }

    @Test("a dead link can name where to start again, and that address begins a whole round")
    func resync() async throws {
        let desk = try await GraphDesk()
        let event = try await desk.create()
        let first = try await desk.round(desk.view(delta: true))
        desk.graph.sendsResyncLocation = true
        desk.graph.expireSyncTokens()

        let dead = try await desk.call(.get, first.next)
        let again = try await desk.round(try #require(dead.headers["Location"]))

        #expect(dead.status == 410)
        #expect(dead.code == "resyncRequired")
        #expect(dead.headers["Location"]?.hasSuffix("&$deltatoken=") == true)
        #expect(again.items.map { $0["id"]?.string } == [event.id])
    }

    @Test("a series moved out of the window is reported as removed and still exists")
    func seriesLeavesWindow() async throws {
        let desk = try await GraphDesk()
        let series = try await desk.create(["recurrence": GraphDesk.weekly(count: 2)])
        let first = try await desk.round(desk.view(delta: true))
        let change: JSONNode = [
            "start": ["dateTime": "2026-06-02T09:00:00", "timeZone": "W. Europe Standard Time"],
            "end": ["dateTime": "2026-06-02T09:30:00", "timeZone": "W. Europe Standard Time"],
        ]

        _ = try await desk.call(.patch, desk.path(series.id), change)
        let second = try await desk.round(first.next)

        #expect(second.items.map { $0["id"]?.string } == [series.id])
        #expect(second.items.allSatisfy { $0["@removed"] != nil })
        #expect(try await desk.call(.get, desk.path(series.id)).status == 200)
    }
}
