import Foundation

extension SeriesOccurrences {
    /// What is known of a series after this listing: these occurrences within its window, the earlier ones outside.
    ///
    /// A window that only touches the earlier one makes it longer. In one round a further page may go on with the
    /// listing: one that names none of the same occurrences adds to it, every other takes its place.
    ///
    /// - Parameters:
    ///   - earlier: What was known before; nil for nothing.
    ///   - isSameRound: Whether the earlier listing was made, or made longer, in the same round.
    /// - Returns: What is known now.
    func replacing(_ earlier: SeriesOccurrences?, isSameRound: Bool) -> SeriesOccurrences {
        guard let earlier, isSameRound || window.touches(earlier.window) else { return self }
        let inside = Set(earlier.originalStarts.filter { window.contains($0) })
        let isContinuation = isSameRound && !originalStarts.isEmpty && inside.isDisjoint(with: originalStarts)
        let kept = earlier.originalStarts.filter { isContinuation || !inside.contains($0) }
        return SeriesOccurrences(
            series: series,
            window: window.hull(earlier.window),
            originalStarts: Set(kept + originalStarts).sorted()
        )
    }

    /// Whether an occurrence that differs is among the listed ones.
    func names(_ exception: EventLink) -> Bool {
        guard case .exception(let key) = exception.role else { return false }
        return originalStarts.contains(key.originalStart.date(floatingIn: .utc))
    }

    /// Whether two listings tell different occurrences where both of them looked.
    func contradicts(_ other: SeriesOccurrences) -> Bool {
        originalStarts.filter { other.window.contains($0) } != other.originalStarts.filter { window.contains($0) }
    }
}

extension SyncWindow {
    fileprivate func touches(_ other: SyncWindow) -> Bool {
        (other.end.map { start <= $0 } ?? true) && (end.map { other.start <= $0 } ?? true)
    }

    /// The window from the earlier start to the later end.
    fileprivate func hull(_ other: SyncWindow) -> SyncWindow {
        let ends = end.flatMap { end in other.end.map { max(end, $0) } }
        return (try? SyncWindow(start: min(start, other.start), end: ends)) ?? self
    }
}

extension EventContent {
    /// Whether what was listed of a series with this content is still true of one with another: its occurrences fall on
    /// the same times, however long it goes on.
    func recursAlike(_ other: EventContent) -> Bool {
        start == other.start && patterns == other.patterns
    }

    /// The rules without their ends.
    private var patterns: [RecurrenceRule] {
        (recurrence?.rules ?? []).map { rule in
            var rule = rule
            (rule.count, rule.until) = (nil, nil)
            return rule
        }
    }
}
