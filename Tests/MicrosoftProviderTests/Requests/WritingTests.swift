import CalendarCore
import CalendarTesting
import Foundation
import MicrosoftProvider
import Testing

@Suite("Microsoft: writing")
struct WritingTests {
    private let guest = Attendee("grace@example.com")

    private func update(
        _ base: EventContent,
        _ content: EventContent,
        _ invitations: InvitationPolicy = .silent
    ) -> EventUpdate {
        EventUpdate(id: "AAMk/e+1=", etag: "W/\"v1\"", base: base, content: content, invitations: invitations)
    }

    @Test("creating sends the key twice, the Windows zone, and our own IANA zone")
    func create() async throws {
        let graph = ScriptedGraph(
            .expect(
                .post,
                path: "/v1.0/me/calendars/AAMk%2Fcal%2B1%3D%3D/events",
                .json(ScriptedGraph.event(), status: 201)
            )
        )
        var content = try Sample.content("2026-03-03T10:00:00", "Europe/Vienna")
        content.hostTags = ["deal": "42"]

        let event = try await graph.create(content)

        let body = try graph.body()
        #expect(body["transactionId"]?.string == "01234567-89ab-cdef-0123-456789abcdef")
        #expect(body["start"] == ["dateTime": "2026-03-03T10:00:00", "timeZone": "W. Europe Standard Time"])
        let values = body["singleValueExtendedProperties"]?.elements.compactMap { $0["value"]?.string }
        #expect(values == [ScriptedGraph.key.rawValue, "Europe/Vienna", "{\"deal\":\"42\"}"])
        #expect(graph.transport.requests[0].repeatSafety == .onlyIfUnprocessed)
        #expect(event.creationKey == ScriptedGraph.key)
        #expect(event.content.start == (try Sample.time("2026-03-03T10:00:00", "Europe/Vienna")).withWindowsName)
        #expect(event.content.hostTags == ["deal": "42"])
    }

