import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("The in-memory provider beyond the promises of a provider")
struct InMemoryCalendarProviderTests {
    private let provider = InMemoryCalendarProvider()
    private let session = ProviderSession(
        connection: ConnectionKey(tenant: "acme", connection: "c1"),
        accountAddress: "ada@example.com",
        accountKey: "ada",
        http: ScriptedTransport(),
        clock: ManualClock()
    )

    @Test("a calendar that is removed is told by the next list")
    func removedCalendar() async throws {
        provider.add(RemoteCalendar(id: "team", title: "Team", access: .write))
        let first = try await provider.calendars(since: nil, session: session)

        provider.removeCalendar("team")
        provider.add(RemoteCalendar(id: "primary-calendar", title: "Renamed", access: .owner, isPrimary: true))
        let next = try await provider.calendars(since: first.cursor, session: session)

        #expect(next.removed == ["team"])
        #expect(next.calendars.map(\.title) == ["Renamed"])
        #expect(next.isComplete == false)
    }

    @Test("open channels are listed until they are renewed or closed, and an id is used once")
    func channels() async throws {
        let first = try await provider.openChannel(try Self.opening("one"), session: session)
        #expect(provider.openChannels == [first])
        await #expect(throws: CalendarError.self) {
            try await provider.openChannel(Self.opening("one"), session: session)
        }

        let second = try await provider.renewChannel(first, as: try Self.opening("two"), session: session)
        #expect(provider.openChannels == [second])

        try await provider.closeChannel(second, session: session)
        #expect(provider.openChannels.isEmpty)
    }

    @Test("a series moves with the occurrences that differ and those that are cancelled")
    func movedSeries() async throws {
        provider.add(RemoteCalendar(id: "team", title: "Team", access: .write))
        let master = try await series("RRULE:FREQ=DAILY;COUNT=4")
        let window = try SyncWindow(start: Self.start, end: Self.start.addingTimeInterval(10 * 86_400))
        let days = try await provider.instances(
            of: master.id,
            in: "primary-calendar",
            during: window,
            session: session
        )
        var changed = days[1]
        changed.content.title = "Differs"
        provider.put(changed)
        provider.remove(days[2].id)

        let move = EventMove(master.id, to: "team", invitations: .silent)
        let moved = try await provider.move(move, from: "primary-calendar", session: session)

        let found = try await provider.instances(of: moved.id, in: "team", during: window, session: session)
        #expect(found.map(\.content.title) == ["Daily", "Differs", "Daily"])
        #expect(provider.events().isEmpty)
    }

    @Test("the occurrences of an endless series need a window with an end")
    func endlessSeries() async throws {
        let master = try await series("RRULE:FREQ=DAILY")
        let open = try SyncWindow(start: Self.start, end: nil)

        let error = try await failure {
            _ = try await provider.instances(of: master.id, in: "primary-calendar", during: open, session: session)
        }

        #expect(error.code == .invalidArgument)
        #expect(error.field == "window")
    }

    private static let start = Date(timeIntervalSince1970: 1_772_442_000)

    private static func opening(_ id: ChannelID) throws -> ChannelOpening {
        let address = try #require(URL(string: "https://host.example.com/notifications"))
        return try ChannelOpening(id: id, calendar: "primary-calendar", address: address, secret: Secret("s"))
    }

    private func series(_ rule: String) async throws -> RemoteEvent {
        let zone = EventZone("Europe/Vienna")
        var content = EventContent(
            title: "Daily",
            start: .zoned(ZonedDateTime(Self.start, in: zone)),
            end: .zoned(ZonedDateTime(Self.start.addingTimeInterval(3600), in: zone))
        )
        content.recurrence = Recurrence(lines: [rule])
        let creation = EventCreation(key: "daily", content: content, invitations: .silent)
        return try await provider.create(creation, in: "primary-calendar", session: session)
    }
}
