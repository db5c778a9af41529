/// A half-open span of instants in whole milliseconds since 1970.
struct TimeSpan: Hashable, Sendable {
    /// The first millisecond.
    var start: Int64
    /// The end, exclusive.
    var end: Int64

    /// Whether both spans share an instant.
    func overlaps(_ other: TimeSpan) -> Bool {
        start < other.end && other.start < end
    }
}

/// Spans that ascend, neither overlap nor touch, and are never empty.
struct TimeSpanSet: Sendable {
    /// The spans, ascending.
    private(set) var spans: [TimeSpan] = []

    /// Creates an empty set.
    init() {}

    /// Unites spans; linear when they ascend by start, otherwise sorts a copy.
    init(uniting candidates: [TimeSpan]) {
        var isAscending = true
        for index in candidates.indices.dropFirst() where candidates[index].start < candidates[index - 1].start {
            isAscending = false
            break
        }
        spans.reserveCapacity(candidates.count)
        if isAscending {
            for span in candidates { append(span) }
        } else {
            for span in candidates.sorted(by: { $0.start < $1.start }) { append(span) }
        }
    }

    /// Adds a span that starts no earlier than the last one; an empty span is dropped.
    mutating func append(_ span: TimeSpan) {
        guard span.start < span.end else { return }
        guard let last = spans.last, span.start <= last.end else {
            spans.append(span)
            return
        }
        if span.end > last.end { spans[spans.count - 1].end = span.end }
    }

    /// The instants in either set, in linear time.
    func union(_ other: TimeSpanSet) -> TimeSpanSet {
        guard !spans.isEmpty else { return other }
        guard !other.spans.isEmpty else { return self }
        var result = TimeSpanSet()
        result.spans.reserveCapacity(spans.count + other.spans.count)
        var left = 0
        var right = 0
        while left < spans.count || right < other.spans.count {
            let takesLeft =
                right == other.spans.count
                || (left < spans.count && spans[left].start <= other.spans[right].start)
            if takesLeft {
                result.append(spans[left])
                left += 1
            } else {
                result.append(other.spans[right])
                right += 1
            }
        }
        return result
    }

    /// The instants of a window that are not in the set.
    func complement(in window: TimeSpan) -> TimeSpanSet {
        var result = TimeSpanSet()
        var position = window.start
        for span in spans where span.overlaps(window) {
            result.append(TimeSpan(start: position, end: span.start))
            position = span.end
        }
        result.append(TimeSpan(start: position, end: window.end))
        return result
    }

    /// Whether one span of the set holds the whole of another; linear.
    func covers(_ span: TimeSpan) -> Bool {
        spans.contains { $0.start <= span.start && span.end <= $0.end }
    }
}
