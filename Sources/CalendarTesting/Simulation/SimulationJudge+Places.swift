import CalendarCore
import Foundation
internal import Synchronization

/// Whether every place says the same as the host: the event's own calendar, its guests', and its copies'.
extension SimulationJudge {
    /// How often an event may be in an account's calendar.
    private enum Presence {
        case asOften(Int)
        case once
        case never
        case perhaps
    }

    /// All sides hold the same, each event once, with values that somebody wrote last.
    func compare(_ records: [String: [EventRecord]]) -> [SimulationViolation] {
        var found: [SimulationViolation] = []
        let entries = world.ledger.withLock(\.entries)
        for marker in entries.keys.sorted() {
            guard let entry = entries[marker] else { continue }
            let here = records[marker] ?? []
            if here.count > 1 {
                found.append(.init(promise: "no duplicate", detail: "\(marker): \(here.count) in the host"))
                continue
            }
            if here.isEmpty, entry.existence == .certain {
                found.append(.init(promise: "no event is lost", detail: marker))
            }
            if !here.isEmpty, entry.existence == .deleted {
                found.append(.init(promise: "no ghost, no resurrection", detail: marker))
            }
            for service in world.services {
                for account in [SimulatedAccount.main(of: service), .second(of: service)] {
                    found += compare(account, marker, entry, here.first)
                }
            }
            if let record = here.first { found += values(of: record, entry, marker) }
        }
        return found
    }

    private func compare(
        _ account: SimulatedAccount,
        _ marker: String,
        _ entry: SimulationLedger.Entry,
        _ record: EventRecord?
    ) -> [SimulationViolation] {
        let there = world.visible(in: account).filter { $0.marker == marker }.map(\.event)
        let isRight =
            switch presence(in: account, entry, record) {
            case .asOften(let count): there.count == count
            case .once: there.count == 1
            case .never: there.isEmpty
            case .perhaps: there.count <= 1
            }
        let place = account == .main(of: account.service) ? "main" : "second"
        let name = "\(account.service) \(place) \(marker)"
        guard isRight else {
            let promise = there.count > 1 ? "no duplicate" : "convergence"
            return [.init(promise: promise, detail: "\(name): \(there.count) remote, record \(record != nil)")]
        }
        guard let event = there.first, let record else { return [] }
        var found: [SimulationViolation] = []
        let remote = [event.title, SimulatedShape.text(event.start), SimulatedShape.text(event.end)]
        let local = [
            record.content.title, SimulatedShape.text(record.content.start), SimulatedShape.text(record.content.end),
        ]
        if remote != local {
            found.append(.init(promise: "convergence", detail: "\(name): \(remote) remote, \(local) local"))
        }
        if entry.copies[account] != nil {
            if !event.attendees.isEmpty { found.append(.init(promise: "a copy has no guests", detail: name)) }
        } else if guests(event) != SimulatedShape.guestList(record.content) {
            let detail = "\(name): guests \(guests(event)) remote, \(SimulatedShape.guestList(record.content)) local"
            found.append(.init(promise: "convergence", detail: detail))
        }
        return found
    }

    private func presence(
        in account: SimulatedAccount,
        _ entry: SimulationLedger.Entry,
        _ record: EventRecord?
    ) -> Presence {
        let isView = entry.isInvitation && account == .main(of: entry.home.service)
        if account == entry.home || isView { return .asOften(record == nil ? 0 : 1) }
        guard record != nil else { return .never }
        switch entry.copies[account] {
        case .certain: return .once
        case .possible: return .perhaps
        case .deleted, nil: return .never
        }
    }

    private func guests(_ event: SimulatedEvent) -> String {
        SimulatedShape.guests.filter(event.attendees.map { $0.lowercased() }.contains).joined(separator: ",")
    }

    private func values(
        of record: EventRecord,
        _ entry: SimulationLedger.Entry,
        _ marker: String
    ) -> [SimulationViolation] {
        var found: [SimulationViolation] = []
        for field in [EventField.title, .location, .time, .attendees] {
            let allowed = entry.allowed(field)
            guard !allowed.isEmpty, let value = SimulatedShape.value(of: field, in: record.content),
                !allowed.contains(value)
            else { continue }
            let detail = "\(marker): \(field.rawValue) is \(value), last written \(allowed.sorted())"
            found.append(.init(promise: "no lost edit", detail: detail))
        }
        for guest in entry.answers.keys.sorted() {
            let attendee = record.content.attendees.first { $0.person.isSamePerson(as: EventPerson(guest)) }
            guard let attendee, attendee.response != entry.answers[guest] else { continue }
            let detail = "\(marker): \(attendee.response), not \(entry.answers[guest]?.rawValue ?? "")"
            found.append(.init(promise: "no lost answer", detail: detail))
        }
        return found
    }
}
