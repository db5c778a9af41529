private import Foundation
private import Synchronization

extension ZoneTable {
    private static let known = Mutex<[String: ZoneTable]>([:])

    /// The table of an IANA zone, built once in the life of the process; nil when Foundation does not know the name.
    package static func named(_ identifier: String) -> ZoneTable? {
        if let table = known.withLock({ $0[identifier] }) { return table }
        guard !identifier.isEmpty, let zone = TimeZone(identifier: identifier) else { return nil }
        let table = ZoneTable(sampling: zone)
        // Two threads may build the same table at once; the first one stays.
        return known.withLock { tables in
            if let first = tables[identifier] { return first }
            tables[identifier] = table
            return table
        }
    }

    /// Reads a zone's offset every few days and searches the exact second of each change in between.
    ///
    /// The step is shorter than the shortest known time between two changes (Morocco's Ramadan, wartime double summer
    /// times), so none is missed. Before 1900 the first offset stands.
    private convenience init(sampling zone: TimeZone) {
        let step: Int64 = 4 * 86_400
        var instant: Int64 = -2_208_988_800
        var offset = zone.offset(at: instant)
        let firstOffset = offset
        var changes: [(instant: Int64, offset: Int)] = []
        while instant < Self.end {
            let next = instant + step
            let nextOffset = zone.offset(at: next)
            if nextOffset != offset {
                changes.append((zone.change(after: instant, upTo: next), nextOffset))
                offset = nextOffset
            }
            instant = next
        }
        self.init(firstOffset: firstOffset, changes: changes)
    }
}

extension TimeZone {
    fileprivate func offset(at instant: Int64) -> Int {
        secondsFromGMT(for: Date(timeIntervalSince1970: Double(instant)))
    }

    /// The first second with the new offset, given that the offsets at both ends differ.
    fileprivate func change(after start: Int64, upTo end: Int64) -> Int64 {
        let old = offset(at: start)
        var low = start
        var high = end
        while high - low > 1 {
            let middle = low + (high - low) / 2
            if offset(at: middle) == old { low = middle } else { high = middle }
        }
        return high
    }
}
