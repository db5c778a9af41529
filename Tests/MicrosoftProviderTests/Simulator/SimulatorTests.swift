import CalendarCore
import CalendarTesting
import Foundation
import MicrosoftProvider
import Testing

@Suite("Microsoft: against the simulator")
struct SimulatorTests {
    @Test("what is written comes back the same in canonical form", arguments: try SampleContents.all)
    func roundTrip(sample: SampleContents) async throws {
        let graph = try await GraphHarness()
        let expected = graph.provider.canonical(sample.content)

        let created = try await graph.create(sample.content)
        let read = try await graph.provider.event(created.id, in: graph.calendar, session: graph.session)
        let fed = try await graph.round().changes.compactMap {
            if case .upserted(let event) = $0 { event } else { nil }
        }

        #expect(graph.provider.canonical(created.content) == expected)
        #expect(graph.provider.canonical(read.content) == expected)
        #expect(fed.map { graph.provider.canonical($0.content) } == [expected])
        #expect(read.content.hostTags == sample.content.hostTags)
        #expect(read.content.start.zone?.identifier == sample.content.start.zone?.identifier)
        #expect(created.etag == read.etag && created.etag != nil)
    }

    @Test("a creation whose reply was lost is found by its key, and repeating it makes no second event")
    func lostReply() async throws {
        let graph = try await GraphHarness()
        graph.simulator.add(SimulatedFault(.loseReply, method: .post))
        let key: OperationID = "ffffffffffffffffffffffffffffffff"

        await #expect { try await graph.create(try Sample.content(), key: key) } throws: {
            ($0 as? CalendarError)?.isOutcomeUnknown == true
        }
        let found = try await graph.provider.createdEvent(for: key, in: graph.calendar, session: graph.session)
        let again = try await graph.create(try Sample.content(), key: key)

