import CalendarCore
internal import Synchronization

extension HostTrial {
    /// Notes what the host's user does: what began may have happened, what is done must have.
    package func note(_ deed: HostDeed) {
        world.ledger.withLock { ledger in
            if !deed.isDone, deed.told > 0, deed.kind != .create { ledger.ask(deed.told, about: deed.marker) }
            switch deed.kind {
            case .create: Self.noteCreation(deed, &ledger)
            case .delete:
                ledger.update(deed.marker) { entry in
                    entry.existence = deed.isDone ? .deleted : entry.existence.weakened
                }
            case .edit:
                guard let field = deed.field else { return }
                ledger.update(deed.marker) { entry in
                    if field == .time { entry.answers = [:] }
                    if deed.isDone {
                        entry.possible[field]?.remove(deed.value)
                        entry.write(field, deed.value, by: .host)
                    } else {
                        entry.possible[field, default: []].insert(deed.value)
                    }
                }
            }
        }
    }

    private static func noteCreation(_ deed: HostDeed, _ ledger: inout SimulationLedger) {
        if deed.isDone {
            ledger.update(deed.marker) { entry in
                if entry.existence == .possible { entry.existence = .certain }
                entry.invites = deed.told > 0
            }
            return
        }
        guard let shape = LivingHost.shape(of: deed) else { return }
        var entry = SimulationLedger.Entry(
            home: .main(of: ProviderID(deed.service)),
            isSeries: shape.isSeries,
            start: shape.start,
            existence: .possible
        )
        entry.hadGuests = !shape.content.attendees.isEmpty
        for field in [EventField.title, .time, .attendees] {
            entry.write(field, SimulatedShape.value(of: field, in: shape.content), by: .host)
        }
        ledger.add(deed.marker, entry)
        ledger.ask(deed.told, about: deed.marker)
    }
}