    @Test("a write that would mail guests although it is silent is refused before any call (R-08)")
    func silence() async throws {
        let graph = ScriptedGraph()
        var content = try Sample.content()
        content.attendees = [guest]
        var renamed = content
        renamed.title = "Other"

        await #expect { try await graph.create(content) } throws: { ($0 as? CalendarError)?.code == .unsupported }
        await #expect {
            try await graph.provider.update(update(content, renamed), in: "c", session: graph.session)
        } throws: {
            ($0 as? CalendarError)?.code == .unsupported
        }
        #expect(graph.transport.requests.isEmpty)
    }

    @Test("a change of one's own reminder mails nobody and may be silent")
    func personal() async throws {
        let graph = ScriptedGraph(.expect(operation: "events.update", .json(ScriptedGraph.event())))
        var content = try Sample.content()
        content.attendees = [guest]
        var reminded = content
        reminded.reminders = EventReminders(usesDefault: false, overrides: [.init(minutesBefore: 30)])

        _ = try await graph.provider.update(update(content, reminded), in: "c", session: graph.session)

        #expect(try graph.body().object?.keys == ["isReminderOn", "reminderMinutesBeforeStart"])
    }

    @Test("a silent deletion looks for guests first and is refused when there are some (R-08)")
    func silentDeletion() async throws {
        let meeting = "{\"isOrganizer\":true,\"attendees\":[{}]}"
        let graph = ScriptedGraph(.expect(operation: "events.get", .json(meeting)))
        let deletion = EventDeletion(id: "e1", etag: nil, invitations: .silent)

        await #expect { try await graph.provider.delete(deletion, in: "c", session: graph.session) } throws: {
            ($0 as? CalendarError)?.code == .unsupported
        }
        #expect(graph.operations == ["events.get"])
    }

    @Test("an update is a patch of the changed fields under If-Match, at an encoded address")
    func patch() async throws {
        let graph = ScriptedGraph(
            .expect(.patch, path: "/v1.0/me/events/AAMk%2Fe%2B1%3D", .json(ScriptedGraph.event()))
        )
        let base = try Sample.content()
        var content = base
        content.end = try Sample.time("2026-03-03T12:00:00")

        _ = try await graph.provider.update(update(base, content), in: "c", session: graph.session)

        let request = graph.transport.requests[0]
        #expect(request.headers["If-Match"] == "W/\"v1\"")
        #expect(request.repeatSafety == .safe)
        #expect(try graph.body().object?.keys == ["isAllDay", "start", "end"])
    }

    @Test("the text of an online meeting is not sent unless it changed")
    func onlineBody() async throws {
        let graph = ScriptedGraph(.expect(operation: "events.update", .json(ScriptedGraph.event())))
        var base = try Sample.content()
        base.conference = EventConference(solution: "teamsForBusiness", joinURL: "https://t.example/j", state: .ready)
        base.body = EventBody("<html><body>Join</body></html>", isHTML: true)
        var content = base
        content.body = EventBody("Join")
        content.title = "Other"

        _ = try await graph.provider.update(update(base, content), in: "c", session: graph.session)

        #expect(try graph.body().object?.keys == ["subject"])
    }

    @Test("a series that moves to another day is sent with its whole recurrence")
    func movedSeries() async throws {
        let graph = ScriptedGraph(.expect(operation: "events.update", .json(ScriptedGraph.event())))
        let base = try Sample.series("FREQ=DAILY", start: "2026-03-03T10:00:00")
        let content = try Sample.series("FREQ=DAILY", start: "2026-03-04T10:00:00")

        _ = try await graph.provider.update(update(base, content), in: "c", session: graph.session)

        #expect(try graph.body()["recurrence"]?["range"]?["startDate"]?.string == "2026-03-04")
    }

    @Test("a changed event is a conflict (HTTP 412)")
    func conflict() async throws {
        let graph = ScriptedGraph(
            .expect(
                operation: "events.update",
                .json("{\"error\":{\"code\":\"ErrorIrresolvableConflict\"}}", status: 412)
            ),
            .expect(operation: "events.get", .json(ScriptedGraph.event()))
        )
        let base = try Sample.content()
        var content = base
        content.title = "Other"

        await #expect {
            try await graph.provider.update(update(base, content), in: "c", session: graph.session)
        } throws: {
            ($0 as? CalendarError)?.code == .conflict
        }
    }

    @Test("deleting what is gone succeeds", arguments: [204, 404])
    func delete(status: Int) async throws {
        let graph = ScriptedGraph(.expect(.delete, path: "/v1.0/me/events/e1", .json("", status: status)))
        let deletion = EventDeletion(id: "e1", etag: "W/\"v1\"", invitations: .notifyGuests)

        try await graph.provider.delete(deletion, in: "c", session: graph.session)

        #expect(graph.transport.requests[0].headers["If-Match"] == "W/\"v1\"")
        #expect(graph.transport.requests[0].headers["Prefer"]?.contains("ImmutableId") == true)
    }

    @Test("a repeated creation answered with 409 finds the event it made")
    func duplicate() async throws {
        let graph = ScriptedGraph(
            .expect(operation: "events.create", .json("{\"error\":{\"code\":\"Conflict\"}}", status: 409)),
            .expect(operation: "events.find", .json("{\"value\":[\(ScriptedGraph.event())]}"))
        )

        let event = try await graph.create(try Sample.content())

        let query = FormFields(parsing: graph.transport.requests[1].url.query(percentEncoded: true) ?? "")
        #expect(query["$filter"]?.hasPrefix("singleValueExtendedProperties/any(ep: ep/id eq 'String {") == true)
        #expect(query["$filter"]?.hasSuffix("ep/value eq '\(ScriptedGraph.key)')") == true)
        #expect(event.creationKey == ScriptedGraph.key)
    }

    @Test("a server fault on a creation leaves its outcome unknown", arguments: [500, 503, 504])
    func unknownOutcome(status: Int) async throws {
        let graph = ScriptedGraph(.expect(operation: "events.create", .json("{}", status: status)))

        await #expect { try await graph.create(try Sample.content()) } throws: {
            ($0 as? CalendarError)?.isOutcomeUnknown == true
        }
    }

    @Test("what an event must have is checked before any call")
    func invalid() async throws {
        let graph = ScriptedGraph()
        var content = try Sample.content()
        content.end = content.start

        await #expect { try await graph.create(content) } throws: { ($0 as? CalendarError)?.field == "end" }
        #expect(graph.transport.requests.isEmpty)
    }
}

extension EventTime {
    /// The same time with the Windows name it has after a round trip.
    fileprivate var withWindowsName: EventTime {
        guard case .zoned(let time) = self else { return self }
        let windows = WindowsZones.windows(forIANA: time.zone.identifier)
        return .zoned(time.civil, EventZone(identifier: time.zone.identifier, windowsName: windows))
    }
}
