import Foundation

/// Changing and deleting what is there already, under the version it was based on.
extension OperationSender {
    /// How often a write is merged into what the service has now before it waits for the next run.
    private static let maxMerges = 3

    /// Sends what differs under the version it was based on; after a 412 the intent is merged into what is there now.
    func update(_ operation: OutboxOperation) async throws -> SyncReport {
        guard let target = try await target(of: operation), var base = target.base else {
            return try await drop(operation)
        }
        let calendar = operation.calendar.calendar
        var intent = operation
        var etag = target.etag
        var conflicts: [EventField]?
        do {
            for _ in 0...Self.maxMerges {
                do {
                    let update = EventUpdate(
                        id: target.id,
                        etag: etag,
                        base: base,
                        content: intent.content,
                        invitations: intent.invitations
                    )
                    let event = try await provider.update(update, in: calendar, session: session)
                    var report = try await settle(operation, with: event, merging: conflicts)
                    report.conflicts = conflicts?.count ?? 0
                    return report
                } catch let error as CalendarError where error.code == .conflict {
                    if operation.isCopy { return try await postpone(operation) }
                    let remote = try await provider.event(target.id, in: calendar, session: session)
                    let merge = EventMerger.merge(
                        base: base,
                        local: intent.content,
                        remote: remote.content,
                        canonical: provider.canonical
                    )
                    (intent.content, etag, base) = (merge.content, remote.etag, provider.canonical(remote.content))
                    conflicts = Array(Set((conflicts ?? []) + merge.conflicts)).sorted()
                }
            }
        } catch let error as CalendarError where error.code == .notFound {
            return try await abandon(operation)
        }
        throw CalendarError(.unavailable, "The event changed in the service during every try.")
    }

    func delete(_ operation: OutboxOperation) async throws -> SyncReport {
        guard let target = try await target(of: operation) else { return try await drop(operation) }
        let calendar = operation.calendar.calendar
        do {
            try await provider.delete(
                EventDeletion(id: target.id, etag: target.etag, invitations: operation.invitations),
                in: calendar,
                session: session
            )
        } catch let error as CalendarError where error.code == .conflict {
            try await provider.delete(
                EventDeletion(id: target.id, etag: nil, invitations: operation.invitations),
                in: calendar,
                session: session
            )
        }
        return try await drop(operation)
    }
}
