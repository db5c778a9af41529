import CalendarCore
import Foundation
import Testing

@Suite("Windows zones")
struct WindowsZonesTests {
    @Test("a territory's own zone is preferred, and an unlisted one gives the 001 row")
    func territories() {
        #expect(WindowsZones.iana(forWindows: "W. Europe Standard Time") == "Europe/Berlin")
        #expect(WindowsZones.iana(forWindows: "W. Europe Standard Time", territory: "at") == "Europe/Vienna")
        #expect(WindowsZones.iana(forWindows: "W. Europe Standard Time", territory: "JP") == "Europe/Berlin")
        #expect(WindowsZones.iana(forWindows: "Alaskan Standard Time") == "America/Anchorage")
        #expect(WindowsZones.iana(forWindows: "No Such Time") == nil)
    }

    @Test(
        "aliases of an IANA zone lead to the same Windows name",
        arguments: [
            ("Asia/Calcutta", "India Standard Time"), ("Asia/Kolkata", "India Standard Time"),
            ("US/Pacific", "Pacific Standard Time"), ("Europe/Kiev", "FLE Standard Time"), ("Etc/UTC", "UTC"),
            ("UTC", "UTC"),
        ]
    )
    func aliases(_ identifier: String, name: String) {
        #expect(WindowsZones.windows(forIANA: identifier) == name)
    }

    @Test(
        "every Windows name of the shared CLDR table gives its 001 zone",
        .enabled(if: SharedData.isPresent, "\(SharedData.absence)")
    )
    func toIANA() throws {
        let text = try String(
            contentsOf: SharedData.root.appending(path: "microsoft/windowsZones.xml"),
            encoding: .utf8
        )
        let row = /other="(?<name>[^"]+)" territory="001" type="(?<zone>[^"]+)"/
        var count = 0
        var differing: [String] = []
        for match in text.matches(of: row) {
            count += 1
            let name = String(match.name)
            if WindowsZones.iana(forWindows: name) != String(match.zone) { differing.append(name) }
        }
        #expect(count == 139)
        #expect(differing.sorted() == [])
    }

    @Test(
        "every Windows name of the other project's table gives a zone that Foundation knows",
        .enabled(if: SharedData.isPresent, "\(SharedData.absence)")
    )
    func known() throws {
        let tables = try SharedData.decode([String: [String: String]].self, from: "timezones/windows_zones.json")
        let names = try #require(tables["windows_to_iana"]).keys.sorted()
        #expect(names.count == 139)
        #expect(names.filter { !EventZone($0).isKnown } == [])
    }

    @Test(
        "every IANA name of the shared table gives its Windows name",
        .enabled(if: SharedData.isPresent, "\(SharedData.absence)")
    )
    func toWindows() throws {
        let tables = try SharedData.decode([String: [String: String]].self, from: "timezones/windows_zones.json")
        let table = try #require(tables["iana_to_windows"])
        #expect(table.count == 594)
        let differing = table.filter { WindowsZones.windows(forIANA: $0.key) != $0.value }.keys.sorted()
        #expect(differing == Self.differingZones)
    }

    /// Where the other project's table differs from CLDR, and why.
    static let differingZones = [
        "Africa/Juba",  // CLDR has South Sudan Standard Time.
        "America/Chihuahua",  // Moved in 2022; corrected by the generator as in CLDR 47.
        "America/Danmarkshavn",  // CLDR: Greenwich Standard Time, of the same offset.
        "America/Dawson",  // As America/Whitehorse.
        "America/Ojinaga",  // As America/Chihuahua.
        "America/Whitehorse",  // CLDR: Yukon Standard Time, since 2020 without summer time.
        "Antarctica/Casey", "Antarctica/Macquarie", "Antarctica/Palmer",  // CLDR follows the stations' later moves.
        "Asia/Almaty",  // Moved in 2024; corrected by the generator as in CLDR 47.
        "Asia/Kamchatka",  // A retired Windows name; CLDR: Russia Time Zone 11.
        "Asia/Qostanay",  // As Asia/Almaty.
        "CET",  // tzdata 2024b made it an alias, after CLDR 41.
        "Canada/Yukon",  // As America/Whitehorse.
        "EET",  // As CET.
        "Etc/GMT+2",  // A retired Windows name; CLDR: UTC-02.
        "Europe/Belgrade", "Europe/Ljubljana", "Europe/Podgorica",  // CLDR: Central Europe Standard Time.
        "MET", "WET",  // As CET.
    ]
}