        #expect(found?.id == again.id && found?.creationKey == key)
        #expect(graph.simulator.events(of: GraphHarness.ada).count == 1)
        let other = try await graph.provider.createdEvent(for: "0", in: graph.calendar, session: graph.session)
        #expect(other == nil)
    }

    @Test("an update with a stale etag is a conflict and changes nothing")
    func staleEtag() async throws {
        let graph = try await GraphHarness()
        let base = try Sample.content()
        let event = try await graph.create(base)
        graph.simulator.change(event.id, of: GraphHarness.ada) { $0.title = "Theirs" }
        var mine = base
        mine.title = "Mine"
        let update = EventUpdate(id: event.id, etag: event.etag, base: base, content: mine, invitations: .silent)

        await #expect {
            try await graph.provider.update(update, in: graph.calendar, session: graph.session)
        } throws: {
            ($0 as? CalendarError)?.code == .conflict
        }
        #expect(graph.simulator.events(of: GraphHarness.ada).map(\.title) == ["Theirs"])
    }

    @Test("an update sends what changed, and the answer is what was asked for")
    func update() async throws {
        let graph = try await GraphHarness()
        let base = try Sample.content()
        let event = try await graph.create(base)
        var content = base
        (content.title, content.location) = ("Other", "Room 5")
        content.start = try Sample.time("2026-03-04T08:00:00")
        content.end = try Sample.time("2026-03-04T09:30:00")
        let update = EventUpdate(id: event.id, etag: event.etag, base: base, content: content, invitations: .silent)

        let updated = try await graph.provider.update(update, in: graph.calendar, session: graph.session)

        #expect(graph.provider.canonical(updated.content) == graph.provider.canonical(content))
        #expect(updated.etag != event.etag)
    }

    @Test("deleting tells the feed, and deleting again succeeds")
    func delete() async throws {
        let graph = try await GraphHarness()
        let event = try await graph.create(try Sample.content())
        let cursor = try await graph.round().cursor
        let deletion = EventDeletion(id: event.id, etag: event.etag, invitations: .silent)

        try await graph.provider.delete(deletion, in: graph.calendar, session: graph.session)
        try await graph.provider.delete(deletion, in: graph.calendar, session: graph.session)

        let told = try await graph.round(from: .cursor(cursor)).changes
        #expect(told.first == .removed(event.id, isCertain: false))
        let isThere = told.contains { if case .upserted = $0 { true } else { false } }
        #expect(!isThere)
        await #expect {
            try await graph.provider.event(event.id, in: graph.calendar, session: graph.session)
        } throws: {
            ($0 as? CalendarError)?.code == .notFound
        }
    }

    @Test("a silent deletion of a meeting with guests mails nobody and deletes nothing (R-08)")
    func silentDeletion() async throws {
        let graph = try await GraphHarness()
        var content = try Sample.content()
        content.attendees = [Attendee("grace@example.com")]
        let event = try await graph.create(content)
        let mails = graph.simulator.mail.count
        let deletion = EventDeletion(id: event.id, etag: event.etag, invitations: .silent)

        await #expect {
            try await graph.provider.delete(deletion, in: graph.calendar, session: graph.session)
        } throws: {
            ($0 as? CalendarError)?.code == .unsupported
        }
        #expect(mails == 1 && graph.simulator.mail.count == 1)
        #expect(graph.simulator.events(of: GraphHarness.ada).count == 1)
    }

    @Test("five pages cost five requests, empty pages included, and a poll without changes costs one")
    func pages() async throws {
        let graph = try await GraphHarness()
        graph.simulator.pageSize = 3
        for day in 10..<20 {
            _ = graph.simulator.add(try Sample.content("2026-03-\(day)T10:00:00"), to: GraphHarness.ada)
        }
        let (changes, cursor) = try await graph.round()
        #expect(changes.count == 10 && graph.simulator.requests.count == 4)

        graph.simulator.clearRequests()
        let idle = try await graph.round(from: .cursor(cursor))
        #expect(idle.changes.isEmpty && graph.simulator.requests.count == 1)

        graph.simulator.emptyPageEvery = 2
        let again = try await graph.round()
        #expect(again.changes.count == 10)
    }

    @Test("a series arrives as its master and the set of its occurrences, without the one that was cancelled")
    func series() async throws {
        let graph = try await GraphHarness()
        let content = try Sample.series("FREQ=WEEKLY;COUNT=5", start: "2026-03-10T10:00:00")
        let id = graph.simulator.add(content, to: GraphHarness.ada)
        let moved = try Sample.time("2026-03-24T10:00:00")
        graph.simulator.changeOccurrence(of: id, startingAt: moved, of: GraphHarness.ada) { $0.title = "Moved" }
        graph.simulator.cancelOccurrence(
            of: id,
            startingAt: try Sample.time("2026-03-31T10:00:00"),
            of: GraphHarness.ada
        )

        let changes = try await graph.round().changes

        let events = changes.compactMap { if case .upserted(let event) = $0 { event } else { nil } }
        let sets = changes.compactMap { if case .occurrences(let set) = $0 { set } else { nil } }
        #expect(events.first?.role == .master)
        guard case .exception(let key) = events.last?.role else { throw CalendarError(.notFound, "no exception") }
        #expect(key.series == id && key.originalStart.date(floatingIn: .utc) == moved.date(floatingIn: .utc))
        let starts = ["03-10T09", "03-17T09", "03-24T09", "04-07T08"].map { "2026-\($0):00:00Z" }
        #expect(sets.map(\.originalStarts) == [starts.compactMap { Date(rfc3339: $0) }])
        #expect(sets.first?.series == id)
    }

    @Test("an all-day series tells its days as midnights in UTC, exceptions included (R-38)")
    func allDaySeries() async throws {
        let graph = try await GraphHarness()
        var content = try Sample.allDay("2026-03-28", "2026-03-29")
        content.recurrence = Recurrence(lines: ["RRULE:FREQ=DAILY;COUNT=3"])
        let created = try await graph.create(content)
        graph.simulator.changeOccurrence(
            of: created.id,
            startingAt: .day(try Sample.day("2026-03-29")),
            of: GraphHarness.ada
        ) { $0.title = "Other" }

        let changes = try await graph.round().changes

        let sets = changes.compactMap { if case .occurrences(let set) = $0 { set } else { nil } }
        let starts = ["2026-03-28", "2026-03-29", "2026-03-30"].compactMap { Date(rfc3339: $0 + "T00:00:00Z") }
        #expect(sets.map(\.originalStarts) == [starts])
    }

    @Test("an expired feed is told as such")
    func expiry() async throws {
        let graph = try await GraphHarness()
        let cursor = try await graph.round().cursor
        graph.simulator.expireSyncTokens()

        await #expect { try await graph.round(from: .cursor(cursor)) } throws: {
            ($0 as? CalendarError)?.code == .cursorExpired
        }
    }

    @Test("busy times come from the service's schedule, and strangers are unknown (R-37)")
    func freeBusy() async throws {
        let graph = try await GraphHarness()
        let content = try Sample.content()
        _ = try await graph.create(content)
        let start = content.start.date(floatingIn: .utc)
        let query = try FreeBusyQuery(
            subjects: [GraphHarness.ada, "stranger@example.com"],
            start: start.addingTimeInterval(-86_400),
            end: start.addingTimeInterval(86_400)
        )

        let answer = try await graph.provider.freeBusy(query, session: graph.session)

        let expected = BusyInterval(start: start, end: start.addingTimeInterval(3600))
        #expect(answer[GraphHarness.ada] == .known([expected]))
        guard case .unknown = answer["stranger@example.com"] else { throw CalendarError(.busyUnknown, "known?") }
    }

    @Test("a sync run mirrors the calendar, and the second one writes nothing")
    func syncTwice() async throws {
        let graph = try await GraphHarness()
        let samples = try SampleContents.all
        for sample in samples {
            _ = try await graph.create(sample.content, key: OperationID(sample.name))
        }
        let acting = graph.service.acting(as: graph.principal)

        let first = try await acting.sync(graph.connection.key.connection).finish()
        graph.simulator.clearRequests()
        let mails = graph.simulator.mail.count
        let second = try await acting.sync(graph.connection.key.connection).finish()

        let unexpandable = samples.filter { $0.content.recurrence?.problem != nil }
        #expect(first.created == samples.count && first.issues == unexpandable.count)
        #expect(second.created + second.updated + second.removed + second.pushed == 0)
        let writes = graph.simulator.requests.filter(\.isWrite)
        #expect(writes.isEmpty)
        #expect(graph.simulator.mail.count == mails)
    }
}
