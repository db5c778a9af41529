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

    /// Who writes to an event: the host's user, or a person in a service's app.
    enum Writer: Hashable, Sendable {
        case host
        case app(ProviderID)
    }

    /// What is known of one event.
    struct Entry: Sendable {
        /// The account in which it is the event itself, and no copy of it.
        let home: SimulatedAccount
        let isSeries: Bool
        let start: CivilDateTime
        var existence: Existence
        /// Whether the host knows that the service has the event; one made in the service counts at once.
        var isConfirmed = false
        /// Whether somebody else has invited the user: nothing in the host changes it.
        var isInvitation = false
        var cancelled: Set<Int> = []
        /// Occurrences whose deletion died with its process.
        var possiblyCancelled: Set<Int> = []
        /// Occurrences that differ from their series: a service may tell guests of each.
        var moved: Set<Int> = []
        /// The copies that the host was asked for, and those the host knows to be there.
        var copies: [SimulatedAccount: Existence] = [:]
        var confirmedCopies: Set<SimulatedAccount> = []
        /// Whether it ever had guests, and whether these were changed after it was made.
        var hadGuests = false
        var hadGuestChanges = false
        /// Whether the host was asked to invite the guests when it made the event.
        var invites = false
        /// The answers of guests; empty again once something happened that may ask them anew.
        var answers: [String: ResponseStatus] = [:]
        /// The values that each field may have at the end: the last of each writer, and those of edits that died.
        var written: [Writer: [EventField: String]] = [:]
        var possible: [EventField: Set<String>] = [:]
        /// Every value that somebody wrote.
        var history: [EventField: Set<String>] = [:]

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
            Set(written.values.compactMap { $0[field] }).union(possible[field] ?? [])
        }

        mutating func write(_ field: EventField, _ value: String?, by writer: Writer) {
            written[writer, default: [:]][field] = value
            if let value { history[field, default: []].insert(value) }
        }

        /// Whoever takes a copy away takes along what was changed in it and not looked at yet: earlier values may stand.
        mutating func loseLastWrites() {
            for (field, values) in history { possible[field, default: []].formUnion(values) }
        }
    }

    /// What a mail is about, and which service sent it.
    struct MailSubject: Hashable {
        let service: ProviderID
        let marker: String
    }

    /// How much mail people's own doings in the services' apps have caused.
    var caused: [MailSubject: Int] = [:]
    /// How many guests the host was asked to tell, over all of its edits.
    private var asked: [MailSubject: Int] = [:]
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

    /// What a mail is about; the services put words of their own before a title.
    func subject(of mail: SimulatedMail, from service: ProviderID) -> MailSubject {
        let words = mail.content.title?.split(separator: " ").map(String.init) ?? []
        return MailSubject(service: service, marker: words.first { entries[$0] != nil } ?? "")
    }

    mutating func add(_ marker: String, _ entry: Entry) {
        entries[marker] = entry
    }

    mutating func update(_ marker: String, _ change: (inout Entry) -> Void) {
        guard var entry = entries[marker] else { return }
        change(&entry)
        entries[marker] = entry
    }

    /// Notes that the host was asked to tell so many guests.
    mutating func ask(_ guests: Int, about marker: String) {
        guard let entry = entries[marker] else { return }
        asked[MailSubject(service: entry.home.service, marker: marker), default: 0] += guests
    }

    /// How much mail the host was asked for, at most.
    ///
    /// Guests of a series may be told of each occurrence that differs too, also of one that came to differ before the
    /// host's edit was sent.
    func askedMail(about subject: MailSubject) -> Int {
        asked[subject, default: 0] * (1 + (entries[subject.marker]?.moved.count ?? 0))
    }
}

extension SimulationLedger.Existence {
    /// What is known after a delete that may not have happened.
    var weakened: SimulationLedger.Existence { self == .deleted ? .deleted : .possible }
}
