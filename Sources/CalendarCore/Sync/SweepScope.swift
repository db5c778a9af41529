import Foundation

/// Which links a full listing should have held: those inside its window, and every series.
struct SweepScope {
    let window: SyncWindow?

    /// Whether a listing of the window should have held a link's event.
    func covers(_ link: EventLink) -> Bool {
        guard let window, let base = link.base, base.recurrence == nil else { return true }
        return window.overlaps(start: base.start.date(floatingIn: .utc), end: base.end.date(floatingIn: .utc))
    }
}
