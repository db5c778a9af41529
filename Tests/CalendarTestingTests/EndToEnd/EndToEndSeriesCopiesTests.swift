import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("End to end: a series in several calendars")
struct EndToEndSeriesCopiesTests {
    /// A daily series of five days from 18 March on, of which the third is deleted and the fourth is at noon.
    private static func world(meeting: Service) async throws -> (BothServices, RecordID, RemoteEventID) {
        let both = try await BothServices(meeting: meeting)
        var content = try World.event("Stand-up", on: "2026-03-18")
        content.recurrence = Recurrence(lines: ["RRULE:FREQ=DAILY;COUNT=5"])
        let service = both.world.simulator(meeting)
        let id = service.add(content, to: meeting.address)
        service.cancelOccurrence(
            of: id,
            startingAt: try World.time("2026-03-20T10:00:00"),
            of: meeting.address,
            calendar: nil
        )
        service.editOccurrence(of: id, at: try World.time("2026-03-21T10:00:00"), of: meeting.address) { content in
            (content.start, content.end) = Self.noon("2026-03-21")
        }
        try await both.sync()
        let record = try #require(try await both.agenda().first?.record)
        try await both.host.copy(record, to: both.copyConnection)
        for _ in 0..<2 { try await both.sync() }
        return (both, record, id)
    }

    private static func noon(_ day: String) -> (EventTime, EventTime) {
        let start = CivilDateTime("\(day)T12:00:00") ?? .earliest
        return (.zoned(start, World.vienna), .zoned(start.adding(seconds: 3600), World.vienna))
    }

    /// When a service shows the series to its user.
    private static func starts(_ both: BothServices, _ service: Service) async throws -> [String] {
        let reader = both.world.host(service, on: .inMemory(), seed: 9)
        let start = try await reader.connect(service.id)
        let callback = try both.world.simulator(service).consent(to: start.url, as: service.address, granting: nil)
        let connection = try await reader.complete(callback: callback, of: start.cookie).key.connection
        try await reader.sync(connection).finish()
        let from = both.world.clock.now
        let entries = try await reader.agenda(from: from, to: from.addingTimeInterval(28 * 86_400), in: World.vienna)
        return entries.map { entry in
            let civil = World.vienna.civil(at: entry.start)
            return "\(civil.date)".suffix(2) + " " + "\(civil)".dropFirst(11).prefix(5)
        }
    }

    @Test("M-12 a series is copied with its deleted and its moved occurrence", arguments: Service.allCases)
    func copied(meeting: Service) async throws {
        let (both, _, _) = try await Self.world(meeting: meeting)

        let expected = ["18 10:00", "19 10:00", "21 12:00", "22 10:00"]
        #expect(try await Self.starts(both, meeting) == expected)
        #expect(try await Self.starts(both, both.copy) == expected)
        try await both.expectQuiet()
    }

    @Test(
        "M-12 an occurrence moved or deleted in the copy is moved or deleted in the event",
        arguments: Service.allCases
    )
    func back(meeting: Service) async throws {
        let (both, _, _) = try await Self.world(meeting: meeting)
        let copied = try #require(both.copySide.first(where: \.isSeries)?.id)
        let service = both.world.simulator(both.copy)

        service.editOccurrence(of: copied, at: try World.time("2026-03-19T10:00:00"), of: both.copy.address) {
            content in
            (content.start, content.end) = Self.noon("2026-03-19")
        }
        service.cancelOccurrence(
            of: copied,
            startingAt: try World.time("2026-03-22T10:00:00"),
            of: both.copy.address,
            calendar: nil
        )
        for _ in 0..<2 { try await both.sync() }

        let expected = ["18 10:00", "19 12:00", "21 12:00"]
        #expect(try await Self.starts(both, both.copy) == expected)
        #expect(try await Self.starts(both, meeting) == expected)
        try await both.expectQuiet()
    }

