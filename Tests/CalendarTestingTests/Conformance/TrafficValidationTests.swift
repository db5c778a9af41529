import CalendarCore
import CalendarTesting
import Foundation
import Synchronization
import Testing
import TrafficSchemas

@Suite("Traffic against the services' own descriptions")
struct TrafficValidationTests {
    @Test(
        "F-03 a sync with a write is valid traffic, and every message of it was checked",
        .enabled(if: SharedDescriptions.arePresent, "\(SharedDescriptions.absence)"),
        arguments: Service.allCases
    )
    func validTraffic(service: Service) async throws {
        let world = World()
        let checked = World.validating(world.simulator(service), service)
        world.tap(service).intercept { request, _ in try await checked.send(request) }
        world.simulator(service).add(try World.event("Review", on: "2026-03-18"), to: service.address)
        let connection = try await world.connectAndSync(service)

        try await world.sync(service, connection)

        // At least the list of calendars, a full round and an increment, each a request with its answer.
        #expect(checked.validated >= 6)
    }

    @Test(
        "a body that breaks Google's description is reported by its field",
        .enabled(if: SharedDescriptions.arePresent, "\(SharedDescriptions.absence)"),
        arguments: [
            (#"{"summary": "Plain"}"#, []),
            (#"{"summary": 5}"#, ["Event.summary is no string"]),
            (#"{"sumary": "x"}"#, ["Event.sumary is unknown"]),
            (#"{"start": {"date": "2026-02-30"}}"#, ["Event.start.date is no date"]),
            (#"{"end": {"dateTime": "2026-03-01T10:00:00", "timeZone": "UTC"}}"#, []),
            (#"{"end": {"dateTime": "2026-03-01T10:00:00"}}"#, ["Event.end.dateTime is no date-time"]),
            (#"{"attendees": {"email": "x"}}"#, ["Event.attendees is no array"]),
            (#"{"attendees": [{"email": "x", "optional": "no"}]}"#, ["Event.attendees[].optional is no boolean"]),
            (
                #"{"reminders": {"overrides": [{"minutes": 3000000000}]}}"#,
                ["Event.reminders.overrides[].minutes is beyond int32"]
            ),
            (#"{"extendedProperties": {"private": {"a": "b"}}}"#, []),
            (#"{"extendedProperties": {"private": {"a": 1}}}"#, ["Event.extendedProperties.private.a is no string"]),
            (#"{"location": null}"#, ["Event.location is null"]),
            ("nonsense", ["the body is not JSON"]),
        ] as [(String, [String])]
    )
    func google(body: String, expected: [String]) async throws {
        let found = try await reports(SharedDescriptions.google, .post, "calendar/v3/calendars/primary/events", body)
        #expect(found == expected.map { "events.insert, request: \($0)" })
    }

    @Test(
        "a query that Google's description does not have is reported by its name",
        .enabled(if: SharedDescriptions.arePresent, "\(SharedDescriptions.absence)"),
        arguments: [
            ("singleEvents=true&maxResults=5&timeMin=2026-03-01T00:00:00Z", []),
            ("expand=all", ["events.list, request: the query has no expand"]),
            ("calendarId=x", ["events.list, request: the query has no calendarId"]),
            ("maxResults=many", ["events.list, request: the query's maxResults is null"]),
            ("singleEvents=1", ["events.list, request: the query's singleEvents is null"]),
            ("orderBy=end", ["events.list, request: the query's orderBy is no word it knows"]),
            ("timeMin=today", ["events.list, request: the query's timeMin is no date-time"]),
        ] as [(String, [String])]
    )
    func googleQuery(query: String, expected: [String]) async throws {
        let path = "calendar/v3/calendars/primary/events?\(query)"
        #expect(try await reports(SharedDescriptions.google, .get, path, nil) == expected)
    }

    @Test(
        "a body that breaks Graph's description is reported by its field",
        .enabled(if: SharedDescriptions.arePresent, "\(SharedDescriptions.absence)"),
        arguments: [
            (#"{"subject": "Plain", "singleValueExtendedProperties": [{"id": "String", "value": "x"}]}"#, []),
            (#"{"subject": null}"#, []),
            (#"{"subject": true}"#, ["event.subject is no Edm.String"]),
            (#"{"title": "x"}"#, ["event.title is unknown"]),
            (#"{"changeKey": 1}"#, ["event.changeKey is no Edm.String"]),
            (#"{"showAs": "gone"}"#, ["event.showAs is no word of freeBusyStatus"]),
            (#"{"start": {"dateTime": "2026-03-01T10:00:00", "zone": "UTC"}}"#, ["event.start.zone is unknown"]),
            (
                #"{"attendees": [{"type": "required", "emailAddress": {"address": 5}}]}"#,
                ["event.attendees[].emailAddress.address is no Edm.String"]
            ),
            (
                #"{"recurrence": {"range": {"startDate": "1 May"}}}"#,
                ["event.recurrence.range.startDate is no Edm.Date"]
            ),
            (#"{"originalStart": "yesterday"}"#, ["event.originalStart is no Edm.DateTimeOffset"]),
            (#"{"categories": "Red"}"#, ["event.categories is no list"]),
            (#"{"subject@odata.note": 1}"#, []),
        ] as [(String, [String])]
    )
    func graph(body: String, expected: [String]) async throws {
        let found = try await reports(SharedDescriptions.microsoft, .post, "v1.0/me/calendars/c1/events", body)
        #expect(found == expected.map { "POST calendars/{id}/events, request: \($0)" })
    }

    @Test(
        "actions, functions, lists and unknown addresses of Graph are told apart",
        .enabled(if: SharedDescriptions.arePresent, "\(SharedDescriptions.absence)")
    )
    func graphShapes() async throws {
        let metadata = try #require(SharedDescriptions.microsoft)
        let list = #"{"@odata.context": "x", "value": [{"id": "e1", "@removed": {"reason": "deleted"}}]}"#
        let delta = "v1.0/me/calendars/c1/calendarView/delta"
        #expect(try await reports(metadata, .get, delta, nil, answer: list) == [])
        let odd = #"{"value": [{"id": 1}], "count": 1}"#
        let function = "GET calendars/{id}/calendarView/delta, answer: "
        #expect(
            try await reports(metadata, .get, delta, nil, answer: odd)
                == [function + "count beside the list", function + "event[].id is no Edm.String"]
        )
        let schedule = "v1.0/me/calendar/getSchedule"
        #expect(try await reports(metadata, .post, schedule, #"{"schedules": ["a"]}"#, answer: list) != [])
        #expect(
            try await reports(metadata, .post, schedule, #"{"people": []}"#)
                == ["POST calendar/getSchedule, request: people is no parameter"]
        )
        #expect(try await reports(metadata, .get, "v1.0/me/calendar/colours", nil) == ["GET: no such method"])
        #expect(try await reports(metadata, .get, "v1.0/me", nil, answer: "anything") == [])
    }

    @Test("without a description everything passes, and nothing is counted")
    func absent() async throws {
        #expect(try await reports(nil, .post, "calendar/v3/calendars/primary/events", "nonsense") == [])
    }

    /// What a transport with a description reports about one exchange.
    private func reports(
        _ schema: (any TrafficSchema)?,
        _ method: HTTPMethod,
        _ path: String,
        _ body: String?,
        answer: String? = nil
    ) async throws -> [String] {
        let reports = Reports()
        let transport = ValidatingTransport(Answering(body: answer), schema: schema) { reports.add($0) }
        let url = try #require(URL(string: "https://service.example.com/\(path)"))
        _ = try await transport.send(HTTPRequest(method, url, operation: "test", body: body.map { Data($0.utf8) }))
        return reports.all
    }
}

/// Answers the same to everything; without a body that nothing is there.
private struct Answering: HTTPTransport {
    let body: String?

    func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        HTTPResponse(status: body == nil ? 404 : 200, headers: [:], body: Data((body ?? "").utf8))
    }
}

/// Collects what a transport reports.
private final class Reports: Sendable {
    private let found = Mutex<[String]>([])

    var all: [String] { found.withLock { $0 } }

    func add(_ report: String) { found.withLock { $0.append(report) } }
}
