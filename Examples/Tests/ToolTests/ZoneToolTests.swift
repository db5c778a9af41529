import CalendarToolKit
import Foundation
import Testing

@Suite("calendar zones")
struct ZoneToolTests {
    @Test(
        "a local time becomes its instants (R-32)",
        arguments: [
            // Skipped, twice, a plain day, a half-hour change, a whole day left out, a Windows name.
            ("Europe/Berlin", "2026-03-29T02:30:00", "2026-03-29T01:30:00Z", "2026-03-29T00:30:00Z"),
            ("Europe/Berlin", "2026-10-25T02:30:00", "2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z"),
            ("Asia/Kolkata", "2026-06-01T12:00:00", "2026-06-01T06:30:00Z", "2026-06-01T06:30:00Z"),
            ("Australia/Lord_Howe", "2026-04-05T01:45:00", "2026-04-04T14:45:00Z", "2026-04-04T15:15:00Z"),
            ("Pacific/Apia", "2011-12-30T12:00:00", "2011-12-30T22:00:00Z", "2011-12-29T22:00:00Z"),
            ("Pacific Standard Time", "2026-07-01T00:00:00", "2026-07-01T07:00:00Z", "2026-07-01T07:00:00Z"),
        ]
    )
    func instants(_ zone: String, _ local: String, _ first: String, _ second: String) {
        let answer = ZoneLine.answer(to: Data(#"{"zone":"\#(zone)","local":"\#(local)"}"#.utf8))

        #expect(answer == #"{"fold0":"\#(first)","fold1":"\#(second)"}"#)
    }

    @Test(
        "a bad line is an error",
        arguments: [
            (#"{"zone":"Mars/Olympus_Mons","local":"2026-03-29T02:30:00"}"#, "no zone is called Mars/Olympus_Mons"),
            (#"{"zone":"UTC","local":"02:30"}"#, "local is no local time such as 2026-03-29T02:30:00"),
            (#"{"zone":"UTC"}"#, "local is missing"),
            (#"{"zone":1,"local":"2026-03-29T02:30:00"}"#, "zone is of the wrong kind"),
            (#"{"zone":"Asia/Tokyo","local":"0001-01-01T00:00:00"}"#, "the instant is beyond years 1 to 9999"),
            ("zones", "the line is not JSON"),
        ]
    )
    func faults(_ line: String, expected: String) {
        #expect(ZoneLine.answer(to: Data(line.utf8)) == #"{"error":"\#(expected)"}"#)
    }

    private static func portrait(_ name: String) throws -> [String] {
        // 1 January 2026, 12:00 UTC.
        try ZonePortrait(name, at: Date(timeIntervalSince1970: 1_767_268_800)).lines
    }

    @Test("a Windows zone is described with its IANA name, its offset and its next changes")
    func windows() throws {
        #expect(
            try Self.portrait("Pacific Standard Time") == [
                "Pacific Standard Time",
                "  IANA name      America/Los_Angeles",
                "  Windows name   Pacific Standard Time",
                "  now            Thu 2026-01-01  04:00  UTC-08:00",
                "  next changes   Sun 2026-03-08  02:00 → 03:00  UTC-07:00",
                "                 Sun 2026-11-01  02:00 → 01:00  UTC-08:00",
                "                 Sun 2027-03-14  02:00 → 03:00  UTC-07:00",
            ]
        )
    }

    @Test("an IANA zone is described with the coarser Windows name")
    func iana() throws {
        #expect(
            try Self.portrait("Europe/Vienna").dropFirst().prefix(3) == [
                "  IANA name      Europe/Vienna",
                "  Windows name   W. Europe Standard Time",
                "                 which stands for Europe/Berlin where no other name is known",
            ]
        )
    }

    @Test("a zone that never changes its clocks says so")
    func constant() throws {
        #expect(try Self.portrait("Asia/Tokyo").last == "  next changes   none")
    }

    @Test("an unknown zone is refused by name")
    func unknown() {
        #expect(throws: LineFault("no zone is called Mars/Olympus_Mons")) { try Self.portrait("Mars/Olympus_Mons") }
    }
}
