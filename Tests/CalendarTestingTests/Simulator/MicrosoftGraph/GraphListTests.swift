import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("Graph simulator: lists of events")
struct GraphListTests {
    /// A desk with an event per subject, an hour apart from 3 March 2026, 10:00 UTC.
    static func desk(_ subjects: String...) async throws -> GraphDesk {
        let desk = try await GraphDesk()
        for (number, subject) in subjects.enumerated() {
            let hour = 10 + number
            _ = try await desk.create([
                "subject": .string(subject), "categories": number == 0 ? ["red"] : [],
                "start": ["dateTime": .string("2026-03-03T\(hour):00:00"), "timeZone": "UTC"],
                "end": ["dateTime": .string("2026-03-03T\(hour + 1):00:00"), "timeZone": "UTC"],
            ])
        }
        return desk
    }

    static func encoded(_ name: String, _ value: String) -> String {
        "%24\(name)=\(PercentEncoding.encode(value))"
    }

    static func subjects(_ reply: GraphReply) -> [String?] { reply.values.map { $0["subject"]?.string } }

    @Test(
        "a filter finds what it describes",
        arguments: [
            ("subject eq 'beta'", ["Beta"]), ("startswith(subject,'al')", ["Alpha"]),
            ("contains(subject, 'mm')", ["Gamma"]), ("not (subject eq 'Beta')", ["Alpha", "Gamma"]),
            ("start/dateTime ge '2026-03-03T11:00'", ["Beta", "Gamma"]),
            ("start/dateTime ge '2026-03-03T11:00:00Z' and end/dateTime le '2026-03-03T12:00:00'", ["Beta"]),
            ("subject eq 'Alpha' or subject eq 'Gamma'", ["Alpha", "Gamma"]),
            ("categories/any(c:c eq 'red')", ["Alpha"]), ("categories/any()", ["Alpha"]),
            ("type eq 'seriesMaster'", []), ("isAllDay eq false and isCancelled eq false", ["Alpha", "Beta", "Gamma"]),
            ("lastModifiedDateTime gt 2027-01-01T00:00:00Z", []),
            ("organizer/emailAddress/address eq 'NORA@example.com' and subject ne 'Alpha'", ["Beta", "Gamma"]),
        ] as [(String, [String])]
    )
    func filters(_ filter: String, _ expected: [String]) async throws {
        let desk = try await Self.desk("Alpha", "Beta", "Gamma")

        let reply = try await desk.call(.get, "/me/events?" + Self.encoded("filter", filter))

        #expect(reply.status == 200)
        #expect(Self.subjects(reply) == expected)
    }

    @Test(
        "a filter that the service does not know is refused",
        arguments: [
            ("transactionId eq 'x'", "UnsupportedEntityExpression"), ("uid eq 'x'", "UnsupportedEntityExpression"),
            ("subject eq", "BadRequest"), ("subject like 'x'", "BadRequest"), ("subject eq 'x", "BadRequest"),
            ("subject eq '", "BadRequest"),
            ("(subject eq 'x'", "BadRequest"),
        ]
    )
    func refusedFilters(_ filter: String, _ code: String) async throws {
        let desk = try await GraphDesk()

        let reply = try await desk.call(.get, "/me/events?" + Self.encoded("filter", filter))

        #expect(reply.status == 400)
        #expect(reply.code == code)
    }

