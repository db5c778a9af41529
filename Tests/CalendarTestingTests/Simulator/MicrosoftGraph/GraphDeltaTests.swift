import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("Graph simulator: change feed")
struct GraphDeltaTests {
    @Test("a round ends with a delta link, and the next one holds only what changed")
    func rounds() async throws {
        let desk = try await GraphDesk()
        _ = try await desk.create(["subject": "Old"])
        let first = try await desk.round(desk.view(delta: true))
        _ = try await desk.create(["subject": "New"])

        let second = try await desk.round(first.next)
        let third = try await desk.round(second.next)

        #expect(first.items.map { $0["subject"]?.string } == ["Old"])
        #expect(second.items.map { $0["subject"]?.string } == ["New"])
        #expect(third.items.isEmpty)
    }

    @Test("links are absolute and keep the host of the request")
    func hosts() async throws {
        let desk = try await GraphDesk()

        let reply = try await desk.call(.get, "http://127.0.0.1:8080/v1.0" + desk.view(delta: true))

        let link = try #require(reply.json["@odata.deltaLink"]?.string)
        #expect(link.hasPrefix("http://127.0.0.1:8080/v1.0/me/calendar/calendarView/delta?$deltatoken="))
        #expect(reply.headers["Preference-Applied"] == "odata.track-changes")
    }

