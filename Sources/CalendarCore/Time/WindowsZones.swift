/// The names Windows and Microsoft Graph use for time zones, against the IANA names, after Unicode CLDR.
public enum WindowsZones {
    /// The IANA zone of a Windows name.
    ///
    /// - Parameters:
    ///   - name: A Windows name such as `W. Europe Standard Time`, spelt exactly.
    ///   - territory: A two-letter region whose own zone is preferred, such as `AT`; nil or an unlisted one gives the
    ///     zone of CLDR's `001` row.
    /// - Returns: An IANA name, or nil for a name that CLDR does not list.
    public static func iana(forWindows name: String, territory: String? = nil) -> String? {
        guard let rows = index.territories[name] else { return nil }
        if let territory, let zone = rows[territory.uppercased()] { return zone }
        return rows["001"]
    }

    /// The Windows name of an IANA zone, found through its aliases; nil when Windows has no such zone.
    public static func windows(forIANA identifier: String) -> String? {
        if let name = index.windows[identifier] { return name }
        guard let group = index.groups[identifier] else { return nil }
        for alias in group {
            if let name = index.windows[alias] { return name }
        }
        return nil
    }

    /// Every Windows name, in alphabetical order.
    package static var names: [String] { index.territories.keys.sorted() }

    /// Every IANA zone that has a Windows name, under the name CLDR uses, in alphabetical order.
    package static var zones: [String] { index.windows.keys.filter { $0.contains("/") }.sorted() }

    private static let index = Index()

    /// The tables, read once from their compact text.
    private struct Index: Sendable {
        /// Windows name, then territory, to the first zone of that row.
        var territories: [String: [String: String]] = [:]
        /// IANA name to Windows name.
        var windows: [String: String] = [:]
        /// Every name of a zone that has several, to all its names in CLDR's order.
        var groups: [String: [String]] = [:]

        init() {
            for line in WindowsZones.table.split(separator: "\n") {
                let fields = line.split(separator: "|")
                guard let name = fields.first.map(String.init) else { continue }
                for row in fields.dropFirst() {
                    let parts = row.split(separator: "=", maxSplits: 1)
                    guard parts.count == 2 else { continue }
                    let zones = parts[1].split(separator: " ").map(String.init)
                    territories[name, default: [:]][String(parts[0])] = zones.first
                    for zone in zones where windows[zone] == nil { windows[zone] = name }
                }
            }
            for line in WindowsZones.aliases.split(separator: "\n") {
                let names = line.split(separator: " ").map(String.init)
                for name in names { groups[name] = names }
            }
        }
    }
}
