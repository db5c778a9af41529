private import Synchronization

/// What a zone name of any origin stands for.
struct ZoneName {
    let identifier: String
    let windowsName: String?
    /// Nil when the name is unknown.
    let table: ZoneTable?

    init(_ name: String) {
        if Self.utcNames.contains(name.lowercased()) {
            identifier = "UTC"
            windowsName = nil
            table = .utc
        } else if let iana = WindowsZones.iana(forWindows: name) {
            identifier = iana
            windowsName = name
            table = ZoneTable.named(iana)
        } else if let offset = Self.fixedOffset(name) {
            identifier = name
            windowsName = nil
            table = ZoneTable(offset: offset)
        } else {
            identifier = name
            windowsName = nil
            table = ZoneTable.named(name)
        }
    }

    /// What a name stands for, looked up once for each of the names in use.
    ///
    /// A page of events names the same few zones thousands of times. Names come from outside, so their number is bounded.
    static func resolved(_ name: String) -> ZoneName {
        if let known = known.withLock({ $0[name] }) { return known }
        let resolved = ZoneName(name)
        known.withLock { if $0.count < mostKnown { $0[name] = resolved } }
        return resolved
    }

    private static let known = Mutex<[String: ZoneName]>([:])
    private static let mostKnown = 1_000

    private static let utcNames: Set<String> = ["utc", "z", "gmt", "tzone://microsoft/utc"]

    /// Reads `GMT+05:30`, `UTC-8`, `+0200` and the like as seconds.
    private static func fixedOffset(_ name: String) -> Int? {
        var rest = Substring(name)
        if rest.hasPrefix("GMT") || rest.hasPrefix("UTC") { rest = rest.dropFirst(3) }
        guard let sign = rest.first, sign == "+" || sign == "-" else { return nil }
        let digits = rest.dropFirst().filter { $0 != ":" }
        guard (1...4).contains(digits.count), let number = Int(digits), digits.allSatisfy(\.isASCII) else { return nil }
        let (hours, minutes) = digits.count <= 2 ? (number, 0) : (number / 100, number % 100)
        guard hours <= 18, minutes <= 59 else { return nil }
        let seconds = hours * 3600 + minutes * 60
        return sign == "-" ? -seconds : seconds
    }
}
