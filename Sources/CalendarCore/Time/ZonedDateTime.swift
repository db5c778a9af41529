public import Foundation

/// A wall-clock reading in a zone; the instant is computed from it, never stored instead of it.
public struct ZonedDateTime: Hashable, Sendable, Codable {
    /// What the clock on the wall shows.
    public var civil: CivilDateTime

    /// Where that clock hangs.
    public var zone: EventZone

    /// Whether the later of two instants is meant when clocks go back and the reading occurs twice.
    public var isLaterInOverlap: Bool

    /// Creates a reading in a zone.
    public init(civil: CivilDateTime, zone: EventZone, isLaterInOverlap: Bool = false) {
        self.civil = civil
        self.zone = zone
        self.isLaterInOverlap = isLaterInOverlap
    }

    /// Creates the reading an instant has in a zone, so that `date` gives the instant again, to the second.
    public init(_ date: Date, in zone: EventZone) {
        let seconds = date.secondsSinceEpoch
        let civil = zone.table.civil(at: seconds)
        let first = zone.table.seconds(of: civil)
        self.init(civil: civil, zone: zone, isLaterInOverlap: first != seconds)
    }

    /// The instant, in whole seconds.
    public var date: Date { zone.date(of: civil, laterInOverlap: isLaterInOverlap) }
}
