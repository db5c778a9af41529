import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("Graph simulator: what other people do")
struct GraphPeopleTests {
    static func timed(_ title: String, _ day: String = "2026-03-03") throws -> EventContent {
        let zone = EventZone("Europe/Berlin")
        let start = try #require(CivilDateTime(day + "T09:00:00"))
        return EventContent(title: title, start: .zoned(start, zone), end: .zoned(start.adding(seconds: 1800), zone))
    }

    static func weekly(_ title: String, count: Int) throws -> EventContent {
        var content = try timed(title)
        content.recurrence = Recurrence(lines: ["RRULE:FREQ=WEEKLY;COUNT=\(count)"])
        return content
    }

    @Test("Trap 23: an event moved to another calendar gets a new default id and keeps its immutable one")
    func move() async throws {
        let desk = try await GraphDesk()
        let side = desk.graph.addCalendar("Side", to: GraphDesk.nora, zone: .utc)
        let id = desk.graph.add(try Self.timed("Visit"), to: GraphDesk.nora)
        let before = try await desk.call(.get, desk.path(id.rawValue)).id
        let feed = try await desk.round(desk.view(delta: true))
        let sidePath = "/me/calendars/" + PercentEncoding.encode(side.rawValue)
        let window = "?startDateTime=2026-03-01T00:00:00Z&endDateTime=2026-04-30T00:00:00Z"
        let sideFeed = try await desk.round(sidePath + "/calendarView/delta" + window)

        desk.graph.move(id, of: GraphDesk.nora, to: side)

        let after = try await desk.call(.get, desk.path(id.rawValue))
        let left = try await desk.round(feed.next)
        let came = try await desk.round(sideFeed.next)
        #expect(after.status == 200)
        #expect(after.id != before)
        #expect(try await desk.call(.get, desk.path(before)).status == 404)
        #expect(try await desk.call(.get, desk.path(after.id)).status == 200)
        #expect(left.items.map { $0["id"]?.string } == [before])
        #expect(left.items.allSatisfy { $0["@removed"] != nil })
        #expect(came.items.map { $0["id"]?.string } == [after.id])
        #expect(desk.graph.mail.isEmpty)
    }

    @Test("an answer in the application reaches the organizer")
    func answer() async throws {
        let desk = try await GraphDesk()
        var content = try Self.timed("Visit")
        content.attendees = [Attendee(EventPerson(GraphDesk.omar))]
        let id = desk.graph.add(content, to: GraphDesk.nora)
        let copy = try #require(desk.graph.events(of: GraphDesk.omar).first)

        desk.graph.answer(copy.id, of: GraphDesk.omar, with: .declined, comment: "Away")

        #expect(try await desk.status(id.rawValue)["status"]?["response"]?.string == "declined")
        #expect(desk.graph.mail.map(\.kind) == [.invitation, .response])
        #expect(desk.graph.mail.last?.comment == "Away")
        #expect(desk.graph.events(of: GraphDesk.omar).isEmpty)
    }

    @Test("an answer that is not sent changes the own copy only")
    func silentAnswer() async throws {
        let desk = try await GraphDesk()
        var content = try Self.timed("Visit")
        content.attendees = [Attendee(EventPerson(GraphDesk.omar))]
        let id = desk.graph.add(content, to: GraphDesk.nora)
        let copy = try #require(desk.graph.events(of: GraphDesk.omar).first)

        desk.graph.answer(copy.id, of: GraphDesk.omar, with: .accepted, isSent: false)

        #expect(try await desk.status(id.rawValue)["status"]?["response"]?.string == "none")
        #expect(desk.graph.mail.map(\.kind) == [.invitation])
    }

    @Test("a meeting cancelled in the application tells its guests why")
    func cancel() async throws {
        let desk = try await GraphDesk()
        var content = try Self.timed("Visit")
        content.attendees = [Attendee(EventPerson(GraphDesk.nora))]
        let id = desk.graph.add(content, to: GraphDesk.omar)

        desk.graph.cancel(id, of: GraphDesk.omar, comment: "Ill")

        #expect(desk.graph.mail.map(\.kind) == [.invitation, .cancellation])
        #expect(desk.graph.mail.last?.comment == "Ill")
        #expect(desk.graph.events(of: GraphDesk.nora).map(\.isCancelled) == [true])
        #expect(desk.graph.events(of: GraphDesk.omar).isEmpty)
    }

    @Test("a series can lose all its occurrences, and its master can still be read")
    func cancelAll() async throws {
        let desk = try await GraphDesk()
        let id = desk.graph.add(try Self.weekly("Class", count: 3), to: GraphDesk.nora)

        desk.graph.cancelAllOccurrences(of: id, of: GraphDesk.nora)

        let reply = try await desk.call(.get, desk.path(id.rawValue) + "?$select=type,cancelledOccurrences")
        #expect(try await desk.call(.get, desk.view()).values.isEmpty)
        #expect(reply.json["type"]?.string == "seriesMaster")
        #expect(reply.json["cancelledOccurrences"]?.elements.count == 3)
    }

    @Test("a damaged event shows what the test chose, in reads, lists and feeds, until it is mended")
    func damage() async throws {
        let desk = try await GraphDesk()
        let id = desk.graph.add(try Self.timed("Visit"), to: GraphDesk.nora)

        desk.graph.damage(id, of: GraphDesk.nora, with: #"{"start": {"dateTime": "soon"}, "type": "novel"}"#)
        let one = try await desk.call(.get, desk.path(id.rawValue)).json
        let listed = try #require(try await desk.call(.get, desk.view()).values.first)
        let fed = try #require(try await desk.round(desk.view(delta: true)).items.first)
        desk.graph.damage(id, of: GraphDesk.nora, with: "{}")
        let mended = try await desk.call(.get, desk.path(id.rawValue)).json

        for node in [one, listed, fed] {
            #expect(node["start"]?["dateTime"]?.string == "soon")
            #expect(node["type"]?.string == "novel")
        }
        #expect(mended["type"]?.string == "singleInstance")
    }

    @Test("a private event in somebody else's calendar shows when it is, and not what it is")
    func privateEvent() async throws {
        let desk = try await GraphDesk()
        let theirs = desk.graph.addCalendar("Theirs", to: GraphDesk.nora, zone: .utc, access: .read)
        var content = try Self.timed("Doctor")
        content.location = "Hospital"
        content.visibility = .private
        desk.graph.add(content, to: GraphDesk.nora, calendar: theirs)
        let path = "/me/calendars/" + PercentEncoding.encode(theirs.rawValue)

        let event = try #require(try await desk.call(.get, path + "/events").values.first)

        #expect(event["subject"]?.string == "Private Appointment")
        #expect(event["location"]?["displayName"]?.string == "")
        #expect(event["sensitivity"]?.string == "private")
        #expect(event["start"]?["dateTime"]?.string == "2026-03-03T08:00:00.0000000")
    }

    @Test("a repeated transaction id is refused where the service is set so")
    func repeatedTransaction() async throws {
        let desk = try await GraphDesk()
        desk.graph.refusesRepeatedTransactions = true

        let first = try await desk.create(["transactionId": "op-1"])
        let second = try await desk.create(["transactionId": "op-1"])

        #expect([first.status, second.status] == [201, 409] as [Int])
    }
}
