import CalendarCore
import CalendarTesting
import Foundation
import MicrosoftProvider
import Testing
import TrafficSchemas

@Suite("Microsoft: excluded dates")
struct ExclusionTests {
    private static let key: OperationID = "00112233445566778899aabbccddeeff"

    private static func series(_ excluded: String..., guests: [Attendee] = []) throws -> EventContent {
        var content = try Sample.content("2026-05-04T10:00:00")
        content.recurrence = Recurrence(lines: ["RRULE:FREQ=WEEKLY;COUNT=5"] + excluded.map { "EXDATE\($0)" })
        content.attendees = guests
        return content
    }

    private static let left = ["2026-05-04T10:00:00", "2026-05-18T10:00:00", "2026-06-01T10:00:00"]

    /// The second and the fourth occurrence, one of them as an instant.
    private static func twoOut(guests: [Attendee] = []) throws -> EventContent {
        try series(";TZID=Europe/Berlin:20260511T100000", ":20260525T080000Z", guests: guests)
    }

    @Test("a series is created without its excluded dates, and says so in no other way")
    func create() async throws {
        let graph = try await GraphHarness()
        let content = try Self.twoOut()

        let created = try await graph.create(content, key: Self.key)

        #expect(try await graph.starts(of: created.id) == Self.left)
        #expect(graph.provider.canonical(created.content) == graph.provider.canonical(content))
        #expect(created.etag == (try await graph.event(created.id)).etag)
        #expect(graph.provider.losses(writing: content).isEmpty)
    }

    @Test("an all-day series leaves out days")
    func allDay() async throws {
        let graph = try await GraphHarness()
        var content = try Sample.allDay("2026-05-04", "2026-05-05")
        content.recurrence = Recurrence(lines: ["RRULE:FREQ=DAILY;COUNT=3", "EXDATE;VALUE=DATE:20260505"])

        let created = try await graph.create(content, key: Self.key)

        #expect(try await graph.starts(of: created.id).map { $0.prefix(10) } == ["2026-05-04", "2026-05-06"])
    }

    @Test("Trap 26: after a failure at any request the creation is finished, and there is one series (R-34)")
    func failures() async throws {
        var failures = 0
        for moment in NthFailure.Moment.allCases {
            for failing in 1... {
                let graph = try await GraphHarness()
                let transport = NthFailure(graph.session.http, failing: failing, moment)
                let creation = EventCreation(key: Self.key, content: try Self.twoOut(), invitations: .silent)
                do {
                    let session = graph.session(over: transport)
                    _ = try await graph.provider.create(creation, in: graph.calendar, session: session)
                } catch let error as CalendarError where error.code == .connectionFailed {
                    #expect(error.isOutcomeUnknown)
                    // What a sender does after a lost reply: look, and send again when nothing is there.
                    let found = try await graph.provider.createdEvent(
                        for: Self.key,
                        in: graph.calendar,
                        session: graph.session
                    )
                    if found == nil { _ = try await graph.create(try Self.twoOut(), key: Self.key, .silent) }
                }
                let held = graph.simulator.events(of: GraphHarness.ada)
                #expect(held.count == 1, "failing request \(failing)")
                #expect(try await graph.starts(of: try #require(held.first).id) == Self.left, "request \(failing)")
                guard transport.hasFailed else { break }
                failures += 1
            }
        }
        #expect(failures >= 10)
    }

    @Test("an excluded date that is new is left out by an update, and one that is out already costs no deletion")
    func update() async throws {
        let graph = try await GraphHarness()
        let created = try await graph.create(try Self.series(), key: Self.key)
        let wanted = try #require(try Self.twoOut().recurrence)

        let first = try await graph.update(created) { $0.recurrence = wanted }
        graph.simulator.clearRequests()
        var stored = first
        stored.content.recurrence = wanted
        // What a sync knows as the base has no excluded dates.
        let update = EventUpdate(
            id: first.id,
            etag: first.etag,
            base: graph.provider.canonical(first.content),
            content: stored.content,
            invitations: .silent
        )
        let second = try await graph.provider.update(update, in: graph.calendar, session: graph.session)

        #expect(try await graph.starts(of: created.id) == Self.left)
        #expect(first.etag != created.etag && second.etag == first.etag)
        #expect(graph.simulator.requests.filter(\.isWrite).isEmpty)
    }

