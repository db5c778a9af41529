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
        case .localCancelOccurrence: return delete([index], object, occurrence, .this, process)
        case .localEndSeries:
            return delete(Array(index..<SimulatedShape.occurrences), object, occurrence, .thisAndFollowing, process)
        case .localMoveOccurrence:
            let shift = Double(1 + action.variant / 5 % 8) * 900
            return noting(process) { host in
                try await host.update(occurrence, scope: .this, invitations: .silent) {
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
        _ process: SimulatedProcess
    ) -> SimulatedProcess.Ending {
        guard object.entry.mayLose(indices) else { return .done }
        let ending = noting(process) { host in
            try await host.delete(occurrence, scope: scope, invitations: .silent)
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
        let ending = noting(process) { host in
            try await host.update(occurrence, scope: .all, invitations: .silent) { edit.change(&$0) }
        }
        ledger.withLock { ledger in
            ledger.update(object.marker) { entry in
                switch ending {
                case .done: entry.local[edit.field] = edit.value
                case .crashed: entry.possible[edit.field, default: []].insert(edit.value)
                case .failed, .escaped: break
                }
            }
        }
        return ending
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
