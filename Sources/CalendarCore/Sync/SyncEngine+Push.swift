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
            // What waits holds up the later edits of the same event and its series: each builds on the ones before.
            var held: Set<RecordID> = []
            for operation in try await repository.pendingOperations(in: calendar) {
                guard !isHeld, operation.notBefore <= clock.now, held.isDisjoint(with: operation.concerned) else {
                    held.formUnion(operation.concerned)
                    report.waiting += 1
                    continue
                }
                let sender = OperationSender(engine: self, provider: provider, session: session, lease: lease)
                let sent = try await sender.send(operation)
                if sent.waiting > 0 { held.formUnion(operation.concerned) }
                report.add(sent)
            }
            return report
        }
    }
}
