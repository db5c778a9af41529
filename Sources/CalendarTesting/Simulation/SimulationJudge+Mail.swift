import CalendarCore
internal import Synchronization

/// Whether guests got the mail that was asked for, and none else.
extension SimulationJudge {
    /// Guests hear of an event from its own service, not more often than the host was asked to tell them, and are invited
    /// where it was asked to.
    func mail(_ records: [String: [EventRecord]]) -> [SimulationViolation] {
        let ledger = world.ledger.withLock(\.self)
        let isCalm = world.plan.faults.isEmpty && world.plan.crashes.isEmpty
        var found: [SimulationViolation] = []
        for service in world.services {
            let sent = Dictionary(grouping: world.side(service).mail) { mail in
                ledger.subject(of: mail, from: service)
            }
            for subject in sent.keys.sorted(by: { $0.marker < $1.marker }) {
                let count = (sent[subject]?.count ?? 0) - ledger.caused[subject, default: 0]
                let asked = ledger.askedMail(about: subject)
                // A write whose answer was lost is sent again, and the service tells the guests again.
                guard count > (isCalm ? asked : 2 * asked) else { continue }
                let detail = "\(service) \(subject.marker): \(count), asked for \(asked)"
                found.append(.init(promise: "no unsolicited mail", detail: detail))
            }
            for marker in ledger.entries.keys.sorted() {
                guard let entry = ledger.entries[marker], entry.home.service == service, entry.invites,
                    !entry.hadGuestChanges, records[marker] != nil
                else { continue }
                let mails = sent[.init(service: service, marker: marker)] ?? []
                guard !mails.contains(where: { $0.kind == .invitation }) else { continue }
                found.append(.init(promise: "guests are invited where it was asked for", detail: marker))
            }
        }
        return found
    }
}