    @Test(
        "M-12 later changes of occurrences reach the copy, and deleting the series deletes it",
        arguments: Service.allCases
    )
    func later(meeting: Service) async throws {
        let (both, _, id) = try await Self.world(meeting: meeting)
        let service = both.world.simulator(meeting)

        service.editOccurrence(of: id, at: try World.time("2026-03-18T10:00:00"), of: meeting.address) { content in
            (content.start, content.end) = Self.noon("2026-03-18")
        }
        service.cancelOccurrence(
            of: id,
            startingAt: try World.time("2026-03-21T10:00:00"),
            of: meeting.address,
            calendar: nil
        )
        for _ in 0..<2 { try await both.sync() }
        let expected = ["18 12:00", "19 10:00", "22 10:00"]
        #expect(try await Self.starts(both, meeting) == expected)
        #expect(try await Self.starts(both, both.copy) == expected)
        try await both.expectQuiet()

        service.remove(id, of: meeting.address, calendar: nil)
        for _ in 0..<2 { try await both.sync() }
        #expect(try await Self.starts(both, both.copy) == [])
        #expect(try await both.titles() == [])
        try await both.expectQuiet()
    }

    @Test(
        "M-12 edits of a series reach a copy that waits to be made, and its occurrences that differ, in their order",
        arguments: Service.allCases
    )
    func waiting(meeting: Service) async throws {
        let both = try await BothServices(meeting: meeting)
        var content = try World.event("Stand-up", on: "2026-03-18")
        content.recurrence = Recurrence(lines: ["RRULE:FREQ=DAILY;COUNT=5"])
        let service = both.world.simulator(meeting)
        let id = service.add(content, to: meeting.address)
        service.editOccurrence(of: id, at: try World.time("2026-03-21T10:00:00"), of: meeting.address) { content in
            (content.start, content.end) = Self.noon("2026-03-21")
        }
        try await both.sync()
        let record = try #require(try await both.agenda().first?.occurrence?.series)
        try await both.host.copy(record, to: both.copyConnection)

        for title in ["First", "Second"] {
            try await both.host.update(record, invitations: .silent) { $0.title = title }
            try await both.host.sync(both.meeting).finish()
        }
        #expect(try await both.host.outbox(of: both.copyConnection).map(\.action) == [.create, .update])

        try await both.host.sync(both.copyConnection).finish()
        try await both.host.update(record, invitations: .silent) { $0.title = "Third" }
        for _ in 0..<2 { try await both.sync() }
        #expect(both.copySide.map(\.title) == ["Third", "Third"])
        #expect(try await Self.starts(both, both.copy).contains("21 12:00"))
        try await both.expectQuiet()
    }

    @Test(
        "M-12 a copy that is taken out and wanted again before it was gone has what changed meanwhile",
        arguments: Service.allCases
    )
    func wantedAgain(meeting: Service) async throws {
        let (both, record, id) = try await Self.world(meeting: meeting)
        let service = both.world.simulator(meeting)
        service.editOccurrence(of: id, at: try World.time("2026-03-18T10:00:00"), of: meeting.address) { content in
            (content.start, content.end) = Self.noon("2026-03-18")
        }
        try await both.host.sync(both.meeting).finish()

        try await both.host.removeCopy(of: record, from: try await both.copyCalendar())
        try await both.host.copy(record, to: both.copyConnection)
        for _ in 0..<2 { try await both.sync() }

        #expect(try await Self.starts(both, both.copy) == ["18 12:00", "19 10:00", "21 12:00", "22 10:00"])
        try await both.expectQuiet()
    }

    @Test(
        "M-12 a move of an occurrence that its service has deleted is taken back in the copy, too",
        arguments: Service.allCases
    )
    func movedTooLate(meeting: Service) async throws {
        let (both, record, id) = try await Self.world(meeting: meeting)
        let original = try World.time("2026-03-19T10:00:00")
        both.world.simulator(meeting).cancelOccurrence(
            of: id,
            startingAt: original,
            of: meeting.address,
            calendar: nil
        )
        let occurrence = OccurrenceReference(series: record, originalStart: original)
        try await both.host.update(occurrence, scope: .this, invitations: .silent) { content in
            (content.start, content.end) = Self.noon("2026-03-19")
        }

        try await both.host.sync(both.copyConnection).finish()
        #expect(try await Self.starts(both, both.copy).contains("19 12:00"))
        for _ in 0..<2 { try await both.sync() }

        #expect(try await Self.starts(both, meeting) == ["18 10:00", "21 12:00", "22 10:00"])
        #expect(try await Self.starts(both, both.copy) == ["18 10:00", "21 12:00", "22 10:00"])
        try await both.expectQuiet()
    }

