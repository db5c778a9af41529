import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("Graph simulator: writing events")
struct GraphWriteTests {
    static let key = "String {2f6d1c1e-5f0b-4f0c-9c0e-4b8f2a6f7d10} Name SyncKey"

    @Test("a created event is answered in full, with defaults and without values that are unknown")
    func created() async throws {
        let desk = try await GraphDesk()

        let reply = try await desk.create()

        #expect(reply.status == 201)
        #expect(reply.json["start"] == ["dateTime": "2026-03-03T08:00:00.0000000", "timeZone": "UTC"])
        #expect(reply.json["createdDateTime"]?.string == "2026-01-05T09:00:00.0000000Z")
        #expect(reply.json["originalStartTimeZone"]?.string == "W. Europe Standard Time")
        #expect(reply.json["responseStatus"] == ["response": "organizer", "time": "0001-01-01T00:00:00Z"])
        #expect(
            reply.json["location"] == [
                "displayName": "", "locationType": "default", "uniqueIdType": "unknown", "address": [:],
                "coordinates": [:],
            ]
        )
        #expect(reply.json["showAs"]?.string == "busy")
        #expect(reply.json["type"]?.string == "singleInstance")
        #expect(reply.json["recurrence"] == .null)
        #expect(reply.etag == "W/\"\(reply.json["changeKey"]?.string ?? "")\"")
    }

    @Test("R-34: the same transaction id answers the same event and makes no second one")
    func transaction() async throws {
        let desk = try await GraphDesk()

        let first = try await desk.create(["transactionId": "op-1"])
        let second = try await desk.create(["transactionId": "op-1", "subject": "Other"])

        #expect(second.status == 201)
        #expect(second.id == first.id)
        #expect(second.json["subject"]?.string == "Planning")
        #expect(desk.graph.events(of: GraphDesk.nora).count == 1)
    }

    @Test("an extended property is found by a filter, and answered only where it is expanded")
    func extendedProperty() async throws {
        let desk = try await GraphDesk()
        _ = try await desk.create()
        let property: JSONNode = ["id": .string(Self.key), "value": "it's 42"]
        let event = try await desk.create(["singleValueExtendedProperties": [property]])
        let filter = "singleValueExtendedProperties/any(ep: ep/id eq '\(Self.key)' and ep/value eq 'it''s 42')"
        let expand = "singleValueExtendedProperties($filter=id eq '\(Self.key)')"

        let found = try await desk.call(.get, "/me/events?$filter=" + PercentEncoding.encode(filter))
        let expanded = try await desk.call(.get, desk.path(event.id) + "?$expand=" + PercentEncoding.encode(expand))

        #expect(found.values.map { $0["id"]?.string } == [event.id])
        #expect(found.values[0]["singleValueExtendedProperties"] == nil)
        #expect(expanded.json["singleValueExtendedProperties"] == [property])
    }

    @Test("an update keeps what it does not name, and replaces what it names")
    func merge() async throws {
        let desk = try await GraphDesk()
        let event = try await desk.create([
            "location": ["displayName": "Room 1"], "categories": ["a", "b"], "importance": "high",
        ])

        let reply = try await desk.call(.patch, desk.path(event.id), ["categories": ["c"], "location": nil])

        #expect(reply.status == 200)
        #expect(reply.json["subject"]?.string == "Planning")
        #expect(reply.json["importance"]?.string == "high")
        #expect(reply.json["categories"] == ["c"])
        #expect(reply.json["locations"] == [])
        #expect(reply.etag != event.etag)
    }

    @Test("a stale etag stops update and delete, a fresh one lets them through")
    func conditional() async throws {
        let desk = try await GraphDesk()
        let event = try await desk.create()
        let fresh = try await desk.call(.patch, desk.path(event.id), ["subject": "2"], ifMatch: event.etag)

        let update = try await desk.call(.patch, desk.path(event.id), ["subject": "3"], ifMatch: event.etag)
        let stale = try await desk.call(.delete, desk.path(event.id), ifMatch: event.etag)
        let deletion = try await desk.call(.delete, desk.path(event.id), ifMatch: fresh.etag)

        #expect([update.status, stale.status, deletion.status] == [412, 412, 204] as [Int])
        #expect(update.code == "ErrorIrresolvableConflict")
        #expect(try await desk.call(.get, desk.path(event.id)).code == "ErrorItemNotFound")
    }

    @Test("a property that does not exist is refused", arguments: ["colour", "Subject"])
    func unknownProperty(_ name: String) async throws {
        let desk = try await GraphDesk()

        let reply = try await desk.call(.post, "/me/events", [name: "x"])

        #expect(reply.status == 400)
        #expect(reply.code == "RequestBodyRead")
    }

    @Test("text becomes an HTML document, and what was read can be written again unchanged")
    func body() async throws {
        let desk = try await GraphDesk()
        let event = try await desk.create(["body": ["contentType": "text", "content": "1 < 2\nyes"]])
        let read = try #require(event.json["body"])

        let again = try await desk.call(.patch, desk.path(event.id), ["body": read])
        let text = try await desk.call(.get, desk.path(event.id), prefer: #"outlook.body-content-type="text""#)

        #expect(read["contentType"]?.string == "html")
        #expect(read["content"]?.string?.contains("<div class=\"PlainText\">1 &lt; 2<br>yes</div>") == true)
        #expect(again.json["body"] == read)
        #expect(text.json["body"] == ["contentType": "text", "content": "1 < 2\nyes"])
    }

    @Test("an event is found under its own calendar only, and a malformed id is no missing one")
    func paths() async throws {
        let desk = try await GraphDesk()
        let other = desk.graph.addCalendar("Side", to: GraphDesk.nora, zone: .utc)
        let event = try await desk.create()

        let own = try await desk.call(.get, "/me/calendar/events/" + PercentEncoding.encode(event.id))
        let side = PercentEncoding.encode(other.rawValue)
        let wrong = try await desk.call(.get, "/me/calendars/\(side)/events/" + PercentEncoding.encode(event.id))
        let malformed = try await desk.call(.get, "/me/events/not-an-id")

        #expect(own.status == 200)
        #expect(wrong.status == 404)
        #expect(malformed.code == "ErrorInvalidIdMalformed")
    }

    @Test("a calendar that may only be read refuses writes")
    func readOnlyCalendar() async throws {
        let desk = try await GraphDesk()
        let calendar = desk.graph.addCalendar("Theirs", to: GraphDesk.nora, zone: .utc, access: .read)
        let path = "/me/calendars/" + PercentEncoding.encode(calendar.rawValue)

        let shown = try await desk.call(.get, path)
        let refused = try await desk.call(.post, path + "/events", ["subject": "x"])

        #expect(shown.json["canEdit"] == false)
        #expect(refused.code == "ErrorAccessDenied")
    }

    @Test("calendars come ten to a page")
    func calendarPages() async throws {
        let desk = try await GraphDesk()
        for number in 1...11 { desk.graph.addCalendar("Calendar \(number)", to: GraphDesk.nora, zone: .utc) }

        let first = try await desk.call(.get, "/me/calendars")
        let second = try await desk.call(.get, try #require(first.json["@odata.nextLink"]?.string))

        #expect(first.values.count == 10)
        #expect(second.values.count == 2)
        #expect(second.json["@odata.nextLink"] == nil)
        #expect(first.values.map { $0["isDefaultCalendar"]?.bool }.prefix(2) == [true, false])
    }
}