    @Test("occurrences have seven properties, and the master comes along with its first start")
    func sparse() async throws {
        let desk = try await GraphDesk()
        _ = try await desk.create(["recurrence": GraphDesk.weekly(count: 4)])

        let round = try await desk.round(desk.view("2026-03-09", "2026-04-30", delta: true))

        let occurrence = try #require(round.items.dropFirst().first)
        #expect(round.items.map { $0["type"]?.string } == ["seriesMaster", "occurrence", "occurrence", "occurrence"])
        #expect(round.items[0]["start"]?["dateTime"]?.string == "2026-03-03T08:00:00.0000000")
        #expect(
            Set(occurrence.object?.keys ?? [])
                == ["@odata.type", "@odata.etag", "id", "seriesMasterId", "type", "start", "end"]
        )
        #expect(occurrence["seriesMasterId"]?.string == round.items[0]["id"]?.string)
    }

    @Test("a series is not split over pages, so a page can be larger than asked for")
    func pages() async throws {
        let desk = try await GraphDesk()
        _ = try await desk.create()
        _ = try await desk.create(["recurrence": GraphDesk.weekly(count: 4)])
        _ = try await desk.create()

        let first = try await desk.call(.get, desk.view(delta: true), prefer: "odata.maxpagesize=2")
        let rest = try await desk.round(try #require(first.json["@odata.nextLink"]?.string))

        #expect(first.values.count == 6)
        #expect(rest.items.count == 1)
    }

    @Test("an empty page with a next link is not the end")
    func emptyPages() async throws {
        let desk = try await GraphDesk()
        desk.graph.emptyPageEvery = 1
        for _ in 0..<3 { _ = try await desk.create() }

        let first = try await desk.call(.get, desk.view(delta: true))
        let round = try await desk.round(try #require(first.json["@odata.nextLink"]?.string))

        #expect(first.values.isEmpty)
        #expect(round.items.count == 3)
    }

    @Test("a deleted occurrence is not reported: the series comes again without it")
    func deletedOccurrence() async throws {
        let desk = try await GraphDesk()
        _ = try await desk.create(["recurrence": GraphDesk.weekly(count: 3)])
        let first = try await desk.round(desk.view(delta: true))
        let gone = try #require(first.items[2]["id"]?.string)

        let deletion = try await desk.call(.delete, desk.path(gone))
        let second = try await desk.round(first.next)

        #expect(deletion.status == 204)
        #expect(second.items.allSatisfy { $0["@removed"] == nil })
        #expect(second.items.map { $0["type"]?.string } == ["seriesMaster", "occurrence", "occurrence"])
        #expect(second.items.allSatisfy { $0["id"]?.string != gone })
    }

    @Test("a changed occurrence keeps its id, comes in full, and the rest of the series with it")
    func changedOccurrence() async throws {
        let desk = try await GraphDesk()
        _ = try await desk.create(["recurrence": GraphDesk.weekly(count: 3)])
        let first = try await desk.round(desk.view(delta: true))
        let id = try #require(first.items[2]["id"]?.string)

        _ = try await desk.call(.patch, desk.path(id), ["subject": "Moved"])
        let second = try await desk.round(first.next)

        let types = second.items.map { $0["type"]?.string }
        #expect(types == ["seriesMaster", "occurrence", "exception", "occurrence"])
        #expect(second.items[2]["id"]?.string == id)
        #expect(second.items[2]["subject"]?.string == "Moved")
        #expect(second.items[2]["originalStart"]?.string == "2026-03-10T08:00:00Z")
    }

    @Test("a deleted event and a deleted series are reported by the id of the item alone")
    func deletions() async throws {
        let desk = try await GraphDesk()
        let single = try await desk.create()
        let series = try await desk.create(["recurrence": GraphDesk.weekly(count: 3)])
        let first = try await desk.round(desk.view(delta: true))

        _ = try await desk.call(.delete, desk.path(single.id))
        _ = try await desk.call(.delete, desk.path(series.id))
        let second = try await desk.round(first.next)

        #expect(second.items.map { $0["id"]?.string } == [single.id, series.id])
        #expect(second.items.allSatisfy { $0["@removed"]?["reason"]?.string == "deleted" })
    }

    @Test("an event outside the window is reported as removed, though it exists and nobody was told of it")
    func outsideWindow() async throws {
        let desk = try await GraphDesk()
        let first = try await desk.round(desk.view("2026-05-01", "2026-06-01", delta: true))

        let event = try await desk.create()
        let second = try await desk.round(first.next)

        #expect(second.items.map { $0["id"]?.string } == [event.id])
        #expect(second.items[0]["@removed"] != nil)
        #expect(try await desk.call(.get, desk.path(event.id)).status == 200)
    }

    @Test("the window is frozen in the link")
    func frozenWindow() async throws {
        let desk = try await GraphDesk()
        let first = try await desk.round(desk.view("2026-05-01", "2026-06-01", delta: true))
        _ = try await desk.create()

        let second = try await desk.round(first.next + "&startDateTime=2026-01-01T00:00:00Z")

        #expect(second.items.allSatisfy { $0["@removed"] != nil })
    }

    @Test("a link asked for again gives the same page")
    func repeatable() async throws {
        let desk = try await GraphDesk()
        for _ in 0..<3 { _ = try await desk.create() }
        let first = try await desk.call(.get, desk.view(delta: true), prefer: "odata.maxpagesize=1")
        let link = try #require(first.json["@odata.nextLink"]?.string)

        let once = try await desk.call(.get, link, prefer: "odata.maxpagesize=1")
        let again = try await desk.call(.get, link, prefer: "odata.maxpagesize=1")

        #expect(once.values == again.values)
        #expect(once.values.count == 1)
    }

    @Test("expired links answer 410, next links as well as delta links")
    func expired() async throws {
        let desk = try await GraphDesk()
        for _ in 0..<2 { _ = try await desk.create() }
        let page = try await desk.call(.get, desk.view(delta: true), prefer: "odata.maxpagesize=1")
        let next = try #require(page.json["@odata.nextLink"]?.string)
        let round = try await desk.round(desk.view(delta: true))

        desk.graph.expireSyncTokens()

        let answers = [try await desk.call(.get, next), try await desk.call(.get, round.next)]
        #expect(answers.map(\.status) == [410, 410] as [Int])
        #expect(answers.map(\.code) == ["SyncStateNotFound", "SyncStateNotFound"])
        #expect(try await desk.round(desk.view(delta: true)).items.count == 2)
    }

    @Test(
        "query options are refused",
        arguments: ["$select=subject", "$filter=subject%20eq%20'x'", "$top=1&$expand=x"]
    )
    func options(_ option: String) async throws {
        let desk = try await GraphDesk()

        let reply = try await desk.call(.get, desk.view(delta: true) + "&" + option)

        #expect(reply.status == 400)
    }

    @Test("ids take the form that each request prefers")
    func immutableIDs() async throws {
        let desk = try await GraphDesk()
        let event = try await desk.create()

        let round = try await desk.round(desk.view(delta: true), prefer: GraphDesk.immutable)

        let id = try #require(round.items.first?["id"]?.string)
        #expect(id != event.id)
        #expect(try await desk.call(.get, desk.path(id)).id == event.id)
    }
}