    @Test(
        "M-12 an occurrence that the host deleted and only the copy knows of yet is still to be deleted in the meeting",
        arguments: Service.allCases
    )
    func cancelledInCopyFirst(meeting: Service) async throws {
        let both = try await BothServices(meeting: meeting)
        var content = try World.event("Stand-up", on: "2026-03-18")
        content.recurrence = Recurrence(lines: ["RRULE:FREQ=DAILY;COUNT=3"])
        let record = try await both.host.create(content, meetingIn: both.meeting, invitations: .silent).record
        let second = OccurrenceReference(series: record, originalStart: try World.time("2026-03-19T10:00:00"))
        try await both.host.delete(second, scope: .this, invitations: .silent)
        for _ in 0..<2 { try await both.host.sync(both.copyConnection).finish() }
        let copied = try #require(both.copySide.first(where: \.isSeries)?.id)

        both.world.simulator(both.copy).remove(copied, of: both.copy.address, calendar: nil)
        try await both.host.sync(both.copyConnection).finish()
        for _ in 0..<2 { try await both.sync() }

        #expect(try await Self.starts(both, meeting) == ["18 10:00", "20 10:00"])
        #expect(try await both.agenda().count == 2)
        try await both.expectQuiet()
    }

    @Test(
        "M-12 what an occurrence of a copy has from its series it is not sent as its own, so it follows later edits there",
        arguments: Service.allCases
    )
    func inherited(meeting: Service) async throws {
        let (both, record, _) = try await Self.world(meeting: meeting)
        try await both.host.update(record, invitations: .silent) { $0.title = "Ours" }
        for _ in 0..<2 { try await both.sync() }
        let copied = try #require(both.copySide.first(where: \.isSeries)?.id)
        #expect(both.copySide.map(\.title) == ["Ours", "Ours"])

        both.world.simulator(both.copy).change(copied, of: both.copy.address, calendar: nil) { $0.title = "Theirs" }
        #expect(both.copySide.map(\.title) == ["Theirs", "Theirs"])
        for _ in 0..<2 { try await both.sync() }

        #expect(both.meetingSide.map(\.title) == ["Theirs", "Theirs"])
        #expect(both.copySide.map(\.title) == ["Theirs", "Theirs"])
        try await both.expectQuiet()
    }

    @Test(
        "M-12 an edit of a copy reaches the event behind an edit of its series that waits there",
        arguments: Service.allCases
    )
    func behindSeriesEdit(meeting: Service) async throws {
        let (both, record, _) = try await Self.world(meeting: meeting)
        let last = OccurrenceReference(series: record, originalStart: try World.time("2026-03-22T10:00:00"))
        try await both.host.delete(last, scope: .thisAndFollowing, invitations: .silent)
        let copied = try #require(both.copySide.first(where: \.isSeries)?.id)
        both.world.simulator(both.copy).change(copied, of: both.copy.address, calendar: nil) { $0.title = "Theirs" }

        try await both.host.sync(both.copyConnection).finish()
        for _ in 0..<2 { try await both.sync() }

        #expect(Set(both.meetingSide.map(\.title)) == ["Theirs"])
        #expect(Set(both.copySide.map(\.title)) == ["Theirs"])
        #expect(try await Self.starts(both, meeting) == ["18 10:00", "19 10:00", "21 12:00"])
        #expect(try await Self.starts(both, both.copy) == ["18 10:00", "19 10:00", "21 12:00"])
        try await both.expectQuiet()
    }
}
