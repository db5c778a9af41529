import CalendarCore

/// The conflicts of one tenant, by calendar.
struct StoredConflicts {
    private var conflicts: [ConflictID: SyncConflict] = [:]
    private var conflictsOfCalendar = GroupedIDs<CalendarKey, ConflictID>()

    /// The calendars that have conflicts.
    var calendars: Set<CalendarKey> { Set(conflicts.values.map(\.calendar)) }

    /// The conflicts of a calendar, oldest first, then by id.
    func conflicts(in calendar: CalendarKey) -> [SyncConflict] {
        conflictsOfCalendar[calendar].compactMap { conflicts[$0] }.sorted { ($0.at, $0.id) < ($1.at, $1.id) }
    }

    mutating func store(_ conflict: SyncConflict) {
        remove(conflict.id)
        conflicts[conflict.id] = conflict
        conflictsOfCalendar.insert(conflict.id, under: conflict.calendar)
    }

    mutating func remove(_ id: ConflictID) {
        guard let earlier = conflicts.removeValue(forKey: id) else { return }
        conflictsOfCalendar.remove(id, under: earlier.calendar)
    }
}
