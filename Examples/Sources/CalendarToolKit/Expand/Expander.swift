import CalendarCore

/// Expands series, and gives up on those that would take too much memory or time.
///
/// The rule's own occurrences are given: a start that does not match its rule is not among them.
package struct Expander {
    /// More occurrences than these are refused rather than cut off, so that an answer is whole or an error.
    package static let mostOccurrences = 100_000

    private let patience: Duration
    private let elapsed: () -> Duration

    /// Creates an expander.
    ///
    /// - Parameters:
    ///   - patience: How long one series may take.
    ///   - elapsed: A stopwatch that never goes back; its zero does not matter.
    package init(patience: Duration = .seconds(5), elapsed: @escaping () -> Duration) {
        self.patience = patience
        self.elapsed = elapsed
    }

    /// An expander by the clock of the machine.
    package static var live: Expander {
        let start = ContinuousClock.now
        return Expander { ContinuousClock.now - start }
    }

    /// The first occurrences of a series, as many as it asks for, ascending.
    package func occurrences(of request: ExpandRequest) throws(LineFault) -> [EventTime] {
        try walk(request).found
    }

    /// The first occurrences, and whether others follow.
    func walk(_ request: ExpandRequest, peeking: Bool = false) throws(LineFault) -> (found: [EventTime], goesOn: Bool) {
        guard request.limit > 0 else { return ([], false) }
        let deadline = elapsed() + patience
        var found: [EventTime] = []
        var iterator = request.set.occurrences().makeIterator()
        while found.count < request.limit {
            guard let time = iterator.next() else { return (found, false) }
            guard found.count < Self.mostOccurrences else {
                throw LineFault("there are more than \(Self.mostOccurrences) occurrences")
            }
            guard elapsed() < deadline else { throw LineFault("the rule takes too long") }
            found.append(time)
        }
        return (found, peeking && iterator.next() != nil)
    }
}
