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
            for operation in try await repository.pendingOperations(in: calendar) {
                guard !isHeld, operation.notBefore <= clock.now else {
                    report.waiting += 1
                    continue
                }
                let sender = OperationSender(engine: self, provider: provider, session: session, lease: lease)
                report.add(try await sender.send(operation))
            }
            return report
        }
    }
}
