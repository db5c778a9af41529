import Foundation

extension SeriesPlanner {
    /// The steps that give occurrences of a new or moved series what they differed in.
    ///
    /// Google loses the exceptions behind a division (guide "Recurring events"), and one whose place has moved.
    ///
    /// - Parameters:
    ///   - other: The series that takes them over.
    ///   - part: Which series of the plan that is.
    ///   - alteration: What the edit changes, with the shift of the places.
    ///   - first: The first original start that counts; nil for all.
    /// - Returns: The steps by original start, and the original starts for which there is no place.
    func carry(
        into other: PlannedSeries,
        as part: SeriesStep.Part,
        alteration: SeriesAlteration,
        from first: EventTime?
    ) -> (steps: [SeriesStep], dropped: [EventTime]) {
        var found: [(start: EventTime, event: RemoteEvent?)] = state.cancelled.map { ($0, nil) }
        for exception in state.exceptions {
            guard case .exception(let key) = exception.role, key.series == state.master.id else { continue }
            found.append((key.originalStart, exception))
        }
        found = found.filter { found in first.map { !Self.isBefore(found.start, $0) } ?? true }
            .sorted { Self.isBefore($0.start, $1.start) }
        var steps: [SeriesStep] = []
        var dropped: [EventTime] = []
        for (start, event) in found {
            guard let place = alteration.place(of: series.inOwnZone(start)), other.timing.contains(originalStart: place)
            else {
                dropped.append(start)
                continue
            }
            guard let event else {
                steps.append(step(.cancelOccurrence(place, of: part), "The occurrence was cancelled before."))
                continue
            }
            let expected = other.occurrence(at: place)
            let content = series.occurrence(at: series.inOwnZone(start)).carryingDifferences(
                of: event.content,
                to: expected
            )
            guard content != expected else { continue }
            steps.append(
                step(
                    .restoreOccurrence(place, of: part, from: expected, to: content),
                    "The occurrence differed from its series before.",
                    guests: content
                )
            )
        }
        return (steps, dropped)
    }

    private static func isBefore(_ left: EventTime, _ right: EventTime) -> Bool {
        left.date(floatingIn: .utc) < right.date(floatingIn: .utc)
    }
}

extension EventContent {
    /// Another content with the fields in which an exception differs from this one, the one its series gave it.
    fileprivate func carryingDifferences(of exception: EventContent, to other: EventContent) -> EventContent {
        var result = other
        for field in exception.changedFields(from: self).sorted() {
            switch field {
            case .recurrence, .conference: continue
            case .time where hasSameInstants(as: exception): continue
            default: result.take(field, from: exception)
            }
        }
        return result
    }

    private func hasSameInstants(as other: EventContent) -> Bool {
        start.isAllDay == other.start.isAllDay
            && start.date(floatingIn: .utc) == other.start.date(floatingIn: .utc)
            && end.date(floatingIn: .utc) == other.end.date(floatingIn: .utc)
    }
}
