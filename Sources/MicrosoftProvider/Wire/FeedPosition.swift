import CalendarCore
import Foundation

/// A place in the change feed of a calendar: the delta chains that make up its window, and which one is read next.
///
/// Usually there is one chain. A window that Graph cannot list in time becomes several, and while the window moves the
/// old chains are still there. A round reads all of them, one after the other.
struct FeedPosition: Equatable {
    /// One delta feed of Graph; its window is frozen in its links.
    struct Chain: Equatable {
        var window: SyncWindow
        /// What to read next, byte for byte as it came; nil before the first page.
        var link: String?
        /// Whether another chain takes over, so that this one is dropped at the end of the round.
        var isRetiring = false
    }

    /// In the order in which a round reads them.
    private(set) var chains: [Chain]
    /// The chain to read next.
    private(set) var index: Int
    /// The window as a whole.
    private(set) var window: SyncWindow
    /// When ``window`` was chosen: it stays that far from the clock.
    private(set) var chosenAt: Date

    /// The beginning of a full round.
    init(beginning window: SyncWindow, at now: Date) {
        self.init(chains: [Chain(window: window)], index: 0, window: window, chosenAt: now)
    }

    /// A place as it was stored.
    init(chains: [Chain], index: Int, window: SyncWindow, chosenAt: Date) {
        self.chains = chains
        self.index = index
        self.window = window
        self.chosenAt = chosenAt
    }

    /// The chain to read next.
    var chain: Chain { chains[index] }

    /// The same place once the chain's page named what follows it.
    func continued(at link: String) -> FeedPosition {
        var next = self
        next.chains[index].link = link
        return next
    }

    /// The place after a chain's last page, and whether the round is complete with it.
    func finished(with link: String) -> (position: FeedPosition, isComplete: Bool) {
        var next = continued(at: link)
        next.index += 1
        guard next.index == chains.count else { return (next, false) }
        next.index = 0
        next.chains.removeAll(where: \.isRetiring)
        return (next, true)
    }
}

extension FeedPosition {
    private static let day: TimeInterval = 86_400

    /// The place with two chains for the halves of the window of the one to begin; nil from a day on.
    ///
    /// Only what was never begun is divided: a link does not let its window be changed.
    func halved() -> FeedPosition? {
        guard chain.link == nil, let end = chain.window.end else { return nil }
        let start = chain.window.start
        let days = (end.timeIntervalSince(start) / Self.day).rounded(.up)
        guard days > 1 else { return nil }
        let middle = start.addingTimeInterval((days / 2).rounded(.down) * Self.day)
        guard let first = try? SyncWindow(start: start, end: middle),
            let second = try? SyncWindow(start: middle, end: end)
        else { return nil }
        var next = self
        next.chains.replaceSubrange(index...index, with: [Chain(window: first), Chain(window: second)])
        return next
    }

    /// The place at the beginning of a round, with a chain for the window as it should be now, if that is time.
    ///
    /// The new chain is read first and the old ones a last time after it: what is deleted before the new one lists its
    /// events is told by the old ones, what is deleted later by both.
    func moved(to now: Date) -> FeedPosition {
        let shift = now.timeIntervalSince(chosenAt)
        guard let end = window.end else { return self }
        let step = min(28 * Self.day, end.timeIntervalSince(window.start) / 4)
        guard shift >= step,
            let moved = try? SyncWindow(
                start: window.start.addingTimeInterval(shift),
                end: end.addingTimeInterval(shift)
            )
        else { return self }
        let retiring = chains.map { Chain(window: $0.window, link: $0.link, isRetiring: true) }
        return FeedPosition(chains: [Chain(window: moved)] + retiring, index: 0, window: moved, chosenAt: now)
    }
}

extension SyncWindow {
    /// The window as Graph can list it: an open end becomes a year.
    ///
    /// - Throws: `CalendarError.invalidArgument` from 1,825 days on, which Graph refuses.
    func boundedForGraph() throws -> SyncWindow {
        let bounded = try SyncWindow(start: start, end: end ?? start.addingTimeInterval(365 * 86_400))
        guard let end = bounded.end, end.timeIntervalSince(start) < 1825 * 86_400 else {
            throw CalendarError.invalidArgument("window", "The window must be shorter than 1,825 days.")
        }
        return bounded
    }
}
