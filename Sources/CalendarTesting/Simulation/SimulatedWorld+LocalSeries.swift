import CalendarCore
import Foundation
internal import Synchronization

extension SimulatedWorld {
    /// Changes a series in the host through one of its occurrences.
    func changeSeriesLocally(
        _ object: OwnEvent,
        _ action: SimulationAction,
        _ process: SimulatedProcess
    ) -> SimulatedProcess.Ending {
        let index = action.variant % SimulatedShape.occurrences
        let start = EventTime.zoned(object.entry.start.adding(days: index), SimulatedShape.zone)
        let occurrence = OccurrenceReference(series: object.record, originalStart: start)
        switch action.kind {
        case .localCancelOccurrence: return delete([index], object, occurrence, .this, action, process)
        case .localEndSeries:
            let all = Array(index..<SimulatedShape.occurrences)
            return delete(all, object, occurrence, .thisAndFollowing, action, process)
        case .localMoveOccurrence:
            let shift = Double(1 + action.variant / 5 % 8) * 900
            ledger.withLock { $0.update(object.marker) { $0.moved.insert(index) } }
            let policy = ask(object, action)
            return noting(process) { host in
                try await host.update(occurrence, scope: .this, invitations: policy) {
                    $0.start = start.advanced(bySeconds: shift)
                    $0.end = start.advanced(bySeconds: shift + 1800)
                }
            }
        default: return edit(object, occurrence, action, process)
        }
    }

    private func delete(
        _ indices: [Int],
        _ object: OwnEvent,
        _ occurrence: OccurrenceReference,
        _ scope: SeriesScope,
        _ action: SimulationAction,
        _ process: SimulatedProcess
    ) -> SimulatedProcess.Ending {
        guard object.entry.mayLose(indices) else { return .done }
        let policy = ask(object, action)
        let ending = noting(process) { host in
            try await host.delete(occurrence, scope: scope, invitations: policy)
        }
        ledger.withLock { ledger in
            ledger.update(object.marker) { entry in
                switch ending {
                case .done: entry.cancelled.formUnion(indices)
                case .crashed: entry.possiblyCancelled.formUnion(indices)
                case .failed, .escaped: break
                }
            }
        }
        return ending
    }

    private func edit(
        _ object: OwnEvent,
        _ occurrence: OccurrenceReference,
        _ action: SimulationAction,
        _ process: SimulatedProcess
    ) -> SimulatedProcess.Ending {
        let number = ledger.withLock { $0.next() }
        let edit = SimulatedShape.edit(object.marker, number: number, variant: action.variant, of: object.entry)
        let policy = ask(object, action)
        let ending = noting(process) { host in
            try await host.update(occurrence, scope: .all, invitations: policy) { edit.change(&$0) }
        }
        ledger.withLock { ledger in
            ledger.update(object.marker) { entry in
                switch ending {
                case .done: entry.write(edit.field, edit.value, by: .host)
                case .crashed: entry.possible[edit.field, default: []].insert(edit.value)
                case .failed, .escaped: break
                }
            }
        }
        return ending
    }

    /// Whether guests are told of it, which is noted.
    private func ask(_ object: OwnEvent, _ action: SimulationAction) -> InvitationPolicy {
        let policy = object.policy(action.variant / 9)
        if policy == .notifyGuests {
            ledger.withLock { $0.ask(SimulatedShape.guests.count, about: object.marker) }
        }
        return policy
    }

    /// Does something in the host, and notes why it was refused.
    private func noting(
        _ process: SimulatedProcess,
        _ work: @escaping @Sendable (ActingCalendars) async throws -> Void
    ) -> SimulatedProcess.Ending {
        let ending = process.run { try await work($0.acting(as: Self.principal)) }
        if case .failed(let error) = ending { steps.note("  refused: \(error)") }
        return ending
    }
}
