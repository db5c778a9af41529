import CalendarCore
import Foundation
import Testing

@Suite("Event zones")
struct EventZoneTests {
    @Test(
        "an unknown name is kept and computes as UTC",
        arguments: [
            "", "tzone://Microsoft/Custom", "Customized Time Zone", "Mars/Olympus_Mons", "europe/nowhere", "Europe",
            "../Europe/Berlin", "/etc/localtime",
            "zone.tab", "GMT+99:00",
        ]
    )
    func unknown(_ name: String) throws {
        let zone = EventZone(name)
        #expect(!zone.isKnown)
        #expect(zone.identifier == name)
        #expect(zone.offset(at: try #require(Date(rfc3339: "2026-07-01T00:00:00Z"))) == 0)
    }

    @Test(
        "names of every origin give the right offset in July 2026",
        arguments: [
            ("UTC", 0), ("Z", 0), ("GMT", 0), ("tzone://Microsoft/Utc", 0), ("GMT+05:30", 19_800),
            ("UTC-08:00", -28_800),
            ("Asia/Calcutta", 19_800), ("US/Pacific", -25_200), ("Europe/Berlin", 7200), ("Etc/GMT+5", -18_000),
            ("W. Europe Standard Time", 7200), ("Pacific Standard Time", -25_200), ("UTC-11", -39_600),
            ("India Standard Time", 19_800),
        ]
    )
    func known(_ name: String, offset: Int) throws {
        let zone = EventZone(name)
        #expect(zone.isKnown)
        #expect(zone.offset(at: try #require(Date(rfc3339: "2026-07-01T00:00:00Z"))) == offset)
    }

    @Test("an IANA alias is kept as given, a Windows name is kept beside the IANA name")
    func names() {
        #expect(EventZone("Asia/Calcutta").identifier == "Asia/Calcutta")
        #expect(EventZone("Pacific Standard Time").identifier == "America/Los_Angeles")
        #expect(EventZone("Pacific Standard Time").windowsName == "Pacific Standard Time")
        #expect(EventZone("tzone://Microsoft/Utc") == .utc)
    }

    @Test("an own IANA name survives the coarser Windows name")
    func ownName() throws {
        let zone = EventZone(identifier: "Europe/Vienna", windowsName: "W. Europe Standard Time")
        #expect(zone.identifier == "Europe/Vienna")
        let copy = try JSONDecoder().decode(EventZone.self, from: JSONEncoder().encode(zone))
        #expect(copy == zone)
        #expect(copy.isKnown)
    }

    @Test(
        "offsets agree with Foundation at every hour of a month and around the years",
        arguments: ["Africa/Casablanca", "Europe/Dublin", "Australia/Lord_Howe", "America/Sao_Paulo", "Asia/Tehran"]
    )
    func foundation(_ name: String) throws {
        let zone = EventZone(name)
        let oracle = try #require(TimeZone(identifier: name))
        var mismatches: [Int] = []
        for hour in stride(from: -600_000, through: 1_000_000, by: 37) {
            let date = Date(timeIntervalSince1970: Double(hour) * 3600)
            if zone.offset(at: date) != oracle.secondsFromGMT(for: date) { mismatches.append(hour) }
        }
        #expect(mismatches.isEmpty)
    }

    @Test("after the table's end the rules in force go on", arguments: [2099, 2100, 2101, 2250, 2400, 9998])
    func future(year: Int) throws {
        let zone = EventZone("Europe/Berlin")
        // The oracle is the rule itself: summer time between the last Sundays of March and October, 01:00 UTC.
        let march = try lastSunday(year: year, month: 3)
        let october = try lastSunday(year: year, month: 10)
        #expect(zone.offset(at: march.addingTimeInterval(-1)) == 3600)
        #expect(zone.offset(at: march) == 7200)
        #expect(zone.offset(at: october.addingTimeInterval(-1)) == 7200)
        #expect(zone.offset(at: october) == 3600)
        let reading = try #require(CivilDateTime(String(format: "%04d-07-01T12:00:00", year)))
        #expect(zone.civil(at: zone.date(of: reading)) == reading)
    }

    private func lastSunday(year: Int, month: Int) throws -> Date {
        var date = try CivilDate(year: year, month: month, day: 31).present("last day")
        while date.weekday != .sunday { date = date.adding(days: -1) }
        return Date(timeIntervalSince1970: Double(date.daysSinceEpoch) * 86_400 + 3600)
    }
}