    @Test("Trap 27: a series that moves loses its deletions at the service, and excluded dates are left out again")
    func moved() async throws {
        let graph = try await GraphHarness()
        let created = try await graph.create(try Self.twoOut(), key: Self.key)
        var base = created
        base.content.recurrence = try Self.twoOut().recurrence

        let moved = try await graph.update(base) { content in
            content.start = content.start.advanced(bySeconds: 3600)
            content.end = content.end.advanced(bySeconds: 3600)
            content.recurrence = Recurrence(
                lines: ["RRULE:FREQ=WEEKLY;COUNT=5", "EXDATE;TZID=Europe/Berlin:20260511T110000,20260525T110000"]
            )
        }

        #expect(try await graph.starts(of: moved.id) == Self.left.map { $0.replacing("T10", with: "T11") })
    }

    @Test("Trap 16: nothing is left out of a meeting silently")
    func silent() async throws {
        let graph = try await GraphHarness()
        let guests = [Attendee("grace@example.com")]
        let created = try await graph.create(try Self.series(guests: guests), key: Self.key)
        let mails = graph.simulator.mail.count
        let wanted = try #require(try Self.twoOut().recurrence)

        let error = await #expect(throws: CalendarError.self) {
            try await graph.update(created, .silent) { $0.recurrence = wanted }
        }

        #expect(error?.code == .unsupported && error?.field == "invitations")
        #expect(graph.simulator.mail.count == mails)
        #expect(try await graph.starts(of: created.id).count == 5)
    }

    @Test("a host's excluded dates reach the service, at first and later, and the next sync writes nothing")
    func mirrored() async throws {
        let graph = try await GraphHarness()
        let acting = graph.service.acting(as: graph.principal)
        let id = graph.connection.key.connection
        _ = try await acting.sync(id).finish()
        let record = try await acting.create(
            try Self.series(";TZID=Europe/Berlin:20260511T100000"),
            in: id,
            invitations: .silent
        )
        _ = try await acting.sync(id).finish()
        let series = try #require(graph.simulator.events(of: GraphHarness.ada).first).id
        let first = try await graph.starts(of: series)

        let wanted = try Self.twoOut().recurrence
        try await acting.update(record, invitations: .silent) { $0.recurrence = wanted }
        _ = try await acting.sync(id).finish()
        graph.simulator.clearRequests()
        let idle = try await acting.sync(id).finish()

        #expect(first.count == 4 && !first.contains("2026-05-11T10:00:00"))
        #expect(try await graph.starts(of: series) == Self.left)
        #expect(graph.simulator.requests.filter(\.isWrite).isEmpty)
        #expect(idle.issues == 0 && idle.updated == 0 && idle.removed == 0)
        let start = try #require(Date(rfc3339: "2026-05-01T00:00:00Z"))
        let end = try #require(Date(rfc3339: "2026-07-01T00:00:00Z"))
        let agenda = try await acting.agenda(from: start, to: end, in: EventZone("Europe/Berlin"))
        #expect(agenda.map { "\($0.content.start.civil)" } == Self.left)
    }

    @Test("the names of deleted occurrences are missing in some answers; then each is looked for")
    func withoutNames() async throws {
        let master: JSONNode = ["type": "seriesMaster", "recurrence": .endless(.weekly(1, "MO"), on: "2026-05-04")]
        let graph = ScriptedGraph(
            .expect(operation: "events.create", .json(ScriptedGraph.event(master), status: 201)),
            .expect(operation: "events.get", .json(#"{"id":"e1"}"#)),
            .expect(operation: "events.instances", .json(#"{"value":[]}"#)),
            .expect(operation: "events.get", .json(ScriptedGraph.event(master)))
        )

        _ = try await graph.create(try Self.series(";TZID=Europe/Berlin:20260511T100000"))

        #expect(graph.transport.remaining == 0)
    }
}

extension JSONNode {
    /// A recurrence without an end, from a day as text.
    fileprivate static func endless(_ pattern: JSONNode, on day: String) -> JSONNode {
        [
            "pattern": pattern,
            "range": [
                "type": "noEnd", "startDate": .string(day), "recurrenceTimeZone": .string(GraphSeries.zoneName),
            ],
        ]
    }
}
