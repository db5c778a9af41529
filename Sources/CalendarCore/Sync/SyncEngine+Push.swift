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
            for operation in Self.inOrder(try await repository.pendingOperations(in: calendar)) {
                report.add(isHeld ? .waitingForOne : try await send(operation.id, by: sender, in: calendar))
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

    /// Oldest first; of those of one instant the creations, because a series is there before its occurrences change.
    private static func inOrder(_ operations: [OutboxOperation]) -> [OutboxOperation] {
        operations.sorted { left, right in
            if left.createdAt != right.createdAt { return left.createdAt < right.createdAt }
            if (left.action == .create) != (right.action == .create) { return left.action == .create }
            return left.id < right.id
        }
    }

    /// How often an operation is read again because somebody changed it before it was sent.
    private static let maxReadings = 4
}
