import CalendarCore
import Foundation
internal import Synchronization

/// What people do in a service's app.
extension SimulatedWorld {
    /// Carries out what a person does just before the request of a number.
    func performMeanwhile(_ number: Int) {
        guard let action = plan.meanwhile[number] else { return }
        steps.note("meanwhile \(action)")
        performRemotely(action)
    }

    /// Carries out what a person does in a service's app; an action whose object is not there does nothing.
    func performRemotely(_ action: SimulationAction) {
        let side = side(action.service)
        let earlier = side.mail.count
        defer {
            let caused = side.mail.dropFirst(earlier)
            ledger.withLock { ledger in
                for mail in caused { ledger.caused[ledger.subject(of: mail, from: action.service), default: 0] += 1 }
            }
        }
        switch action.kind {
        case .remoteCreate: createRemotely(action, side)
        case .remoteInvite: inviteRemotely(action, side)
        case .remoteEdit: changeRemotely(action, side)
        case .remoteDelete: removeRemotely(action, side)
        case .remoteCancelOccurrence: changeOccurrence(action, side)
        case .remoteMoveOccurrence: changeOccurrence(action, side)
        case .remoteGuestAnswer: answerAsGuest(action, side)
        case .remoteAnswer: answerAsUser(action, side)
        case .expireFeeds: side.expireSyncTokens()
        case .expireTokens: side.expireAccessTokens()
        default: break
        }
    }

    /// An event that a person can see, and what the run knows of it.
    struct SeenEvent {
        let marker: String
        let event: SimulatedEvent
        let entry: SimulationLedger.Entry
        /// The account of whoever may change it, and its id there.
        let owner: SimulatedAccount
        let id: RemoteEventID
    }

    /// The events in an account's calendar that a run knows, in the order they were made.
    func visible(in account: SimulatedAccount) -> [(marker: String, event: SimulatedEvent)] {
        side(account.service).events(of: account.address, calendar: nil).compactMap { event in
            guard !event.isException, !event.isCancelled, let marker = SimulationLedger.marker(in: event.title),
                ledger.withLock({ $0.entries[marker] }) != nil
            else { return nil }
            return (marker, event)
        }
    }

    /// The event in the main account that an action is about; nil when there is none.
    func seen(_ action: SimulationAction, where isMeant: (SeenEvent) -> Bool = { _ in true }) -> SeenEvent? {
        let account = SimulatedAccount.main(of: action.service)
        let found = visible(in: account).compactMap { marker, event -> SeenEvent? in
            guard let entry = ledger.withLock({ $0.entries[marker] }) else { return nil }
            guard entry.isInvitation else {
                return SeenEvent(marker: marker, event: event, entry: entry, owner: account, id: event.id)
            }
            guard let own = visible(in: entry.home).first(where: { $0.marker == marker }) else { return nil }
            return SeenEvent(marker: marker, event: event, entry: entry, owner: entry.home, id: own.event.id)
        }.filter(isMeant)
        return found.isEmpty ? nil : found[action.pick % found.count]
    }

    private func createRemotely(_ action: SimulationAction, _ side: any SimulatedSide) {
        make(action, side, in: .main(of: action.service), guests: action.variant % 5 == 0 ? 1 : 0)
    }

    /// The user's other account invites the main one to something.
    private func inviteRemotely(_ action: SimulationAction, _ side: any SimulatedSide) {
        make(action, side, in: .second(of: action.service), guests: 0)
    }

    private func make(_ action: SimulationAction, _ side: any SimulatedSide, in home: SimulatedAccount, guests: Int) {
        let marker = ledger.withLock { "m\($0.next())" }
        let invited = Array(SimulatedShape.guests.prefix(guests))
        guard var shape = SimulatedShape.event(marker, variant: action.variant, guests: invited) else { return }
        var entry = SimulationLedger.Entry(
            home: home,
            isSeries: shape.isSeries,
            start: shape.start,
            existence: .certain
        )
        entry.isConfirmed = true
        entry.hadGuests = guests > 0
        entry.isInvitation = home != .main(of: action.service)
        if entry.isInvitation { shape.content.attendees.append(Attendee(EventPerson(Self.address))) }
        let writer = SimulationLedger.Writer.app(action.service)
        for field in [EventField.title, .time, .attendees] {
            entry.write(field, SimulatedShape.value(of: field, in: shape.content), by: writer)
        }
        ledger.withLock { [entry] in $0.add(marker, entry) }
        _ = side.add(shape.content, to: home.address, calendar: nil)
    }

    private func removeRemotely(_ action: SimulationAction, _ side: any SimulatedSide) {
        // Outlook keeps a meeting that was called off until its guest tidies up.
        guard let seen = seen(action, where: { !$0.entry.isInvitation || action.service == "google" }) else { return }
        side.remove(seen.id, of: seen.owner.address, calendar: nil)
        ledger.withLock { ledger in
            ledger.update(seen.marker) { entry in
                let account = SimulatedAccount.main(of: action.service)
                let isCopy = entry.home.service != action.service
                let isKnown = isCopy ? entry.confirmedCopies.contains(account) : entry.isConfirmed
                // Graph forgets the key of a deleted event: a creation whose answer was lost is then made once more.
                let existence: SimulationLedger.Existence =
                    action.service == "microsoft" && !isKnown ? .possible : .deleted
                if isCopy {
                    entry.copies[account] = existence
                    entry.loseLastWrites()
                } else {
                    entry.existence = existence
                }
            }
        }
    }

    private func changeRemotely(_ action: SimulationAction, _ side: any SimulatedSide) {
        guard let seen = seen(action) else { return }
        let number = ledger.withLock { $0.next() }
        let edit = SimulatedShape.edit(seen.marker, number: number, variant: action.variant, of: seen.entry)
        side.change(seen.id, of: seen.owner.address, calendar: nil, edit.change)
        ledger.withLock { ledger in
            ledger.update(seen.marker) { entry in
                // Outlook asks the user again whenever the organizer changes something.
                if edit.field == .time || entry.isInvitation { entry.answers = [:] }
                if entry.home.service == action.service || !entry.hadGuests {
                    entry.write(edit.field, edit.value, by: .app(action.service))
                } else if entry.hadGuestChanges {
                    entry.possible[edit.field, default: []].insert(edit.value)
                }
            }
        }
    }

    /// Only the event's own series: what a copy leaves out is not always told.
    private func changeOccurrence(_ action: SimulationAction, _ side: any SimulatedSide) {
        let found = seen(action) { $0.event.isSeries && $0.entry.home.service == action.service }
        guard let seen = found else { return }
        let index = action.variant % SimulatedShape.occurrences
        let gone = seen.entry.cancelled.union(seen.entry.possiblyCancelled)
        guard !gone.contains(index), seen.entry.mayLose([index]) else { return }
        let original = EventTime.zoned(seen.entry.start.adding(days: index), SimulatedShape.zone)
        let owner = seen.owner.address
        if action.kind == .remoteCancelOccurrence {
            side.cancelOccurrence(of: seen.id, startingAt: original, of: owner, calendar: nil)
            ledger.withLock { $0.update(seen.marker) { $0.cancelled.insert(index) } }
        } else {
            let shift = Double(1 + action.variant / 5 % 8) * 900
            side.changeOccurrence(of: seen.id, startingAt: original, of: owner, calendar: nil) {
                $0.start = original.advanced(bySeconds: shift)
                $0.end = original.advanced(bySeconds: shift + 1800)
            }
            ledger.withLock { $0.update(seen.marker) { $0.moved.insert(index) } }
        }
    }
}
