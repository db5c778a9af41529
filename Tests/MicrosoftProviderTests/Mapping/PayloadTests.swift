import CalendarCore
import CalendarTesting
import Foundation
import MicrosoftProvider
import Testing

@Suite("Microsoft: reading JSON without a call")
struct PayloadTests {
    private let provider = MicrosoftCalendarProvider()

    private func changes(_ text: String) throws -> [RemoteChange] {
        try provider.changes(reading: Data(text.utf8))
    }

    private func events(_ text: String) throws -> [RemoteEvent] {
        try changes(text).compactMap { if case .upserted(let event) = $0 { event } else { nil } }
    }

    @Test("one event, a page and an array say the same, and a bad row stops nobody")
    func shapes() throws {
        let event = ScriptedGraph.event()

        #expect(try events(event).map(\.id) == ["e1"])
        #expect(try changes(event) == changes("[\(event)]"))
        #expect(try changes(event) == changes("{\"value\":[\(event)]}"))
        let mixed = try changes("[{\"id\":\"bad\"},\(event),{\"id\":\"x\",\"@removed\":{\"reason\":\"deleted\"}}]")
        guard case .unreadable(let issue) = mixed.first else { throw CalendarError(.invalidResponse, "no issue") }
        #expect(issue.event == "bad" && issue.field == "start")
        #expect(mixed.last == .removed("x", isCertain: false))
        #expect(mixed.count == 3)
    }

    @Test("input that is not a JSON object or array is an error", arguments: ["", "hello", "{", "7"])
    func unusable(_ input: String) {
        #expect(throws: CalendarError.self) { try changes(input) }
    }

    @Test("a master names its cancelled occurrences by day, and brings its exceptions (R-26)")
    func series() throws {
        let exception = ScriptedGraph.event([
            "id": "o2", "type": "exception", "seriesMasterId": "m.1", "originalStart": "2026-03-31T08:00:00Z",
        ])
        let master = ScriptedGraph.event([
            "id": "m.1", "type": "seriesMaster", "cancelledOccurrences": ["OID.m.1.2026-04-07"],
            "exceptionOccurrences": try JSONNode(Array("[\(exception)]".utf8)),
            "recurrence": [
                "pattern": ["type": "weekly", "interval": 1, "daysOfWeek": ["tuesday"], "firstDayOfWeek": "monday"],
                "range": ["type": "noEnd", "startDate": "2026-03-03"],
            ],
        ])

        let changes = try changes(master)

        #expect(changes.count == 3)
        let key = OccurrenceKey(series: "m.1", originalStart: try Sample.time("2026-04-07T10:00:00"))
        guard case .occurrenceCancelled(let cancelled, _, _) = changes.last else {
            throw CalendarError(.invalidResponse, "nothing is cancelled")
        }
        #expect(cancelled.series == key.series)
        // Ten in Berlin, after the clocks have changed.
        #expect(cancelled.originalStart.date(floatingIn: .utc) == Date(rfc3339: "2026-04-07T08:00:00Z"))
        #expect(try events(master).map(\.id) == ["m.1", "o2"])
    }

    @Test("the body of a request is read although it has no id")
    func request() throws {
        let events = try events(ScriptedGraph.event(["id": nil, "type": nil]))

        #expect(events.map(\.id) == [""])
        #expect(events.first?.content.title == "Review")
    }

    @Test("an unchanged event sends nothing back, a changed one that field alone")
    func patch() throws {
        let event = try #require(try events(ScriptedGraph.event(["hideAttendees": true])).first)
        var content = event.content
        func patch() throws -> JSONNode {
            let update = EventUpdate(
                id: event.id,
                etag: event.etag,
                base: provider.canonical(event.content),
                content: content,
                invitations: .notifyGuests
            )
            return try JSONNode(Array(provider.patch(for: update)))
        }

        #expect(try patch() == [:])
        content.guestRights.maySeeOtherGuests = true
        #expect(try patch() == ["hideAttendees": false])
    }

    @Test("a creation says that guests are hidden from each other, and what it cannot say is a loss")
    func guestRights() throws {
        var content = try Sample.content()
        content.guestRights = GuestRights(mayModify: true, maySeeOtherGuests: false)
        let creation = EventCreation(key: ScriptedGraph.key, content: content, invitations: .silent)

        let body = try JSONNode(Array(provider.payload(creating: creation)))

        #expect(body["hideAttendees"] == true)
        #expect(provider.losses(writing: content).map(\.field) == [.guestRights])
        #expect(provider.canonical(content).guestRights == GuestRights(maySeeOtherGuests: false))
    }

    @Test("a proposed time and the address of a place are kept with the service's own fields")
    func kept() throws {
        let event = try #require(
            try events(
                ScriptedGraph.event([
                    "location": ["displayName": "Hall", "address": ["city": "Graz"]],
                    "attendees": [["emailAddress": ["address": "b@example.com"], "proposedNewTime": ["start": "x"]]],
                ])
            ).first
        )

        let fields = try JSONNode(Array(event.providerFields))
        #expect(event.content.location == "Hall")
        #expect(fields["location"]?["address"]?["city"] == "Graz")
        #expect(fields["attendees"]?.elements.first?["proposedNewTime"]?["start"] == "x")
    }

    @Test(
        "every shared event maps without an issue and sends nothing back unchanged",
        .enabled(if: SharedPayloads.isPresent, "shared data is absent")
    )
    func shared() throws {
        var count = 0
        for name in SharedPayloads.names {
            let document = try JSONNode(Array(SharedPayloads.data(name)))
            let rows = document["value"]?.elements ?? [document]
            guard rows.contains(where: { $0["start"]?.object != nil && $0["end"]?.object != nil }) else { continue }
            for change in try provider.changes(reading: SharedPayloads.data(name)) {
                if case .unreadable(let issue) = change { Issue.record("\(name): \(issue.field ?? "")") }
                guard case .upserted(let event) = change else { continue }
                let stored = try JSONDecoder().decode(EventContent.self, from: JSONEncoder().encode(event.content))
                var base = provider.canonical(event.content)
                base.hostTags = event.content.hostTags
                let update = EventUpdate(
                    id: event.id,
                    etag: event.etag,
                    base: base,
                    content: stored,
                    invitations: .silent
                )
                #expect(String(decoding: try provider.patch(for: update), as: UTF8.self) == "{}", "\(name)")
                count += 1
            }
        }
        #expect(count >= 40)
    }
}
