import CalendarCore
import Foundation

/// What the library knows of a zone, for people.
package struct ZonePortrait {
    package let lines: [String]

    /// Describes a zone as it is at an instant.
    ///
    /// - Parameters:
    ///   - name: An IANA or a Windows name.
    ///   - now: The instant.
    /// - Throws: `LineFault` for a name that is unknown.
    package init(_ name: String, at now: Date) throws(LineFault) {
        let zone = EventZone(name)
        guard zone.isKnown else { throw LineFault("no zone is called \(name.prefix(64))") }
        var lines = [name, "  IANA name      \(zone.identifier)"]
        if let windows = zone.windowsName ?? WindowsZones.windows(forIANA: zone.identifier) {
            lines.append("  Windows name   \(windows)")
            if let iana = WindowsZones.iana(forWindows: windows), iana != zone.identifier {
                lines.append("                 which stands for \(iana) where no other name is known")
            }
        } else {
            lines.append("  Windows name   none")
        }
        lines.append("  now            \(Self.words(zone.civil(at: now)))  \(offsetText(zone.offset(at: now)))")
        let changes = Self.changes(of: zone, after: now)
        if changes.isEmpty { lines.append("  next changes   none") }
        for (index, change) in changes.enumerated() {
            lines.append((index == 0 ? "  next changes   " : "                 ") + Self.words(change))
        }
        self.lines = lines
    }

    private static func changes(of zone: EventZone, after now: Date) -> [EventZone.OffsetChange] {
        var changes: [EventZone.OffsetChange] = []
        while changes.count < 3, let next = zone.nextOffsetChange(after: changes.last?.date ?? now) {
            changes.append(next)
        }
        return changes
    }

    /// Such as `Sun 2026-03-29  02:00 → 03:00  UTC+02:00`, by the clocks before and after the change.
    private static func words(_ change: EventZone.OffsetChange) -> String {
        let before = EventZone.utc.civil(at: change.date + Double(change.offsetBefore))
        let after = EventZone.utc.civil(at: change.date + Double(change.offsetAfter))
        let target = before.date == after.date ? after.clockText : Self.words(after)
        return "\(Self.words(before)) → \(target)  \(offsetText(change.offsetAfter))"
    }

    private static func words(_ reading: CivilDateTime) -> String {
        "\(reading.date.weekday.shortName) \(reading.date)  \(reading.clockText)"
    }
}
