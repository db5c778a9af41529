internal import Foundation

/// Turns local readings of a series into instants and event times, by the zone of the series.
struct SeriesClock: Sendable {
    /// A start of the series as integers.
    struct Start: Sendable {
        /// The reading, seconds as if in UTC, moved out of a gap.
        var local: Int64
        /// The instant, seconds since 1970.
        var instant: Int64
        /// Whether the reading moved forward because clocks skip it.
        var isMoved = false
        /// Whether the reading occurs twice and this is the second time.
        var isLater = false
    }

    private let table: ZoneTable
    private let zone: EventZone?
    private let first: Int64
    private let isLaterFirst: Bool

    init(start: EventTime, floatingIn zone: EventZone) {
        self.zone = start.zone
        table = start.zone?.table ?? zone.table
        first = start.civil.secondsSinceEpoch
        isLaterFirst = if case .zoned(let time) = start { time.isLaterInOverlap } else { false }
    }

    /// Whether no two readings can be one start: days, and times in a zone that never changes.
    var isInjective: Bool { zone == nil || table.isFixed }

    /// The start at a local reading; a day stays that day even where midnight does not exist.
    func start(atLocal local: Int64) -> Start {
        switch table.reading(ofLocal: local) {
        case .once(let offset):
            return Start(local: local, instant: local - Int64(offset))
        case .twice(let before, let after):
            // The first of two, unless the series itself starts the second time round.
            let isLater = isLaterFirst && local >= first && local - first < 86_400
            return Start(local: local, instant: local - Int64(isLater ? after : before), isLater: isLater)
        case .skipped(let before, let after):
            let instant = local - Int64(before)
            guard zone != nil else { return Start(local: local, instant: instant) }
            return Start(local: local + Int64(after - before), instant: instant, isMoved: true)
        }
    }

    /// The start of an event time that is already in the terms of the series.
    func start(at time: EventTime) -> Start {
        guard case .zoned(let zoned) = time else { return start(atLocal: time.civil.secondsSinceEpoch) }
        let instant = zoned.date.secondsSinceEpoch
        let local = instant + Int64(table.offset(at: instant))
        let isLater = table.seconds(of: CivilDateTime(secondsSinceEpoch: local)) != instant
        return Start(local: local, instant: instant, isLater: isLater)
    }

    /// The event time of a start.
    func time(of start: Start) -> EventTime {
        let civil = CivilDateTime(secondsSinceEpoch: start.local)
        guard let zone else { return .day(civil.date) }
        return .zoned(ZonedDateTime(civil: civil, zone: zone, isLaterInOverlap: start.isLater))
    }

    /// A local reading that is not after that of any start at or after an instant.
    ///
    /// The smallest of the offsets a day around: before a gap it is the smaller one, after an overlap too.
    func local(before instant: Int64) -> Int64 {
        let offsets = [instant - 86_401, instant, instant + 86_401].map { Int64(table.offset(at: $0)) }
        return instant + offsets.reduce(offsets[0], min)
    }
}
