import Foundation

extension SyncEngine {
    /// Sends the pending operations of a calendar, oldest first; each is journalled before its call.
    ///
    /// A failure that concerns the whole connection ends the push and is thrown; everything else is recorded with its
    /// operation and the next one follows. Nothing is sent to a calendar in quarantine.
    package func push(
        _ calendar: CalendarKey,
        provider: any CalendarProvider,
        session: ProviderSession
    ) async throws -> SyncReport {
        guard !(try await repository.pendingOperations(in: calendar)).isEmpty else { return SyncReport() }
        return try await withLease(on: calendar) { lease in
            var report = SyncReport()
            let state = try await repository.snapshot(SnapshotRequest(calendar: calendar)).state
            let isHeld = state?.needsConfirmation ?? false
            let sender = OperationSender(engine: self, provider: provider, session: session, lease: lease)
            // What waits holds up the later edits of the same event and its series: each builds on the ones before.
            var held: Set<RecordID> = []
            for operation in try await repository.pendingOperations(in: calendar) {
                let isWaiting = isHeld || !held.isDisjoint(with: operation.concerned)
                let sent = isWaiting ? .waitingForOne : try await send(operation.id, by: sender, in: calendar)
                if sent.waiting > 0 { held.formUnion(operation.concerned) }
                // An edit of an occurrence that waits would meet what its series is told meanwhile, such as new guests.
                if sent.waiting > 0, !isWaiting, !operation.isCopy,
                    let series = try await repository.record(operation.record, tenant: calendar.tenant)?.series
                {
                    held.insert(series)
                }
                report.add(sent)
            }
            return report
        }
    }

    /// Sends an operation as it is stored now: the host may have edited it while the ones before it were sent.
    private func send(
        _ id: OperationID,
        by sender: OperationSender,
        in calendar: CalendarKey
    ) async throws -> SyncReport {
        for _ in 0..<Self.maxReadings {
            let stored = try await repository.snapshot(SnapshotRequest(calendar: calendar, operations: [id]))
            guard let operation = stored.operations[id], operation.isPending else { return SyncReport() }
            guard operation.notBefore <= clock.now else { return .waitingForOne }
            do {
                return try await sender.send(operation)
            } catch let error as CalendarError where error.code == .revisionConflict {
                continue
            }
        }
        return .waitingForOne
    }

    /// Looks for the events of creations that got no answer, before the change feed tells of them.
    ///
    /// Graph's feed shows no creation key: there the event would come in as somebody else's and be seen twice until the
    /// push finds it. Whatever is not found, and whatever cannot be looked for, is left to the push.
    package func findUnanswered(
        _ calendar: CalendarKey,
        provider: any CalendarProvider,
        session: ProviderSession
    ) async throws -> SyncReport {
        let unanswered = try await repository.pendingOperations(in: calendar).filter(\.isUnansweredCreation)
        guard !unanswered.isEmpty else { return SyncReport() }
        return try await withLease(on: calendar) { lease in
            var report = SyncReport()
            let sender = OperationSender(engine: self, provider: provider, session: session, lease: lease)
            for id in unanswered.map(\.id) {
                let stored = try await repository.snapshot(SnapshotRequest(calendar: calendar, operations: [id]))
                guard let operation = stored.operations[id], operation.isUnansweredCreation else { continue }
                do {
                    if let found = try await sender.find(operation) { report.add(found) }
                } catch let error as CalendarError {
                    switch error.failureClass {
                    case .poison, .fatal: continue
                    case _ where error.code == .revisionConflict: continue
                    default: throw error
                    }
                }
            }
            return report
        }
    }

    /// How often an operation is read again because somebody changed it before it was sent.
    private static let maxReadings = 4
}
