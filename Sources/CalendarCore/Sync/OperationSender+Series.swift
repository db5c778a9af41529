import Foundation

/// Carrying out edits of series: the steps are stored first, so that after a crash the same ones are taken again.
extension OperationSender {
    /// How often the steps give way to what somebody else changes meanwhile before the edit is refused.
    private static let maxYields = 3

    /// Puts the steps of an edit into its operation, worked out on what the service said last.
    ///
    /// - Throws: What planning throws: the series, as the service has it, may have no such occurrence any more.
    func planSeries(of operation: inout OutboxOperation) async throws {
        guard var intent = operation.series, intent.plan == nil,
            let state = try await stored(intent, in: operation.calendar)?.agreedState(for: intent)
        else { return }
        intent.plan = try operation.plan(intent, for: try await completed(state, intent, in: operation.calendar))
        operation.series = intent
    }

    /// The state with the occurrences that somebody has deleted since, where the service names them nowhere else.
    ///
    /// They have to be known where the series gets new places, or they would take place again.
    private func completed(
        _ state: SeriesState,
        _ intent: SeriesIntent,
        in calendar: CalendarKey
    ) async throws -> SeriesState {
        guard let window = intent.listed, intent.movesPlaces else { return state }
        let listed = try await provider.instances(
            of: state.master.id,
            in: calendar.calendar,
            during: window,
            session: session
        )
        let known = state.cancelled.map { $0.date(floatingIn: .utc) } + state.exceptions.compactMap(\.originalInstant)
        let gone = state.master.content.starts(in: window, besides: known + listed.compactMap(\.originalInstant))
        return SeriesState(master: state.master, exceptions: state.exceptions, cancelled: state.cancelled + gone)
    }

    /// Takes the steps that are missing and stores what is there then; an edit of a series that is gone is void.
    func editSeries(_ operation: OutboxOperation) async throws -> SyncReport {
        guard let intent = operation.series else { return try await abandon(operation) }
        guard let plan = intent.plan else {
            // The feed told meanwhile that the series was deleted, and took its records away.
            if try await stored(intent, in: operation.calendar) == nil { return try await abandonSeries(operation) }
            throw CalendarError(.notFound, "The service has no such series.", identifier: operation.record.rawValue)
        }
        let editor = SeriesEditor(provider: provider, session: session, calendar: operation.calendar.calendar)
        var current = (operation: operation, plan: plan)
        var conflicts: Set<EventField> = []
        for _ in 0...Self.maxYields {
            do {
                let outcome = try await editor.carryOut(current.plan)
                return try await settle(current.operation, current.plan, outcome, conflicts)
            } catch let error as CalendarError where error.code == .conflict {
                let (yielded, fields) = try await yield(current.operation, current.plan)
                conflicts.formUnion(fields)
                current.plan = yielded
            } catch let error as CalendarError where error.code == .duplicate && operation.attempts > 1 {
                current.plan = current.plan.withoutFollowing()
            } catch let error as CalendarError where error.code == .notFound {
                return try await abandonSeries(operation)
            }
            current.operation.series?.plan = current.plan
            current.operation = try await journal(current.operation)
        }
        throw CalendarError(.rejected, "The series changed in the service during every try.")
    }

    /// The steps as they are after somebody else changed the series.
    private func yield(
        _ operation: OutboxOperation,
        _ plan: SeriesPlan
    ) async throws -> (plan: SeriesPlan, conflicts: Set<EventField>) {
        let calendar = operation.calendar.calendar
        let master = try await provider.event(plan.series, in: calendar, session: session)
        var occurrence: EventContent?
        if let intent = operation.series, intent.scope == .this, case .update = intent.change {
            let key = OccurrenceKey(series: plan.series, originalStart: intent.originalStart)
            occurrence = try await provider.occurrence(key, in: calendar, session: session).content
        }
        return try plan.yielding(to: master.content, occurrence: occurrence, canonical: provider.canonical)
    }

    /// The series of an intent with everything that is stored of it; nil when it is gone.
    func stored(_ intent: SeriesIntent, in calendar: CalendarKey) async throws -> StoredSeries? {
        let links = try await repository.links(of: intent.series, tenant: calendar.tenant)
        let events = links.filter { $0.calendar == calendar }.map(\.event)
        let snapshot = try await repository.snapshot(
            SnapshotRequest(calendar: calendar, events: Set(events), records: [intent.series])
        )
        guard let record = snapshot.records[intent.series] else { return nil }
        return StoredSeries(record, in: calendar, snapshot, operations: try await repository.operations(in: calendar))
    }
}

extension OutboxOperation {
    /// The steps of an edit of a series, on the series as the service has it.
    func plan(_ intent: SeriesIntent, for state: SeriesState) throws -> SeriesPlan {
        let edit = SeriesEdit(
            OccurrenceKey(series: state.master.id, originalStart: intent.originalStart),
            scope: intent.scope,
            intent.change,
            key: id,
            invitations: invitations
        )
        return try edit.plan(for: state)
    }
}

extension SeriesIntent {
    /// Whether occurrences get new places, in the same or another series.
    fileprivate var movesPlaces: Bool {
        guard case .update(let from, let to) = change, scope != .this else { return false }
        return scope == .thisAndFollowing || SeriesAlteration(from: from, to: to).movesPlaces
    }
}
