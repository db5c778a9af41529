import CalendarCore
import Foundation
import Testing

@Suite("Civil date-times")
struct CivilDateTimeTests {
    @Test(
        "extended and basic forms are read, fractions dropped, second 60 read as 59",
        arguments: [
            ("2026-03-29T09:00:00", "2026-03-29T09:00:00"), ("20260329T090000", "2026-03-29T09:00:00"),
            ("2026-03-29T09:00:00.9999999", "2026-03-29T09:00:00"), ("2026-03-29T09:05", "2026-03-29T09:05:00"),
            ("2016-12-31T23:59:60", "2016-12-31T23:59:59"), ("20260329T0905", "2026-03-29T09:05:00"),
        ]
    )
    func text(_ text: String, expected: String) {
        #expect(CivilDateTime(text)?.description == expected)
    }

    @Test(
        "offsets and malformed text are refused",
        arguments: [
            "2026-03-29T09:00:00Z", "2026-03-29T09:00:00+01:00", "2026-03-29", "2026-03-29T24:00:00",
            "2026-03-29T09:60:00", "2026-03-29T09:00:61", "2026-03-29T09:00:00.", "2026-03-29T0900", "",
        ]
    )
    func malformed(_ text: String) {
        #expect(CivilDateTime(text) == nil)
    }

    @Test(
        "seconds count as in UTC and come back, before and after 1970",
        arguments: [-62_135_596_800, -86_401, -1, 0, 1]
    )
    func seconds(_ seconds: Int64) {
        let reading = CivilDateTime(secondsSinceEpoch: seconds)
        #expect(reading.secondsSinceEpoch == seconds)
    }

    @Test("adding crosses midnights and is clamped at the bounds")
    func adding() throws {
        let reading = try #require(CivilDateTime("2023-12-31T23:59:59"))
        #expect(reading.adding(seconds: 1).description == "2024-01-01T00:00:00")
        #expect(reading.adding(days: 60).description == "2024-02-29T23:59:59")
        #expect(reading.adding(seconds: .max) == .latest)
        #expect(reading.adding(seconds: .min) == .earliest)
    }

    @Test("readings order by day, then by time of day")
    func order() throws {
        let texts = ["2025-12-31T23:59:59", "2026-01-01T00:00:00", "2026-01-01T00:00:01", "2026-01-02T00:00:00"]
        let readings = try texts.reversed().map { try CivilDateTime($0).present($0) }
        #expect(readings.sorted().map(\.description) == texts)
    }

    @Test(
        "RFC 3339 text becomes an instant in whole milliseconds",
        arguments: [
            ("1970-01-01T00:00:00Z", 0), ("1970-01-01T00:00:00.1239Z", 123), ("1969-12-31T23:59:59.999Z", -1),
            ("1970-01-01t01:30:00+01:30", 0), ("1969-12-31T19:00:00.000000001-05:00", 0),
            ("2026-03-29T09:00:00.25+02:00", 1_774_767_600_250),
        ] as [(String, Int64)]
    )
    func instants(_ text: String, expected: Int64) {
        #expect(Date(rfc3339: text)?.millisecondsSinceEpoch == expected)
        #expect(Date(rfc3339: ArraySlice(text.utf8))?.millisecondsSinceEpoch == expected)
    }

    @Test(
        "text that names no instant is refused",
        arguments: ["2026-03-29T09:00:00", "2026-03-29Z", "2026-03-29T09:00:00+25:00", "2026-03-29T09:00:00Zx"]
    )
    func noInstant(_ text: String) {
        #expect(Date(rfc3339: text) == nil)
    }

    @Test("an instant is printed in UTC, with milliseconds only when it has some")
    func printing() {
        #expect(Date(millisecondsSinceEpoch: 1_774_767_600_000).rfc3339Text == "2026-03-29T07:00:00Z")
        #expect(Date(millisecondsSinceEpoch: -1).rfc3339Text == "1969-12-31T23:59:59.999Z")
    }
}
