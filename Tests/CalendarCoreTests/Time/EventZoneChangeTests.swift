import CalendarCore
import Foundation
import Testing

@Suite("Event zones: readings and changes of the clocks")
struct EventZoneChangeTests {
    private static func instant(_ text: String) throws -> Date { try #require(Date(rfc3339: text)) }

    @Test("a reading that clocks skip has the instant by either offset (R-32)")
    func skipped() throws {
        let reading = EventZone("Europe/Berlin").reading(of: try #require(CivilDateTime("2026-03-29T02:30:00")))

        #expect(
            reading
                == .skipped(
                    byOffsetBefore: try Self.instant("2026-03-29T01:30:00Z"),
                    byOffsetAfter: try Self.instant("2026-03-29T00:30:00Z")
                )
        )
    }

    @Test("a reading that occurs twice has both instants, the earlier first (R-32)")
    func twice() throws {
        let reading = EventZone("America/New_York").reading(of: try #require(CivilDateTime("2026-11-01T01:30:00")))

        #expect(
            reading
                == .twice(
                    first: try Self.instant("2026-11-01T05:30:00Z"),
                    second: try Self.instant("2026-11-01T06:30:00Z")
                )
        )
    }

    @Test(
        "the last second before a change, the first after it and a plain day are read once",
        arguments: [
            ("2026-03-29T01:59:59", "2026-03-29T00:59:59Z"), ("2026-03-29T03:00:00", "2026-03-29T01:00:00Z"),
            ("2026-10-25T01:59:59", "2026-10-24T23:59:59Z"), ("2026-10-25T03:00:00", "2026-10-25T02:00:00Z"),
            ("2026-07-01T12:00:00", "2026-07-01T10:00:00Z"),
        ]
    )
    func once(_ local: String, instant: String) throws {
        let reading = EventZone("Europe/Berlin").reading(of: try #require(CivilDateTime(local)))

        #expect(reading == .once(try Self.instant(instant)))
    }

    @Test("the next change is found, and one at the very instant does not count")
    func changes() throws {
        let zone = EventZone("Australia/Lord_Howe")

        let first = try #require(zone.nextOffsetChange(after: try Self.instant("2026-01-01T00:00:00Z")))
        let second = try #require(zone.nextOffsetChange(after: first.date))

        let april = try Self.instant("2026-04-04T15:00:00Z")
        let october = try Self.instant("2026-10-03T15:30:00Z")
        #expect(first.date == april)
        #expect(first.offsetBefore == 39_600)
        #expect(first.offsetAfter == 37_800)
        #expect(second.date == october)
        #expect(second.offsetBefore == 37_800)
        #expect(second.offsetAfter == 39_600)
        #expect(zone.nextOffsetChange(after: first.date - 0.5) == first)
    }

    @Test("a zone without further changes has none", arguments: ["UTC", "Asia/Kolkata", "GMT+05:30", "Mars/Olympus"])
    func none(_ name: String) throws {
        #expect(EventZone(name).nextOffsetChange(after: try Self.instant("2026-01-01T00:00:00Z")) == nil)
    }
}
