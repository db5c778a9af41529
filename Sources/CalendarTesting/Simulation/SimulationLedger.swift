import CalendarCore

/// What people did in a run, by which its end is judged.
///
/// Every event carries a marker as the first word of its title, the same on both sides and for good.
struct SimulationLedger: Sendable {
    /// Whether an event must be there at the end.
    enum Existence: Sendable {
        case certain
        /// The process died while making or deleting it.
        case possible
        case deleted
    }

    /// What is known of one event.
    struct Entry: Sendable {
        let service: ProviderID
        let isSeries: Bool
        let start: CivilDateTime
        var existence: Existence
        /// Whether the host knows that the service has the event; one made in the service counts at once.
        var isConfirmed = false
        var cancelled: Set<Int> = []
        /// Occurrences whose deletion died with its process.
        var possiblyCancelled: Set<Int> = []
        /// The values that each field may have at the end: the last of each side, and those of edits that died.
        var remote: [EventField: String] = [:]
        var local: [EventField: String] = [:]
        var possible: [EventField: Set<String>] = [:]

        /// How many occurrences a series may show at the end.
        var shownOccurrences: ClosedRange<Int> {
            let most = SimulatedShape.occurrences - cancelled.count
            return most - possiblyCancelled.subtracting(cancelled).count...most
        }

        /// Whether an occurrence may be deleted: some always stay, so that the series is still seen.
        func mayLose(_ indices: some Collection<Int>) -> Bool {
            cancelled.union(possiblyCancelled).union(indices).count < SimulatedShape.occurrences
        }

        /// The values a field may have at the end; empty when nobody wrote it.
        func allowed(_ field: EventField) -> Set<String> {
            Set([remote[field], local[field]].compactMap(\.self)).union(possible[field] ?? [])
        }
    }

    /// How much mail people's own doings in the services' apps have caused.
    var mail: [ProviderID: Int] = [:]
    private(set) var entries: [String: Entry] = [:]
    private var counter = 0

    /// A number that was not used before in the run.
    mutating func next() -> Int {
        counter += 1
        return counter
    }

    /// The marker in a title.
    static func marker(in title: String?) -> String? {
        title?.split(separator: " ").first.map(String.init)
    }

    mutating func add(_ marker: String, _ entry: Entry) {
        entries[marker] = entry
    }

    mutating func update(_ marker: String, _ change: (inout Entry) -> Void) {
        guard var entry = entries[marker] else { return }
        change(&entry)
        entries[marker] = entry
    }
}
