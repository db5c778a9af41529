/// The candidate starts of a request as runs of equal steps, so that long windows take little memory.
struct SlotGrid: Sendable {
    /// Starts at equal distances.
    struct Run: Sendable {
        /// The position of the first start among all.
        let firstIndex: Int
        /// The first start, in milliseconds since 1970.
        let first: Int64
        /// How many starts there are.
        var count: Int
    }

    /// The runs, ascending.
    private(set) var runs: [Run] = []
    /// The distance within a run, in milliseconds.
    let step: Int64

    /// The starts from which a meeting ends within the request's window.
    init(_ request: SlotRequest) {
        let stepSeconds = Int64(request.step)
        step = stepSeconds * 1000
        let window = request.window
        let first = window.start.ceilingDivision(by: 1000)
        let last = (window.end - SlotRequest.milliseconds(request.duration)).flooredDivision(by: 1000)
        for segment in OffsetSegment.covering(from: first, until: last + 1, in: request.zone.table) {
            for day in segment.localDays {
                let midnight = day * 86_400 - segment.offset
                let from = max(segment.start - midnight, 0).ceilingDivision(by: stepSeconds)
                let to = min(segment.end - 1 - midnight, 86_399).flooredDivision(by: stepSeconds)
                if from <= to { append(first: (midnight + from * stepSeconds) * 1000, count: Int(to - from) + 1) }
            }
        }
    }

    /// How many starts there are.
    var count: Int { runs.last.map { $0.firstIndex + $0.count } ?? 0 }

    /// The start at a position below `count`, found in logarithmic time.
    func start(at index: Int) -> Int64 {
        var low = 0
        var high = runs.count - 1
        while low < high {
            let middle = (low + high + 1) / 2
            if runs[middle].firstIndex <= index { low = middle } else { high = middle - 1 }
        }
        return runs[low].first + Int64(index - runs[low].firstIndex) * step
    }

    private mutating func append(first: Int64, count: Int) {
        if let last = runs.last, first == last.first + Int64(last.count) * step {
            runs[runs.count - 1].count += count
        } else {
            runs.append(Run(firstIndex: self.count, first: first, count: count))
        }
    }
}