    @Test("an order is kept over pages, and a count counts them all")
    func order() async throws {
        let desk = try await Self.desk("Alpha", "Beta", "Gamma")
        let options = Self.encoded("orderby", "start/dateTime desc") + "&$top=2&$count=true"

        let first = try await desk.call(.get, "/me/events?" + options)
        let second = try await desk.call(.get, try #require(first.json["@odata.nextLink"]?.string))

        #expect(Self.subjects(first) == ["Gamma", "Beta"])
        #expect(Self.subjects(second) == ["Alpha"])
        #expect(first.json["@odata.count"] == .int(3))
        #expect(second.json["@odata.nextLink"] == nil)
        #expect(try await desk.call(.get, "/me/events?$orderby=webLink").status == 400)
    }

    @Test(
        "a collection tells its number alone, and nothing else has one",
        arguments: [
            ("/me/events/$count", 2), ("/me/events/%24count?$filter=subject%20eq%20'Beta'", 1),
            ("/me/calendars/$count", 1), ("/me/calendar/$count", nil), ("/me/$count", nil),
        ] as [(String, Int?)]
    )
    func count(_ path: String, _ expected: Int?) async throws {
        let desk = try await Self.desk("Alpha", "Beta")

        let reply = try await desk.call(.get, path)

        #expect(reply.status == (expected == nil ? 400 : 200))
        #expect(reply.headers["Content-Type"]?.hasPrefix("text/plain") == (expected != nil))
        if let expected { #expect(reply.json == .int(expected)) }
    }

    @Test("a key may stand in parentheses")
    func keys() async throws {
        let desk = try await Self.desk("Alpha")
        let event = try #require(try await desk.call(.get, "/me/events").values.first?["id"]?.string)
        let calendar = try await desk.call(.get, "/me/calendar").id
        let user = GraphDesk.nora

        let one = try await desk.call(.get, "/users('\(user)')/events('\(event)')")
        let list = try await desk.call(.get, "/me/calendars('\(calendar)')/events?$select=subject")

        #expect(one.json["subject"]?.string == "Alpha")
        #expect(Self.subjects(list) == ["Alpha"])
        #expect(try await desk.call(.get, "/me/events('it''s')").code == "ErrorInvalidIdMalformed")
    }

    @Test("a page of no events has no link, and a size that is no number is refused", arguments: ["top", "skip"])
    func sizes(_ option: String) async throws {
        let desk = try await Self.desk("Alpha", "Beta")

        let none = try await desk.call(.get, "/me/events?$top=0&$count=true")
        let refused = try await desk.call(.get, "/me/events?$\(option)=many")

        #expect(Self.subjects(none) == [])
        #expect(none.json["@odata.count"] == .int(2))
        #expect(none.json["@odata.nextLink"] == nil)
        #expect(refused.status == 400)
        #expect(try await desk.call(.get, "/me/events?$\(option)=-1").status == 400)
    }

    @Test("selected properties come with id and etag, and a property that does not exist is refused")
    func select() async throws {
        let desk = try await Self.desk("Alpha")

        let reply = try await desk.call(.get, "/me/events?%24select=Subject,%20start")
        let wrong = try await desk.call(.get, "/me/events?$select=colour")

        #expect(Set(reply.values.first?.object?.keys ?? []) == ["@odata.etag", "id", "subject", "start"])
        #expect(wrong.status == 400)
    }

    @Test("a view does not bring the times of creation and change when they are selected")
    func hiddenInView() async throws {
        let desk = try await Self.desk("Alpha")

        let reply = try await desk.call(.get, desk.view() + "&$select=subject,createdDateTime,lastModifiedDateTime")

        #expect(Set(reply.values.first?.object?.keys ?? []) == ["@odata.etag", "id", "subject"])
    }

    @Test("several properties are expanded at once")
    func expand() async throws {
        let desk = try await GraphDesk()
        let event = try await desk.create(["recurrence": GraphDesk.weekly(count: 3)])
        let id = try #require(try await desk.call(.get, desk.view()).values[1]["id"]?.string)
        _ = try await desk.call(.patch, desk.path(id), ["subject": "Moved"])
        let expand = "exceptionOccurrences($select=subject,originalStart),extensions,attachments,calendar"

        let reply = try await desk.call(.get, desk.path(event.id) + "?" + Self.encoded("expand", expand))
        let wrong = try await desk.call(.get, desk.path(event.id) + "?$expand=organizer")

        let exception = try #require(reply.json["exceptionOccurrences"]?.elements.first)
        #expect(exception["subject"]?.string == "Moved")
        #expect(exception["originalStart"]?.string == "2026-03-10T08:00:00Z")
        #expect(exception["body"] == nil)
        #expect(reply.json["extensions"] == [])
        #expect(reply.json["attachments"] == [])
        #expect(reply.json["calendar"]?["isDefaultCalendar"] == true)
        #expect(wrong.status == 400)
    }

    @Test("cancelled occurrences are named by the date in the zone of the series, and only when selected")
    func cancelledOccurrences() async throws {
        let desk = try await GraphDesk()
        let event = try await desk.create(["recurrence": GraphDesk.weekly(count: 3)])
        let id = try #require(try await desk.call(.get, desk.view()).values[1]["id"]?.string)
        _ = try await desk.call(.delete, desk.path(id))

        let plain = try await desk.call(.get, desk.path(event.id))
        let selected = try await desk.call(.get, desk.path(event.id) + "?$select=subject,cancelledOccurrences")

        #expect(plain.json["cancelledOccurrences"] == nil)
        #expect(selected.json["cancelledOccurrences"] == [.string("OID.\(event.id).2026-03-10")])
    }

    @Test("instances are found by type, and functions may be written with parentheses")
    func instances() async throws {
        let desk = try await GraphDesk()
        let event = try await desk.create(["recurrence": GraphDesk.weekly(count: 3)])
        let id = try #require(try await desk.call(.get, desk.view()).values[1]["id"]?.string)
        _ = try await desk.call(.patch, desk.path(id), ["subject": "Moved"])
        let window = "startDateTime=2026-03-01T00:00:00Z&endDateTime=2026-04-01T00:00:00Z"

        let list = try await desk.call(
            .get,
            desk.path(event.id) + "/instances?\(window)&" + Self.encoded("filter", "type ne 'occurrence'")
        )
        let round = try await desk.round("/me/calendarView/delta()?" + window)

        #expect(Self.subjects(list) == ["Moved"])
        #expect(round.items.count == 4)
        #expect(try await desk.call(.get, "/me/events/delta?" + window).status == 400)
    }

    @Test("a view covers 1825 days and no more, and the parameters are read in any case")
    func range() async throws {
        let desk = try await GraphDesk()

        let full = try await desk.call(.get, "/me/calendarView?startdatetime=2026-01-01&enddatetime=2030-12-31")
        let long = try await desk.call(.get, "/me/calendarView?startDateTime=2026-01-01&endDateTime=2031-01-01")

        #expect(full.status == 200)
        #expect(long.status == 400)
        #expect(long.code == "ErrorInvalidRequest")
    }
}
