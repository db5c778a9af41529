import Foundation

/// After an event changed in one calendar, the other places that hold it are told (requirement M-12).
extension SyncDraft {
    /// Journals what other places are to be told of the changed records, in the order of their ids.
    mutating func tellOtherPlaces(_ updates: PlaceUpdates) {
        guard hasOtherPlaces else { return }
        for id in changedRecords {
            if let record = records[id] {
                tell(record, updates)
            } else if let earlier = snapshot.records[id] {
                withdrawCopies(of: earlier, updates)
            }
        }
    }

    /// The original starts of a series' occurrences that have records of their own.
    func movedStarts(of series: RecordID) -> Set<Date> {
        Set(exceptions(ofRecord: series).map(\.originalInstant))
    }

    private mutating func tell(_ record: EventRecord, _ updates: PlaceUpdates) {
        let earlier = snapshot.records[record.id]
        for place in otherPlaces(of: record) {
            let moved = record.role == .series ? movedStarts(of: record.id) : []
            let told = earlier.map { place.content(of: $0, besides: moved) } ?? usual(record, in: place)
            let content = place.content(of: record, besides: moved)
            let pending = Array(operations.values)
            if let operation = updates.update(place, of: record, from: told, to: content, pending: pending) {
                put(operation)
            }
        }
    }

    /// What a place shows of a new exception before it is told: the occurrence as its series gives it.
    private func usual(_ record: EventRecord, in place: EventPlace) -> EventContent? {
        guard case .exception(let id, let originalStart) = record.role, let series = records[id] else { return nil }
        var usual = series
        usual.content = series.content.occurrence(at: originalStart)
        return place.content(of: usual, besides: [])
    }

    /// The copies of an event that is gone follow it, also one whose creation was sent and not answered.
    ///
    /// Those of an occurrence go with the copies of their series.
    private mutating func withdrawCopies(of record: EventRecord, _ updates: PlaceUpdates) {
        let isSeriesGone = record.series.map { records[$0] == nil && snapshot.records[$0] != nil } ?? false
        let copies = copies(of: record.id)
        if isSeriesGone {
            for copy in copies { removedElsewhere.insert(.init(calendar: copy.calendar, event: copy.event)) }
        }
        let withdrawn = isSeriesGone ? [] : copies.map(\.calendar)
        let unanswered = operations.values.unansweredCopies(of: record.id)
        for operation in updates.removals(of: record, from: withdrawn, after: unanswered) { put(operation) }
    }

    /// The places of a record in other calendars: its own, and for an occurrence those of its series.
    ///
    /// A view that a service made of the same meeting tells the meeting's own calendar nothing: its service does that, and
    /// seeing a meeting twice writes nothing (requirement R-04).
    private func otherPlaces(of record: EventRecord) -> [EventPlace] {
        let ids = [record.id, record.series].compactMap(\.self)
        let places = ids.flatMap { id in
            EventPlace.places(
                links: linksElsewhere(of: id),
                operations: operations.values.filter { $0.record == id && $0.calendar != calendar }
            )
        }
        var told = Set(places)
        if told.contains(where: { !$0.isCopy }), !links.values.contains(where: { $0.isCopy && ids.contains($0.record) })
        {
            told = told.filter(\.isCopy)
        }
        return told.sorted { $0.calendar < $1.calendar }
    }
}
