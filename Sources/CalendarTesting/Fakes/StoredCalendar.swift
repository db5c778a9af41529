import CalendarCore
import Foundation

/// The mirror of one calendar: its state, its lease, its links and its issues.
struct StoredCalendar {
    private(set) var state: CalendarSyncState?
    private var links: [StoredKey<RemoteEventID>: EventLink] = [:]
    private var exceptionsOfSeries = GroupedIDs<RemoteEventID, RemoteEventID>()
    /// What the last sweep found, so that its batches do not search again; nil after a link was added.
    private var stale: (epoch: Int, events: [RemoteEventID])?
    private var issuesOfEvent: [RemoteEventID?: [SyncIssue]] = [:]
    private var lease: CalendarLease?
    private var isLeaseHeld = false
    /// The number that no lease may have again.
    private let lastFencingNumber: Int

    init(lastFencingNumber: Int) {
        self.lastFencingNumber = lastFencingNumber
    }

    /// Whether nothing but a lease is here.
    var isEmpty: Bool { state == nil && links.isEmpty }

    /// Every link, in no order.
    var allLinks: [EventLink] { Array(links.values) }

    /// Stores a state as its next version.
    mutating func store(_ next: CalendarSyncState) {
        state = next
        state?.revision += 1
    }

    /// The link to an event.
    func link(to event: RemoteEventID) -> EventLink? { links[StoredKey(event)] }

    /// Stores a link and answers the one it replaces.
    mutating func store(_ link: EventLink) -> EventLink? {
        let earlier = links.updateValue(link, forKey: StoredKey(link.event))
        if link.epoch < earlier?.epoch ?? .max { stale = nil }
        if earlier?.series != link.series {
            if let series = earlier?.series { exceptionsOfSeries.remove(link.event, under: series) }
            if let series = link.series { exceptionsOfSeries.insert(link.event, under: series) }
        }
        return earlier
    }

    /// Removes a link and answers it.
    mutating func removeLink(of event: RemoteEventID) -> EventLink? {
        guard let earlier = links.removeValue(forKey: StoredKey(event)) else { return nil }
        if let series = earlier.series { exceptionsOfSeries.remove(event, under: series) }
        return earlier
    }

    /// The links of the named events and of the exceptions of the series among them.
    func links(of events: Set<RemoteEventID>) -> [RemoteEventID: EventLink] {
        var found: [RemoteEventID: EventLink] = [:]
        for event in events {
            found[event] = link(to: event)
            for exception in exceptionsOfSeries[event] { found[exception] = link(to: exception) }
        }
        return found
    }

    /// Links that were not listed in or after a full round, ordered by event id.
    ///
    /// The events are searched and ordered once for each round: what was removed or listed since is passed over.
    mutating func links(notListedSince epoch: Int, after event: RemoteEventID?, limit: Int) -> [EventLink] {
        if stale?.epoch != epoch {
            stale = (epoch, links.values.filter { $0.epoch < epoch }.map(\.event).sorted())
        }
        guard let events = stale?.events else { return [] }
        var found: [EventLink] = []
        for event in events[(event.map { events.firstIndex(after: $0) } ?? 0)...] {
            guard found.count < limit else { break }
            if let link = link(to: event), link.epoch < epoch { found.append(link) }
        }
        return found
    }
}

extension StoredCalendar {
    /// The issues by event id, those of no event first, then by code.
    var issues: [SyncIssue] {
        issuesOfEvent.values.flatMap(\.self).enumerated()
            .sorted { left, right in
                let (first, second) = (left.element, right.element)
                return (first.event?.rawValue ?? "", first.code.rawValue, left.offset)
                    < (second.event?.rawValue ?? "", second.code.rawValue, right.offset)
            }
            .map(\.element)
    }

    /// Ends the issues of some events, then records some, each in the place of earlier ones of its event and code.
    mutating func note(_ issues: [SyncIssue], resolving events: Set<RemoteEventID>) {
        for event in events { issuesOfEvent[event] = nil }
        for issue in issues { issuesOfEvent[issue.event]?.removeAll { $0.code == issue.code } }
        for issue in issues { issuesOfEvent[issue.event, default: []].append(issue) }
    }
}

extension StoredCalendar {
    /// The number that a commit's lease must have; nil when there never was a lease.
    var fencingNumber: Int? { lease?.fencingNumber }

    mutating func acquireLease(now: Date, lasting seconds: Double) -> CalendarLease? {
        if let lease, isLeaseHeld, lease.expiresAt > now { return nil }
        let next = CalendarLease(
            fencingNumber: (lease?.fencingNumber ?? lastFencingNumber) + 1,
            expiresAt: now.addingTimeInterval(seconds)
        )
        lease = next
        isLeaseHeld = true
        return next
    }

    mutating func release(_ given: CalendarLease) {
        if lease?.fencingNumber == given.fencingNumber { isLeaseHeld = false }
    }
}

extension [RemoteEventID] {
    /// The place of the first event behind another one, in an ordered array.
    fileprivate func firstIndex(after event: RemoteEventID) -> Int {
        var (low, high) = (startIndex, endIndex)
        while low < high {
            let middle = (low + high) / 2
            if self[middle] > event { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
