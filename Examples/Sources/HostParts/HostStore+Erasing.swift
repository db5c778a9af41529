import CalendarCore

extension HostRows {
    /// Forgets what is named; numbers go on from where they were, so what was decided before is refused.
    mutating func erase(_ erasure: EventErasure) {
        switch erasure {
        case .tenant:
            (records, links, operations, states) = ([:], [:], [:], [:])
            (issues, conflicts, changes) = ([:], [:], [])
            forgetLeases { _ in true }
        case .connections(let connections, of: _, let user):
            erase(user.map { .user($0) }) { connections.contains($0.connection) }
        }
    }

    private mutating func erase(_ owner: Connection.Owner?, calendars isGone: (CalendarKey) -> Bool) {
        var concerned = links.values.filter { isGone($0.calendar) }.map(\.record)
        concerned += operations.values.filter { isGone($0.calendar) }.map(\.record)
        if let owner { concerned += records.values.filter { $0.owner == owner }.map(\.id) }
        links = links.filter { !isGone($0.value.calendar) }
        operations = operations.filter { !isGone($0.value.calendar) }
        conflicts = conflicts.filter { !isGone($0.value.calendar) }
        states = states.filter { !isGone($0.key) }
        issues = issues.filter { !isGone($0.key) }
        forgetLeases(of: isGone)
        let shared = Set(links.values.map(\.record)).union(operations.values.map(\.record))
        var removed: Set<RecordID> = []
        while let id = concerned.popLast() {
            if shared.contains(id) {
                guard let owner, records[id]?.owner == owner else { continue }
                records[id]?.owner = nil
                records[id]?.revision += 1
            } else if records.removeValue(forKey: id) != nil {
                removed.insert(id)
                // An exception is nothing without its series.
                concerned += records.values.filter { $0.series == id }.map(\.id)
            }
        }
        changes.removeAll { removed.contains($0.change.record) || $0.change.calendar.map(isGone) == true }
    }
}
